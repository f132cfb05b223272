// SPDX-License-Identifier: Apache-2.0
// The limit: one thread, no library, frames copied together from ready parts,
// and everything that waits written in one system call.
#include "tests/bench/loop.hpp"
#include "tests/bench/options.hpp"
#include "tests/bench/stream_socket.hpp"
#include "tests/bench/upgrade.hpp"
#include "tests/bench/websocket_frame.hpp"

#include <fmt/format.h>

#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::bench {

namespace {

class epoll_server;

/// A user's connection to IRC. It takes each PRIVMSG for one in #bench by bob,
/// with a text that JSON can carry as it is.
class user final : public stream_socket {
public:
  user(loop& events, unique_fd fd, std::string_view nick)
      : stream_socket(events, std::move(fd)) {
    send(fmt::format("NICK {0}\r\nUSER {0} 0 * :{0}\r\nJOIN #bench\r\n", nick));
  }

  std::vector<stream_socket*>& sessions() {
    return sessions_;
  }

private:
  std::size_t received(std::string_view bytes) override;
  void closed(const std::string& reason) override {
    throw std::runtime_error("irc: " + reason);
  }

  std::vector<stream_socket*> sessions_;
};

class session final : public stream_socket {
public:
  session(epoll_server& server, loop& events, unique_fd fd)
      : stream_socket(events, std::move(fd)), server_(server) {}

private:
  std::size_t received(std::string_view bytes) override;
  void closed(const std::string& reason) override;
  std::size_t upgraded(std::string_view request);

  epoll_server& server_;
  user* user_ = nullptr;
};

class epoll_server final : public watcher {
public:
  epoll_server(std::uint16_t irc_port, std::size_t irc_users)
      : listener_(listen_on_loopback()) {
    events_.add(listener_.value(), *this);
    for (std::size_t i = 1; i <= irc_users; ++i)
      users_.push_back(std::make_unique<user>(
          events_, connect_to_loopback(irc_port), fmt::format("u{}", i)));
  }

  void ready(std::uint32_t) override {
    for (;;) {
      auto fd = accept_one(listener_.value());
      if (fd.value() < 0)
        return;
      sessions_.push_back(
          std::make_unique<session>(*this, events_, std::move(fd)));
    }
  }

  /// The user with this number; none when it has no IRC connection.
  user* find(std::size_t number) {
    return number < users_.size() ? users_[number].get() : nullptr;
  }

  void run() {
    fmt::print(stderr, "event=listening listener=public port={}\n",
               bound_port(listener_.value()));
    events_.run([] { return loop::never; }, loop::never);
  }

private:
  loop events_;
  unique_fd listener_;
  std::vector<std::unique_ptr<user>> users_;
  std::vector<std::unique_ptr<session>> sessions_;
};

std::size_t user::received(std::string_view bytes) {
  constexpr std::string_view head =
      R"({"event":"message","type":"private","connection_id":"irc-localhost",)"
      R"("conversation_id":"#bench","from":"bob","message":")";
  constexpr std::string_view tail = R"("})";
  constexpr std::string_view command = " PRIVMSG #bench :";
  std::string frames;
  std::size_t used = 0;
  for (;;) {
    const auto end = bytes.find('\n', used);
    if (end == std::string_view::npos)
      break;
    const auto line = bytes.substr(used, end - 1 - used);
    used = end + 1;
    const auto at = line.find(' ');
    if (!line.substr(at + 1).starts_with(command.substr(1)))
      continue;
    const auto text = line.substr(at + command.size());
    append_header(frames, opcode::text,
                  head.size() + text.size() + tail.size());
    frames.append(head).append(text).append(tail);
  }
  if (!frames.empty())
    for (auto* target : sessions_)
      target->send(frames);
  return used;
}

std::size_t session::received(std::string_view bytes) {
  constexpr std::string_view key = R"("id":")";
  constexpr std::string_view head = R"({"event":"pong","id":")";
  constexpr std::string_view tail = R"(","ts":1593647381.729})";
  std::size_t used = 0;
  if (user_ == nullptr && bytes.starts_with("GET "))
    used = upgraded(bytes);
  std::string answers;
  while (const auto frame = first_frame(bytes.substr(used))) {
    used += frame->size;
    const auto text = unmasked(*frame);
    const auto found = text.find(key);
    if (found == std::string::npos)
      continue;
    const auto from = found + key.size();
    const auto id =
        std::string_view(text).substr(from, text.find('"', from) - from);
    append_header(answers, opcode::text, head.size() + id.size() + tail.size());
    answers.append(head).append(id).append(tail);
  }
  if (!answers.empty())
    send(answers);
  return used;
}

void session::closed(const std::string&) {
  if (user_ != nullptr)
    std::erase(user_->sessions(), this);
}

std::size_t session::upgraded(std::string_view request) {
  const auto end = request.find("\r\n\r\n");
  if (end == std::string_view::npos)
    return 0;
  user_ = server_.find(cookie_user(header_field(request, "Cookie")));
  if (user_ != nullptr)
    user_->sessions().push_back(this);
  send(upgrade_answer(header_field(request, "Sec-WebSocket-Key")));
  return end + 4;
}

} // namespace

} // namespace convoy::bench

int main(int argc, char** argv) {
  using namespace convoy::bench;
  try {
    const options chosen(argc, argv, {{"irc-port", "0"}, {"irc-users", "0"}});
    epoll_server(static_cast<std::uint16_t>(chosen.number("irc-port")),
                 static_cast<std::size_t>(chosen.number("irc-users")))
        .run();
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_epoll: {}\n", error.what());
    return 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
// What plain Beast and RapidJSON do: one read and one write a message.
#include "tests/bench/options.hpp"
#include "tests/bench/upgrade.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket.hpp>
#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::bench {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using payload = std::shared_ptr<const std::string>;

class session;
/// The sessions of one user.
using subscribers = std::vector<std::shared_ptr<session>>;

/// Appends a key and a text to the object that is being written.
void member(rapidjson::Writer<rapidjson::StringBuffer>& json,
            std::string_view key, std::string_view value) {
  json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

payload text_of(const rapidjson::StringBuffer& buffer) {
  return std::make_shared<const std::string>(buffer.GetString(),
                                             buffer.GetSize());
}

class session : public std::enable_shared_from_this<session> {
public:
  session(tcp::socket socket, std::vector<subscribers>& users)
      : socket_(std::move(socket)), users_(users) {}

  void start() {
    beast::http::async_read(
        socket_.next_layer(), buffer_, request_,
        [self = shared_from_this()](error_code failed, std::size_t) {
          if (!failed)
            self->upgrade();
        });
  }

  void send(payload text) {
    queue_.push_back(std::move(text));
    if (queue_.size() == 1)
      write();
  }

private:
  void upgrade() {
    const auto cookies = request_[beast::http::field::cookie];
    const auto user = cookie_user({cookies.data(), cookies.size()});
    socket_.async_accept(request_,
                         [self = shared_from_this(), user](error_code failed) {
                           if (failed)
                             return;
                           if (user < self->users_.size())
                             self->users_[user].push_back(self);
                           self->request_ = {};
                           self->read();
                         });
  }

  void read() {
    socket_.async_read(
        buffer_, [self = shared_from_this()](error_code failed, std::size_t) {
          if (failed) {
            for (auto& user : self->users_)
              std::erase(user, self);
            return;
          }
          self->respond();
          self->buffer_.clear();
          self->read();
        });
  }

  void respond() {
    const auto bytes = buffer_.cdata();
    rapidjson::Document request;
    request.Parse(static_cast<const char*>(bytes.data()), bytes.size());
    if (request.HasParseError() || !request.IsObject()
        || !request.HasMember("id") || !request["id"].IsString())
      throw std::runtime_error("not a request");
    rapidjson::StringBuffer buffer;
    rapidjson::Writer json(buffer);
    json.StartObject();
    member(json, "event", "pong");
    member(json, "id",
           {request["id"].GetString(), request["id"].GetStringLength()});
    json.Key("ts");
    json.Double(1593647381.729);
    json.EndObject();
    send(text_of(buffer));
  }

  void write() {
    socket_.async_write(
        asio::buffer(*queue_.front()),
        [self = shared_from_this()](error_code failed, std::size_t) {
          if (failed)
            return;
          self->queue_.pop_front();
          if (!self->queue_.empty())
            self->write();
        });
  }

  beast::websocket::stream<beast::tcp_stream> socket_;
  std::vector<subscribers>& users_;
  beast::flat_buffer buffer_;
  beast::http::request<beast::http::string_body> request_;
  std::deque<payload> queue_;
};

/// A user's connection to IRC.
class irc_link {
public:
  irc_link(asio::io_context& events, subscribers& sessions, std::string nick)
      : socket_(events), sessions_(sessions), nick_(std::move(nick)) {}

  void start(std::uint16_t port) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.set_option(tcp::no_delay(true));
    asio::write(socket_, asio::buffer(fmt::format(
                             "NICK {0}\r\nUSER {0} 0 * :{0}\r\nJOIN #bench\r\n",
                             nick_)));
    read();
  }

private:
  void read() {
    socket_.async_read_some(
        asio::buffer(buffer_), [this](error_code failed, std::size_t size) {
          if (failed)
            throw std::runtime_error("irc: " + failed.message());
          lines_.append(buffer_.data(), size);
          std::size_t used = 0;
          for (auto end = lines_.find('\n'); end != std::string::npos;
               end = lines_.find('\n', used)) {
            deliver(std::string_view(lines_).substr(used, end - 1 - used));
            used = end + 1;
          }
          lines_.erase(0, used);
          read();
        });
  }

  void deliver(std::string_view line) {
    constexpr std::string_view command = " PRIVMSG ";
    const auto at = line.find(command);
    const auto colon = line.find(" :", at);
    if (at == std::string_view::npos || colon == std::string_view::npos)
      return;
    const auto target_at = at + command.size();
    rapidjson::StringBuffer buffer;
    rapidjson::Writer json(buffer);
    json.StartObject();
    member(json, "event", "message");
    member(json, "type", "private");
    member(json, "connection_id", "irc-localhost");
    member(json, "conversation_id", line.substr(target_at, colon - target_at));
    member(json, "from", line.substr(1, line.find('!') - 1));
    member(json, "message", line.substr(colon + 2));
    json.EndObject();
    const auto text = text_of(buffer);
    for (const auto& target : sessions_)
      target->send(text);
  }

  tcp::socket socket_;
  subscribers& sessions_;
  std::string nick_;
  std::array<char, 8192> buffer_{};
  std::string lines_;
};

class beast_server {
public:
  beast_server(std::uint16_t irc_port, std::size_t irc_users)
      : acceptor_(events_, {asio::ip::address_v4::loopback(), 0}),
        users_(irc_users) {
    for (std::size_t i = 0; i < irc_users; ++i) {
      links_.push_back(std::make_unique<irc_link>(events_, users_[i],
                                                  fmt::format("u{}", i + 1)));
      links_.back()->start(irc_port);
    }
  }

  void run() {
    fmt::print(stderr, "event=listening listener=public port={}\n",
               acceptor_.local_endpoint().port());
    accept();
    events_.run();
  }

private:
  void accept() {
    acceptor_.async_accept([this](error_code failed, tcp::socket socket) {
      if (failed)
        throw std::runtime_error("accept: " + failed.message());
      socket.set_option(tcp::no_delay(true));
      std::make_shared<session>(std::move(socket), users_)->start();
      accept();
    });
  }

  asio::io_context events_{1};
  tcp::acceptor acceptor_;
  std::vector<subscribers> users_;
  std::vector<std::unique_ptr<irc_link>> links_;
};

} // namespace

} // namespace convoy::bench

int main(int argc, char** argv) {
  using namespace convoy::bench;
  try {
    const options chosen(argc, argv, {{"irc-port", "0"}, {"irc-users", "0"}});
    beast_server(static_cast<std::uint16_t>(chosen.number("irc-port")),
                 static_cast<std::size_t>(chosen.number("irc-users")))
        .run();
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_beast: {}\n", error.what());
    return 1;
  }
}

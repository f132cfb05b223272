// SPDX-License-Identifier: Apache-2.0
#include "line_peer.hpp"

#include "certificate.hpp"
#include "pattern.hpp"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <poll.h>

namespace convoy::scenarios {

namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

} // namespace

struct line_peer::state : std::enable_shared_from_this<line_peer::state> {
  state(tcp::socket connection, line_peer* as)
      : socket(std::move(connection)), owner(as) {}

  void accepted(asio::ssl::context* context) {
    if (!context) {
      begin();
      return;
    }
    tls.emplace(socket, *context);
    tls->async_handshake(asio::ssl::stream_base::server,
                         [self = shared_from_this()](auto error) {
                           if (error)
                             self->ended();
                           else
                             self->begin();
                         });
  }

  void connect(const std::string& host, std::uint16_t port) {
    answers_ping = true;
    socket.async_connect(tcp::endpoint(asio::ip::make_address(host), port),
                         [self = shared_from_this()](auto error) {
                           if (error)
                             self->ended();
                           else
                             self->begin();
                         });
  }

  void begin() {
    ready = true;
    read();
    write();
  }

  void ended() {
    ready = false;
    if (owner) {
      owner->closed = 0;
      owner->tell();
    }
  }

  void read() {
    if (stalled || reading || !ready)
      return;
    reading = true;
    auto done = [self = shared_from_this()](auto error, std::size_t size) {
      self->reading = false;
      self->received(size);
      if (error)
        self->ended();
      else
        self->read();
    };
    if (tls)
      tls->async_read_some(asio::buffer(room), done);
    else
      socket.async_read_some(asio::buffer(room), done);
  }

  void received(std::size_t size) {
    partial.append(room.data(), size);
    for (auto end = partial.find('\n'); end != partial.npos;
         end = partial.find('\n')) {
      auto line = partial.substr(0, end);
      partial.erase(0, end + 1);
      if (line.ends_with('\r'))
        line.pop_back();
      if (answers_ping && line.starts_with("PING "))
        put("PONG " + line.substr(5) + "\r\n");
      else if (owner)
        owner->arrive(std::move(line));
    }
  }

  void put(std::string_view bytes) {
    waiting += bytes;
    write();
  }

  void write() {
    if (!under_way.empty() || waiting.empty() || !ready)
      return;
    under_way.swap(waiting);
    auto done = [self = shared_from_this()](auto, std::size_t) {
      self->under_way.clear();
      self->write();
    };
    if (tls)
      asio::async_write(*tls, asio::buffer(under_way), done);
    else
      asio::async_write(socket, asio::buffer(under_way), done);
  }

  void drop() {
    boost::system::error_code ignored;
    socket.close(ignored);
  }

  tcp::socket socket;
  std::optional<asio::ssl::stream<tcp::socket&>> tls;
  line_peer* owner;
  std::array<char, 16384> room{};
  std::string partial;
  std::string waiting;
  std::string under_way;
  bool ready = false;
  bool reading = false;
  bool stalled = false;
  bool answers_ping = false;
  unsigned fences = 0;
};

line_peer::line_peer(tcp::socket socket, asio::ssl::context* tls)
    : state_(std::make_shared<state>(std::move(socket), this)) {
  state_->accepted(tls);
}

line_peer::line_peer(asio::io_context& io, const std::string& host,
                     std::uint16_t port)
    : state_(std::make_shared<state>(tcp::socket(io), this)) {
  state_->connect(host, port);
}

line_peer::~line_peer() {
  state_->owner = nullptr;
  drop();
}

void line_peer::send(std::string_view text) {
  state_->put(unescape(text) + "\r\n");
}

void line_peer::send_bytes(std::string_view bytes) {
  state_->put(bytes);
}

void line_peer::send_binary(std::string_view) {
  throw script_error("IRC has no binary frames");
}

std::string line_peer::send_fence() {
  auto token = "fence-" + std::to_string(++state_->fences);
  send("PING :" + token);
  return token;
}

bool line_peer::is_fence(std::string_view item,
                         const std::string& token) const {
  return item.find("PONG") != item.npos && item.ends_with(token);
}

std::optional<std::string> line_peer::differs(const std::string& expected,
                                              const std::string& item,
                                              variables& names) const {
  return mismatch(std::string_view(expected), item, names);
}

void line_peer::close() {
  boost::system::error_code ignored;
  state_->socket.shutdown(tcp::socket::shutdown_send, ignored);
}

void line_peer::drop() {
  state_->drop();
}

bool line_peer::has_hung_up() const {
  if (closed || !state_->socket.is_open())
    return true;
  pollfd one{state_->socket.native_handle(), POLLRDHUP, 0};
  return ::poll(&one, 1, 0) > 0;
}

std::string line_peer::address() const {
  boost::system::error_code error;
  const auto other = state_->socket.remote_endpoint(error);
  return error ? "" : other.address().to_string();
}

std::string line_peer::certificate() const {
  const auto* shown =
      state_->tls ? SSL_get0_peer_certificate(state_->tls->native_handle())
                  : nullptr;
  return shown ? fingerprint_of(*shown, fingerprint::sha512) : "";
}

void line_peer::stall(bool on) {
  state_->stalled = on;
  state_->read();
}

} // namespace convoy::scenarios

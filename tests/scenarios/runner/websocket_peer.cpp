// SPDX-License-Identifier: Apache-2.0
#include "websocket_peer.hpp"

#include "pattern.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <cstdlib>

namespace convoy::scenarios {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

/// Looks at what a socket gets for a broken promise.
class stream_judge {
public:
  /// What is wrong with the next frame, or "".
  std::string judge(std::string_view frame) {
    json value;
    try {
      value = parse_json(frame);
    } catch (const json_error& error) {
      return error.what();
    }
    if (value.what != json::kind::object)
      return "a frame that is no object: " + printable(frame);
    auto event = member(value, "event");
    auto seq = member(value, "seq");
    if (!event || event->what != json::kind::string)
      return "a frame without an event: " + printable(frame);
    bool broadcast = event->text == "message" || event->text == "state";
    bool load = event->text == "load" && member(value, "errors") == nullptr;
    if (event->text == "resume") {
      const auto* place = member(value, "since");
      seq = place ? place : seq;
      if (!seq || seq->what != json::kind::number)
        return "a place that is none: " + printable(frame);
      last_ = std::strtoll(seq->text.c_str(), nullptr, 10);
      return {};
    }
    if (!broadcast && !load)
      return {};
    // What passes has no place in the stream.
    auto type = member(value, "type");
    if (event->text == "state" && type
        && (type->text == "typing" || type->text == "queued"
            || type->text == "store"))
      return seq ? "a passing event with seq: " + printable(frame) : "";
    if (!seq || seq->what != json::kind::number)
      return "an event without seq: " + printable(frame);
    // `load` says where the stream stands, an event moves it on.
    auto number = std::strtoll(seq->text.c_str(), nullptr, 10);
    auto before = std::exchange(last_, number);
    if (before != 0 && number != before + (broadcast ? 1 : 0))
      return "seq " + seq->text + " after " + std::to_string(before) + ": "
             + printable(frame);
    return {};
  }

private:
  long long last_ = 0;
};

struct output {
  enum class kind : std::uint8_t { text, binary, ping, close } what;
  std::string bytes;
};

} // namespace

struct websocket_peer::state
    : std::enable_shared_from_this<websocket_peer::state> {
  state(asio::io_context& io, websocket_peer* as, event_check looks)
      : stream(io), owner(as), contract(std::move(looks)) {}

  void open(std::uint16_t port, const std::string& path,
            const http_headers& headers) {
    target = path;
    host = "127.0.0.1:" + std::to_string(port);
    stream.read_message_max(0);
    stream.set_option(websocket::stream_base::decorator(
        [headers](websocket::request_type& request) {
          for (const auto& [name, value] : headers)
            request.set(name, value);
        }));
    stream.control_callback([this](websocket::frame_type kind, auto) {
      if (owner && kind == websocket::frame_type::ping)
        ++owner->pings;
    });
    stream.next_layer().async_connect(
        asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), port),
        [self = shared_from_this()](beast::error_code error) {
          if (error)
            self->refuse(0);
          else
            self->shake_hands();
        });
  }

  void shake_hands() {
    stream.async_handshake(
        answer, host, target,
        [self = shared_from_this()](beast::error_code error) {
          if (error) {
            self->refuse(self->answer.result_int());
            return;
          }
          self->is_open = true;
          if (self->owner)
            self->owner->tell();
          self->read();
          self->write();
        });
  }

  void refuse(unsigned status) {
    refused = status;
    if (owner)
      owner->tell();
  }

  void read() {
    if (stalled || reading || !is_open)
      return;
    reading = true;
    stream.async_read(buffer, [self = shared_from_this()](
                                  beast::error_code error, std::size_t) {
      self->reading = false;
      self->received(error);
    });
  }

  void received(beast::error_code error) {
    if (error) {
      is_open = false;
      auto code = stream.reason().code;
      if (owner) {
        owner->closed = code == websocket::close_code::none ? 1006 : code;
        owner->tell();
      }
      return;
    }
    auto text = beast::buffers_to_string(buffer.data());
    buffer.consume(buffer.size());
    if (owner && !deaf) {
      if (owner->violation.empty())
        owner->violation = violation_of(text);
      owner->arrive(std::move(text));
    }
    read();
  }

  std::string violation_of(std::string_view frame) {
    if (!stream.got_text())
      return "a binary frame";
    if (auto broken = judge.judge(frame); !broken.empty())
      return broken;
    auto problem = contract.problem(frame);
    return problem.empty() ? "" : problem + ": " + printable(frame);
  }

  void put(output::kind what, std::string_view bytes) {
    if (what == output::kind::text || what == output::kind::binary)
      contract.sent(bytes);
    waiting.push_back({what, std::string(bytes)});
    write();
  }

  void write() {
    if (writing || waiting.empty() || !is_open)
      return;
    writing = true;
    auto done = [self = shared_from_this()](auto, std::size_t = 0) {
      self->writing = false;
      self->waiting.pop_front();
      self->write();
    };
    const auto& next = waiting.front();
    switch (next.what) {
    case output::kind::ping:
      stream.async_ping(websocket::ping_data(next.bytes), done);
      break;
    case output::kind::close:
      stream.async_close(websocket::close_code::normal, done);
      break;
    case output::kind::text:
    case output::kind::binary:
      stream.text(next.what == output::kind::text);
      stream.async_write(asio::buffer(next.bytes), done);
      break;
    }
  }

  void drop() {
    beast::error_code ignored;
    stream.next_layer().close(ignored);
  }

  websocket::stream<asio::ip::tcp::socket> stream;
  websocket::response_type answer;
  websocket_peer* owner;
  std::string target;
  std::string host;
  beast::flat_buffer buffer;
  std::deque<output> waiting;
  stream_judge judge;
  event_check contract;
  std::optional<unsigned> refused;
  bool is_open = false;
  bool reading = false;
  bool writing = false;
  bool stalled = false;
  bool deaf = false;
  unsigned fences = 0;
};

websocket_peer::websocket_peer(boost::asio::io_context& io,
                               event_check contract)
    : state_(std::make_shared<state>(io, this, std::move(contract))) {}

websocket_peer::~websocket_peer() {
  state_->owner = nullptr;
  state_->drop();
}

void websocket_peer::open(std::uint16_t port, const std::string& target,
                          const http_headers& headers) {
  state_->open(port, target, headers);
}

bool websocket_peer::is_open() const noexcept {
  return state_->is_open;
}

std::optional<unsigned> websocket_peer::refused() const noexcept {
  return state_->refused;
}

std::string websocket_peer::header(std::string_view name) const {
  return std::string(
      state_->answer[beast::string_view(name.data(), name.size())]);
}

void websocket_peer::turn_deaf() {
  state_->deaf = true;
}

void websocket_peer::send_ping(std::string_view payload) {
  state_->put(output::kind::ping, payload);
}

void websocket_peer::send(std::string_view text) {
  state_->put(output::kind::text, text);
}

void websocket_peer::send_bytes(std::string_view bytes) {
  send(bytes);
}

void websocket_peer::send_binary(std::string_view bytes) {
  state_->put(output::kind::binary, bytes);
}

std::string websocket_peer::send_fence() {
  auto token = "fence-" + std::to_string(++state_->fences);
  send(R"({"method":"ping","id":")" + token + "\"}");
  return token;
}

bool websocket_peer::is_fence(std::string_view item,
                              const std::string& token) const {
  variables none;
  auto pong =
      parse_json_pattern(R"({"event":"pong","id":")" + token + "\",...}");
  return !mismatch(pong, parse_json(item), none);
}

std::optional<std::string> websocket_peer::differs(const std::string& expected,
                                                   const std::string& item,
                                                   variables& names) const {
  json pattern;
  try {
    pattern = parse_json_pattern(expected);
  } catch (const json_error& error) {
    throw script_error(error.what());
  }
  return mismatch(pattern, parse_json(item), names);
}

void websocket_peer::close() {
  state_->put(output::kind::close, {});
}

void websocket_peer::drop() {
  state_->drop();
}

void websocket_peer::stall(bool on) {
  state_->stalled = on;
  state_->read();
}

} // namespace convoy::scenarios

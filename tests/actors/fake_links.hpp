// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/link.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doctest {

template <>
struct StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& texts) {
    std::string result;
    for (const auto& each : texts)
      result += (result.empty() ? "[" : " | ") + each;
    return (result + "]").c_str();
  }
};

} // namespace doctest

// The outside of an actor test: sockets that keep what is written to them and
// let the test play whoever is on the other side.
namespace convoy::actors {

/// The text of a member of an encoded frame; "" when it has none.
inline std::string member_of(std::string_view frame, std::string_view key) {
  const auto name = "\"" + std::string{key} + "\":";
  const auto at = frame.find(name);
  if (at == std::string_view::npos)
    return "";
  frame.remove_prefix(at + name.size());
  if (!frame.starts_with('"'))
    return std::string{frame.substr(0, frame.find_first_of(",}]"))};
  frame.remove_prefix(1);
  return std::string{frame.substr(0, frame.find('"'))};
}

/// A WebSocket as a browser sees it.
class fake_websocket : public net::websocket_link {
public:
  struct close_frame {
    std::uint16_t code = 0;
    std::string reason;
  };

  // -- the server's side ------------------------------------------------------

  void send(std::span<const net::payload> frames) override {
    if (!closed)
      payloads.insert(payloads.end(), frames.begin(), frames.end());
  }
  void handled(std::size_t count) override {
    handled_requests += count;
  }
  void ask_sent() override {
    if (!closed)
      ++sent_asked;
  }
  void close(std::uint16_t code, std::string reason) override {
    if (!closed)
      closed = {code, std::move(reason)};
  }

  // -- the browser's side -----------------------------------------------------

  void ask(std::initializer_list<std::string_view> frames) {
    std::vector<protocol::request> requests;
    for (const auto text : frames)
      requests.push_back(protocol::decode_request(text));
    observer->on_requests(std::move(requests));
  }
  void ask(std::string_view frame) {
    ask({frame});
  }
  /// Sends `message` to a conversation of `irc-example`.
  void say(std::string_view message, std::string_view to = "#room",
           std::string_view id = "1") {
    ask(R"({"method":"send","connection_id":"irc-example","id":")"
        + std::string{id} + R"(","conversation_id":")" + std::string{to}
        + R"(","message":")" + std::string{message} + "\"}");
  }
  void load() {
    ask(R"({"method":"load","id":"l","params":{"conversations":true}})");
  }
  /// The frames since the last call.
  std::vector<std::string> take() {
    std::vector<std::string> result;
    for (const auto& each : std::exchange(payloads, {}))
      result.push_back(*each);
    return result;
  }
  /// The same; of each only its place and what it is: `3 private hello`,
  /// `sent 1`, `sent 1 error Not connected.`.
  std::vector<std::string> take_short() {
    std::vector<std::string> result;
    for (const auto& each : take())
      result.push_back(shortened(each));
    return result;
  }
  /// The connection ends, as after each close frame.
  void gone() {
    if (observer)
      std::exchange(observer, nullptr)->on_closed();
  }

  std::shared_ptr<net::websocket_observer> observer;
  std::vector<net::payload> payloads;
  std::size_t handled_requests = 0;
  std::size_t sent_asked = 0;
  std::optional<close_frame> closed;

private:
  static std::string shortened(const std::string& frame) {
    const auto event = member_of(frame, "event");
    if (event != "message" && event != "state") {
      const auto at = frame.find("\"errors\":");
      return event + " " + member_of(frame, "id")
             + (at == std::string::npos
                    ? ""
                    : " error "
                          + member_of(std::string_view{frame}.substr(at),
                                      "message"));
    }
    const auto type = member_of(frame, "type");
    const auto what = type == "frozen"       ? "frozen"
                      : type == "connection" ? "state"
                                             : "message";
    return member_of(frame, "seq") + " " + type + " " + member_of(frame, what);
  }
};

/// A connection to an IRC server that the test plays.
class fake_irc_link : public net::irc_link {
public:
  // -- the client's side ------------------------------------------------------

  void write(std::vector<std::string> more, std::uint64_t mark) override {
    if (closing)
      return;
    std::ranges::move(more, std::back_inserter(lines));
    last_mark = mark;
  }
  void resume() override {
    ++resumed;
  }
  void close() override {
    closing = true;
  }
  void abort() override {
    closing = aborted = true;
  }

  // -- the server's side ------------------------------------------------------

  void accept() {
    observer->on_connected({"198.51.100.7", 6697, true, ""});
  }
  void tell(std::initializer_list<std::string_view> texts) {
    std::vector<protocol::irc_message> parsed;
    for (const auto text : texts) {
      const auto line = protocol::parse_irc_line(text);
      REQUIRE_MESSAGE(line, text);
      parsed.push_back(*line);
    }
    observer->on_lines(std::move(parsed));
  }
  void tell(std::string_view text) {
    tell({text});
  }
  /// What was written has left.
  void flush() {
    if (observer && std::exchange(told_mark, last_mark) != last_mark)
      observer->on_written(last_mark);
  }
  /// The connection ends; `reason` is "" when the client asked for it.
  void end(std::string reason = "",
           protocol::irc_end how = protocol::irc_end::lost) {
    if (observer)
      std::exchange(observer, nullptr)->on_closed(std::move(reason), how);
  }
  std::vector<std::string> take() {
    return std::exchange(lines, {});
  }

  net::irc_endpoint where;
  std::shared_ptr<net::irc_observer> observer;
  std::vector<std::string> lines;
  std::uint64_t last_mark = 0;
  std::uint64_t told_mark = 0;
  std::size_t resumed = 0;
  bool closing = false;
  bool aborted = false;
};

/// Makes links that wait for the test to accept or to end them.
class fake_connector : public net::irc_connector {
public:
  std::shared_ptr<net::irc_link>
  connect(net::irc_endpoint where,
          std::shared_ptr<net::irc_observer> observer) override {
    auto link = std::make_shared<fake_irc_link>();
    link->where = std::move(where);
    link->observer = std::move(observer);
    links.push_back(link);
    return link;
  }
  net::client_certificate make_certificate(const std::string& name) override {
    return {"PEM of " + name, "256 of " + name, "512 of " + name};
  }
  std::optional<net::client_certificate>
  read_certificate(const std::string& pem) override {
    constexpr std::string_view start = "PEM of ";
    if (!pem.starts_with(start))
      return std::nullopt;
    return make_certificate(pem.substr(start.size()));
  }
  /// The one that was made last.
  fake_irc_link& last() {
    REQUIRE_FALSE(links.empty());
    return *links.back();
  }

  std::vector<std::shared_ptr<fake_irc_link>> links;
};

} // namespace convoy::actors

// SPDX-License-Identifier: Apache-2.0
#include "protocol/frame.hpp"
#include "protocol/json_document.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>

namespace convoy::protocol {

namespace {

using rapidjson::Value;

/// Bytes.
constexpr std::size_t max_nonce = 200;

/// What the wire takes for false (spec/events-and-irc.md, "Words").
bool is_falsy(const Value& value) {
  if (value.IsString())
    return value.GetStringLength() == 0 || text_of(value) == "0";
  if (value.IsNumber())
    return value.GetDouble() == 0;
  return value.IsNull() || value.IsFalse();
}

std::string encode(const Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

/// Small frames are parsed in place on the stack.
class frame_document {
public:
  explicit frame_document(std::string_view text)
      : document_(&values_, stack_size),
        problem_(parse_bounded(text, document_)) {
    // nop
  }
  const Value& root() const {
    return document_;
  }
  const std::string& problem() const {
    return problem_;
  }

private:
  static constexpr std::size_t stack_size = 512;
  std::array<char, 2048> space_;
  rapidjson::MemoryPoolAllocator<> values_{space_.data(), space_.size()};
  rapidjson::Document document_;
  std::string problem_;
};

method method_of(std::string_view name) {
  if (name == "ping")
    return method::ping;
  if (name == "send")
    return method::send;
  if (name == "load")
    return method::load;
  if (name == "debug")
    return method::debug;
  return method::unknown;
}

/// Reads a text member of `send`; another type is a problem that is kept.
void take_text(const Value& frame, std::string_view key, std::string& to,
               request& result) {
  const auto* found = member(frame, key);
  if (!found || found->IsNull())
    return;
  if (found->IsString()) {
    to = text_of(*found);
  } else if (result.problem.empty()) {
    result.problem = "Expected a string.";
    result.problem_path = "/" + std::string{key};
  }
}

bool wants(const Value& frame, std::string_view what) {
  const auto* params = member(frame, "params");
  const auto* found =
      params && params->IsObject() ? member(*params, what) : nullptr;
  return found && !is_falsy(*found);
}

/// A request without an id gets one: the time.
void put_id(json_writer& out, const request& to, timestamp now) {
  out.key("id");
  const auto replaceable = to.what == method::ping || to.what == method::load;
  if (to.id.empty() || (replaceable && to.id_is_falsy))
    out.time(now, ts_format::epoch);
  else
    out.raw(to.id);
}

/// The event that answers a method (spec §2.2).
std::string_view reply_event(const request& to) {
  switch (to.what) {
  case method::ping:
    return "pong";
  case method::send:
    return "sent";
  case method::malformed:
    return "unknown";
  default:
    return to.name;
  }
}

/// What is told of somebody wherever they are.
void put_person(json_writer& out, const event& what) {
  const std::string_view target = what.target;
  const auto at = std::min(target.rfind('@'), target.size());
  switch (what.kind) {
  case event_kind::away:
    out.field("nick", what.from)
        .field("away", what.has_text)
        .field("message", what.text);
    break;
  case event_kind::account:
    out.field("nick", what.from).field("account", target);
    break;
  case event_kind::host:
    out.field("nick", what.from)
        .field("user", target.substr(0, at))
        .field("host", target.substr(std::min(at + 1, target.size())));
    break;
  case event_kind::realname:
    out.field("nick", what.from).field("realname", what.text);
    break;
  case event_kind::presence:
    out.field("nick", target).field("online", what.has_text);
    break;
  default:
    break;
  }
}

void put_state(json_writer& out, const event& what) {
  switch (what.kind) {
  case event_kind::connection:
    out.field("state", what.target).field("message", what.text);
    break;
  case event_kind::frozen:
    out.field("conversation_id", what.conversation_id)
        .field("name", what.name)
        .field("frozen", what.text)
        .field("topic", what.topic)
        .field("unread", std::uint64_t{what.unread})
        .field("notifications", std::uint64_t{what.notifications})
        .key("info")
        .raw(what.extra.empty() ? "{}" : what.extra);
    break;
  case event_kind::join:
  case event_kind::part:
    out.field("conversation_id", what.conversation_id).field("nick", what.from);
    if (what.kind == event_kind::part && what.has_text)
      out.field("message", what.text);
    if (!what.target.empty())
      out.field("kicker", what.target);
    break;
  case event_kind::quit:
    out.field("nick", what.from).field("message", what.text);
    break;
  case event_kind::nick_change:
    out.field("old_nick", what.from).field("new_nick", what.target);
    break;
  case event_kind::mode:
    out.field("conversation_id", what.conversation_id)
        .field("from", what.from)
        .field("mode", what.text);
    if (!what.target.empty())
      out.field("nick", what.target);
    break;
  case event_kind::invite:
    out.field("conversation_id", what.conversation_id)
        .field("nick", what.from)
        .field("invited", what.target);
    break;
  case event_kind::typing:
    out.field("conversation_id", what.conversation_id)
        .field("nick", what.from)
        .field("state", what.text);
    break;
  case event_kind::redact:
    out.field("conversation_id", what.conversation_id)
        .field("nick", what.from)
        .field("msgid", what.target)
        .field("message", what.text);
    break;
  case event_kind::rename:
    out.field("conversation_id", what.conversation_id)
        .field("name", what.name)
        .field("old_conversation_id", what.target)
        .field("message", what.text);
    break;
  case event_kind::read:
    out.field("conversation_id", what.conversation_id)
        .field("unread", std::uint64_t{what.unread})
        .field("notifications", std::uint64_t{what.notifications});
    break;
  case event_kind::queued:
    out.field("conversation_id", what.conversation_id);
    break;
  case event_kind::store:
    out.field("available", !what.has_text).field("message", what.text);
    break;
  default:
    put_person(out, what);
    break;
  }
  if (what.kind != event_kind::frozen)
    out.members(what.extra);
}

} // namespace

request decode_request(std::string_view text) {
  request result;
  const frame_document document{text};
  const auto& frame = document.root();
  if (!document.problem().empty() || !frame.IsObject()) {
    result.what = method::malformed;
    result.problem = document.problem().empty() ? "Expected a JSON object."
                                                : document.problem();
    result.problem_path = "/";
    return result;
  }
  if (const auto* id = member(frame, "id"); id && !id->IsNull()) {
    result.id = encode(*id);
    result.id_is_falsy = is_falsy(*id);
  }
  if (const auto* name = member(frame, "method"); name && !is_falsy(*name)) {
    result.name =
        name->IsString() ? std::string{text_of(*name)} : encode(*name);
    result.what = name->IsString() ? method_of(result.name) : method::unknown;
  }
  switch (result.what) {
  case method::load:
    result.want_conversations = wants(frame, "conversations");
    result.want_connections =
        result.want_conversations || wants(frame, "connections");
    break;
  case method::send:
  case method::unknown:
    take_text(frame, "connection_id", result.connection_id, result);
    take_text(frame, "conversation_id", result.conversation_id, result);
    take_text(frame, "message", result.message, result);
    take_text(frame, "nonce", result.nonce, result);
    if (result.nonce.size() > max_nonce && result.problem.empty()) {
      result.problem = "A nonce may have 200 bytes.";
      result.problem_path = "/nonce";
    }
    result.body = text;
    break;
  default:
    break;
  }
  return result;
}

std::string encode_pong(const request& to, timestamp now) {
  json_writer out;
  out.begin_object().field("event", "pong");
  put_id(out, to, now);
  out.key("ts").time(now, ts_format::epoch).end_object();
  return out.take();
}

std::string encode_debug(const request& to, timestamp now) {
  json_writer out;
  out.begin_object().field("event", "debug");
  put_id(out, to, now);
  out.end_object();
  return out.take();
}

std::string encode_sent(const request& to, std::string_view result,
                        timestamp now) {
  const frame_document answer{result.empty() ? "{}" : result};
  const frame_document asked{to.body};
  json_writer out;
  out.begin_object().field("event", "sent");
  put_id(out, to, now);
  const auto is_own = [](std::string_view key) {
    return key == "event" || key == "id";
  };
  for (const auto& [key, value] : asked.root().GetObject()) {
    const auto* better = member(answer.root(), text_of(key));
    if (!is_own(text_of(key)) && (!better || is_falsy(*better)))
      out.key(text_of(key)).raw(encode(value));
  }
  for (const auto& [key, value] : answer.root().GetObject())
    if (!is_own(text_of(key))
        && (!is_falsy(value) || !member(asked.root(), text_of(key))))
      out.key(text_of(key)).raw(encode(value));
  out.end_object();
  return out.take();
}

std::string encode_load(const request& to, std::string_view user,
                        std::string_view stream, event_seq seq, timestamp now) {
  json_writer out;
  out.begin_object().field("event", "load");
  put_id(out, to, now);
  out.field("stream", stream).field("seq", std::uint64_t{seq});
  out.key("user").raw(user).end_object();
  return out.take();
}

std::string encode_error(const request& to, std::string_view message,
                         std::string_view path, timestamp now,
                         std::string_view code) {
  json_writer out;
  out.begin_object().field("event", reply_event(to));
  put_id(out, to, now);
  if (!to.connection_id.empty())
    out.field("connection_id", to.connection_id);
  if (!to.message.empty())
    out.field("message", to.message);
  out.key("errors").begin_array().begin_object().field("message", message);
  if (!path.empty())
    out.field("path", path);
  if (!code.empty())
    out.field("code", code);
  out.end_object().end_array().end_object();
  return out.take();
}

std::string encode_resume(std::optional<event_seq> since,
                          std::string_view stream, event_seq seq) {
  json_writer out;
  out.begin_object()
      .field("event", "resume")
      .field("resumed", since.has_value())
      .field("stream", stream);
  if (since)
    out.field("since", std::uint64_t{*since});
  out.field("seq", std::uint64_t{seq}).end_object();
  return out.take();
}

std::string encode_handshake_error() {
  json_writer out;
  out.begin_object().key("errors").begin_array().begin_object();
  out.field("message", "Need to log in first.").end_object().end_array();
  out.field("event", "handshake").end_object();
  return out.take();
}

std::string encode_event(const event& what, ts_format format) {
  json_writer out;
  out.begin_object()
      .field("event", is_message(what.kind) ? "message" : "state")
      .field("type", to_string(what.kind));
  // It concerns all of them.
  if (what.kind != event_kind::store)
    out.field("connection_id", what.connection_id);
  if (is_message(what.kind))
    out.field("conversation_id", what.conversation_id)
        .field("name", what.name)
        .field("from", what.from)
        .field("message", what.text)
        .field("highlight", what.highlight)
        .members(what.extra);
  else
    put_state(out, what);
  out.key("ts").time(what.time, format);
  if (!is_passing(what.kind))
    out.field("seq", std::uint64_t{what.seq});
  out.end_object();
  return out.take();
}

} // namespace convoy::protocol

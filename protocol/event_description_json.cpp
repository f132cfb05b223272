// SPDX-License-Identifier: Apache-2.0
#include "protocol/event_description.hpp"
#include "protocol/json.hpp"
#include "protocol/json_document.hpp"
#include "protocol/json_parts.hpp"
#include "protocol/json_schema.hpp"

#include <algorithm>
#include <map>

namespace convoy::protocol {

namespace {

using rapidjson::Document;
using rapidjson::Value;
using schemas = std::map<std::string, json_schema, std::less<>>;

/// How an answer is known that has no event of its own.
constexpr std::string_view refused = "errors";

/// The text that a schema allows first; "" when it allows any.
std::string_view choice_in(const Value& schema, std::string_view property) {
  const auto* found = below(schema, {"properties", property});
  if (!found)
    return {};
  const auto* choices = member(*found, "enum");
  return choices && property == "method" ? text_of((*choices)[0])
                                         : text_in(*found, "const");
}

/// What tells a message from the others: its method, or its event and, of a
/// state, the type.
std::string key_of(const Value& schema) {
  if (const auto method = choice_in(schema, "method"); !method.empty())
    if (choice_in(schema, "event").empty())
      return std::string{method};
  const auto event = choice_in(schema, "event");
  const auto type = choice_in(schema, "type");
  if (event.empty())
    return std::string{refused};
  return std::string{event} + (type.empty() ? "" : "/" + std::string{type});
}

std::string key_of_request(const Value& frame) {
  const auto* method = member(frame, "method");
  // What is no method at all is up to the schema of the one without a method.
  return method && method->IsString() && method->GetStringLength() > 0
             ? std::string{text_of(*method)}
             : "ping";
}

std::string key_of_frame(const Value& frame) {
  const std::string event{text_in(frame, "event")};
  if (member(frame, refused) && event != "handshake")
    return std::string{refused};
  return event == "state" ? event + "/" + std::string{text_in(frame, "type")}
                          : event;
}

std::vector<json_problem> check(const schemas& all, std::string_view text,
                                std::string (*key_of_text)(const Value&),
                                json_schema::others others) {
  Document frame;
  if (auto wrong = parse_bounded(text, frame); !wrong.empty())
    return {{std::move(wrong), "/"}};
  if (!frame.IsObject())
    return {{"Expected an object.", "/"}};
  const auto key = key_of_text(frame);
  const auto found = all.find(key);
  if (found == all.end())
    return {{"There is no " + key + " in the description.", "/"}};
  std::vector<json_problem> problems;
  found->second.check(frame, "", problems, others);
  return problems;
}

/// `https://example.com:8080/convoy` as AsyncAPI's server object.
void put_server(std::string_view base_url, json_writer& out) {
  const auto scheme = base_url.substr(0, base_url.find("://"));
  const auto rest = base_url.substr(scheme.size() + 3);
  const auto host = rest.substr(0, rest.find('/'));
  out.begin_object().field("host", host);
  out.field("protocol", scheme == "https" ? "wss" : "ws");
  if (const auto path = rest.substr(host.size()); !path.empty())
    out.field("pathname", path);
  out.key("security").begin_array();
  for (const auto* each : {"cookie", "bearer"})
    out.begin_object()
        .field("$ref", "#/components/securitySchemes/" + std::string{each})
        .end_object();
  out.end_array().end_object();
}

} // namespace

struct event_description::state {
  Document document;
  std::string without_servers;
  schemas requests;
  schemas frames;

  void read(const Value& messages, schemas& to) {
    for (const auto& each : messages.GetArray()) {
      const auto message = resolved(each, document);
      const auto* payload = member(message, "payload");
      if (!payload)
        description_fails(text_in(each, "$ref"), "no payload");
      to.try_emplace(key_of(*payload), *payload);
    }
  }

  void read(const Value& operation) {
    const auto is_request = text_in(operation, "action") == "receive";
    read(operation["messages"], is_request ? requests : frames);
    if (const auto* reply = below(operation, {"reply", "messages"}))
      read(*reply, frames);
  }
};

event_description::event_description() : state_(std::make_unique<state>()) {
  auto& document = state_->document;
  join_parts(event_documents(), document);
  document["info"].AddMember("version", CONVOY_VERSION,
                             document.GetAllocator());
  state_->without_servers = json_of(document);
  const auto* operations = member(document, "operations");
  if (!operations)
    description_fails("operations", "there are none");
  for (const auto& each : operations->GetObject())
    state_->read(each.value);
}

event_description::~event_description() = default;

std::string event_description::document(std::string_view base_url) const {
  json_writer out;
  out.begin_object().key("servers").begin_object().key("node");
  put_server(base_url, out);
  out.end_object().members(state_->without_servers).end_object();
  return out.take();
}

std::vector<json_problem>
event_description::check_request(std::string_view frame) const {
  return check(state_->requests, frame, &key_of_request,
               json_schema::others::pass);
}

std::vector<json_problem>
event_description::check_frame(std::string_view frame,
                               const names& echoed) const {
  auto problems = check(state_->frames, frame, &key_of_frame,
                        json_schema::others::are_wrong);
  std::erase_if(problems, [&](const json_problem& each) {
    return each.message == not_described
           && echoed.contains(std::string_view{each.path}.substr(1));
  });
  return problems;
}

const event_description& the_events() {
  static const event_description shared;
  return shared;
}

} // namespace convoy::protocol

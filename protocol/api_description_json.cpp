// SPDX-License-Identifier: Apache-2.0
#include "protocol/api_description.hpp"
#include "protocol/api_documents.hpp"
#include "protocol/json.hpp"
#include "protocol/json_document.hpp"
#include "protocol/json_parts.hpp"
#include "protocol/json_schema.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace convoy::protocol {

namespace {

using rapidjson::Document;
using rapidjson::Value;

constexpr std::string_view json_type = "application/json";
constexpr std::string_view form_type = "multipart/form-data";
constexpr std::string_view methods[] = {"get", "post", "put", "delete"};

Value copy_of(std::string_view text, Document& to) {
  return Value{text.data(), static_cast<rapidjson::SizeType>(text.size()),
               to.GetAllocator()};
}

std::string upper_case(std::string_view method) {
  std::string result;
  for (const auto c : method)
    result += static_cast<char>(c - 'a' + 'A');
  return result;
}

// -- one operation ------------------------------------------------------------

/// Who may ask for it, by the security schemes that it names.
api_operation::access access_of(const Value& operation) {
  const auto* schemes = member(operation, "security");
  if (!schemes)
    return api_operation::access::session_or_token;
  return schemes->Empty() ? api_operation::access::anybody
                          : api_operation::access::session;
}

api_operation::payload payload_of(const Value& operation) {
  const auto* content = below(operation, {"requestBody", "content"});
  if (!content)
    return api_operation::payload::none;
  return member(*content, json_type) ? api_operation::payload::json
                                     : api_operation::payload::form;
}

api_operation read_operation(std::string_view path, std::string_view method,
                             const Value& operation, std::size_t number) {
  const auto scope = text_in(operation, "x-scope");
  const auto id = text_in(operation, "operationId");
  if (id.empty())
    description_fails(path, "an operation without an operationId");
  return {std::string{id},
          upper_case(method),
          std::string{path},
          access_of(operation),
          scope.empty() ? (method == "get" ? "read" : "send")
                        : std::string{scope},
          payload_of(operation),
          number};
}

/// All parameters as one schema of an object.
Value parameters_of(const Value& operation, Document& root) {
  auto& memory = root.GetAllocator();
  Value properties{rapidjson::kObjectType};
  Value required{rapidjson::kArrayType};
  const auto* list = member(operation, "parameters");
  if (list)
    for (const auto& each : list->GetArray()) {
      const auto one = resolved(each, root);
      const auto name = text_in(one, "name");
      properties.AddMember(copy_of(name, root), resolved(one["schema"], root),
                           memory);
      const auto* needed = member(one, "required");
      if (needed && needed->IsTrue())
        required.PushBack(copy_of(name, root), memory);
    }
  Value result{rapidjson::kObjectType};
  result.AddMember("type", "object", memory)
      .AddMember("properties", properties, memory);
  if (!required.Empty())
    result.AddMember("required", required, memory);
  return result;
}

/// A parameter as the JSON value that its schema is about; a text that is not
/// one stays a text.
Value value_of(std::string_view text, std::string_view type, Document& memory) {
  if (type == "boolean") {
    if (text == "true" || text == "1")
      return Value{true};
    if (text == "false" || text == "0")
      return Value{false};
  }
  if (type == "integer") {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, wrong] = std::from_chars(text.data(), end, number);
    if (wrong == std::errc{} && rest == end)
      return Value{number};
  }
  return copy_of(text, memory);
}

/// Calls `visit` with each part of a path and its number.
template <class Visitor>
std::size_t for_each_part(std::string_view path, Visitor visit) {
  std::size_t n = 0;
  path.remove_prefix(1);
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    visit(n++, path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return n;
}

enum class fit { none, with_parameters, word_for_word };

fit fit_of(std::string_view path, const std::vector<std::string>& segments) {
  auto result = fit::word_for_word;
  const auto parts = for_each_part(path, [&](std::size_t n, auto part) {
    if (n >= segments.size() || (part.front() != '{' && part != segments[n]))
      result = fit::none;
    else if (part.front() == '{' && result != fit::none)
      result = fit::with_parameters;
  });
  return parts == segments.size() ? result : fit::none;
}

} // namespace

const std::string& path_value(const api_operation& operation,
                              const std::vector<std::string>& segments,
                              std::string_view name) {
  static const std::string nothing;
  const auto* result = &nothing;
  for_each_part(operation.path, [&](std::size_t n, std::string_view part) {
    if (part.front() == '{' && part.substr(1, part.size() - 2) == name
        && n < segments.size())
      result = &segments[n];
  });
  return *result;
}

bool fits(std::string_view path, const std::vector<std::string>& segments) {
  return fit_of(path, segments) != fit::none;
}

struct api_description::state {
  /// What a request of one operation must be.
  struct request_schema {
    Value shape; ///< of its parameters, an object schema
    json_schema parameters;
    std::optional<json_schema> body;
    const Value* responses;
  };

  Document document;
  std::string without_servers;
  std::vector<api_operation> operations;
  std::vector<request_schema> requests; ///< by an operation's number

  void read(std::string_view path, const Value& item) {
    for (const auto& each : item.GetObject()) {
      const auto method = text_of(each.name);
      if (std::ranges::count(methods, method) == 0)
        description_fails(path, "an unknown method " + std::string{method});
      operations.push_back(
          read_operation(path, method, each.value, operations.size()));
      read_request(each.value);
    }
  }

  void read_request(const Value& operation) {
    auto shape = parameters_of(operation, document);
    json_schema parameters{shape};
    std::optional<json_schema> body;
    const auto* schema =
        below(operation, {"requestBody", "content", json_type, "schema"});
    if (schema)
      body.emplace(resolved(*schema, document));
    const auto* responses = member(operation, "responses");
    if (!responses)
      description_fails(operations.back().id, "no responses");
    requests.push_back(
        {std::move(shape), std::move(parameters), std::move(body), responses});
  }

  /// What its answer of that status must be; null when there may be none.
  Value response(const api_operation& operation, unsigned status) {
    const auto& all = *requests[operation.number].responses;
    const auto* found = member(all, std::to_string(status));
    if (!found && status >= 400)
      found = member(all, "default");
    return found ? resolved(*found, document) : Value{};
  }
};

api_description::api_description() : state_(std::make_unique<state>()) {
  auto& document = state_->document;
  join_parts(api_documents(), document);
  document["info"].AddMember("version", CONVOY_VERSION,
                             document.GetAllocator());
  state_->without_servers = json_of(document);
  const auto* paths = member(document, "paths");
  if (!paths)
    description_fails("paths", "there are none");
  for (const auto& each : paths->GetObject())
    state_->read(text_of(each.name), each.value);
}

api_description::~api_description() = default;

std::string api_description::document(std::string_view server_url) const {
  json_writer out;
  out.begin_object().key("servers").begin_array().begin_object();
  out.field("url", server_url).end_object().end_array();
  out.members(state_->without_servers).end_object();
  return out.take();
}

const std::vector<api_operation>& api_description::operations() const noexcept {
  return state_->operations;
}

const api_operation*
api_description::find(std::string_view operation_id) const noexcept {
  const auto& all = state_->operations;
  const auto i = std::ranges::find(all, operation_id, &api_operation::id);
  return i == all.end() ? nullptr : &*i;
}

api_description::found
api_description::find(std::string_view method,
                      const std::vector<std::string>& segments) const {
  std::string_view path;
  auto best = fit::none;
  for (const auto& each : state_->operations)
    if (const auto how = fit_of(each.path, segments); how > best) {
      best = how;
      path = each.path;
    }
  found result;
  for (const auto& each : state_->operations) {
    if (best == fit::none || each.path != path)
      continue;
    if (each.method == method)
      return {&each, ""};
    result.allowed += (result.allowed.empty() ? "" : ", ") + each.method;
  }
  return result;
}

std::vector<json_problem>
api_description::check_request(const api_operation& operation,
                               const http_request& request,
                               const std::vector<std::string>& segments) const {
  std::vector<json_problem> problems;
  const auto& schema = state_->requests[operation.number];
  Document given;
  given.SetObject();
  for (const auto& each : schema.shape["properties"].GetObject()) {
    const auto name = text_of(each.name);
    const auto in_query = request.param(name).value_or("");
    const std::string_view text =
        in_query.empty() ? path_value(operation, segments, name) : in_query;
    if (!text.empty())
      given.AddMember(copy_of(name, given),
                      value_of(text, text_in(each.value, "type"), given),
                      given.GetAllocator());
  }
  schema.parameters.check(given, "", problems);
  if (!schema.body)
    return problems;
  Document body;
  const auto wrong =
      parse_bounded(request.body.empty() ? "{}" : request.body, body);
  if (wrong.empty())
    schema.body->check(body, "/body", problems);
  else
    problems.push_back({wrong, "/body"});
  return problems;
}

std::vector<json_problem>
api_description::check_answer(const api_operation& operation, unsigned status,
                              std::string_view content_type,
                              std::string_view body) const {
  const auto response = state_->response(operation, status);
  if (!response.IsObject())
    return {{"The description has no status " + std::to_string(status) + " of "
                 + operation.id + ".",
             "/"}};
  const auto* content = member(response, "content");
  if (!content)
    return {};
  const auto type = content_type.substr(0, content_type.find(';'));
  const auto* described = member(*content, type);
  if (!described)
    described = member(*content, "*/*");
  if (!described)
    return {{"The description has no " + std::string{type} + " of "
                 + operation.id + ".",
             "/"}};
  const auto* schema = member(*described, "schema");
  if (type != json_type || !schema)
    return {};
  Document answer;
  if (auto wrong = parse_bounded(body, answer); !wrong.empty())
    return {{std::move(wrong), "/"}};
  std::vector<json_problem> problems;
  json_schema{*schema}.check(answer, "", problems,
                             json_schema::others::are_wrong);
  return problems;
}

const api_description& the_api() {
  static const api_description shared;
  return shared;
}

} // namespace convoy::protocol

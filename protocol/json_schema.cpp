// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_schema.hpp"

#include "protocol/json_document.hpp"
#include "protocol/text_format.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace convoy::protocol {

namespace {

using rapidjson::Document;
using rapidjson::Value;
using adapter = valijson::adapters::RapidJsonAdapter;
using pointers = std::set<std::string, std::less<>>;

constexpr const char* expected_key = "x-expected";

bool is_true(const Value& schema, std::string_view key) {
  const auto* found = member(schema, key);
  return found && found->IsTrue();
}

std::string_view text_in(const Value& schema, std::string_view key) {
  const auto* found = member(schema, key);
  return found && found->IsString() ? text_of(*found) : std::string_view{};
}

// -- from OpenAPI's dialect to JSON Schema's ----------------------------------

/// `nullable` becomes a second type. Formats and patterns are not valijson's
/// business: it matches with `std::regex`, whose recursion a long text could
/// drive through the stack.
void translate(Value& schema, Document::AllocatorType& memory) {
  if (schema.IsArray())
    for (auto& each : schema.GetArray())
      translate(each, memory);
  if (!schema.IsObject())
    return;
  for (auto& each : schema.GetObject())
    translate(each.value, memory);
  if (!is_true(schema, "nullable") || !schema.HasMember("type"))
    return;
  Value types{rapidjson::kArrayType};
  types.PushBack(Value{schema["type"], memory}, memory)
      .PushBack("null", memory);
  schema["type"] = types;
  if (schema.HasMember("enum"))
    schema["enum"].PushBack(Value{}, memory);
}

void drop_formats(Value& schema) {
  if (schema.IsArray())
    for (auto& each : schema.GetArray())
      drop_formats(each);
  if (!schema.IsObject())
    return;
  if (!text_in(schema, "format").empty())
    schema.RemoveMember("format");
  for (auto& each : schema.GetObject())
    drop_formats(each.value);
}

// -- what to say --------------------------------------------------------------

std::string in_words(const Value& schema) {
  const auto* least = member(schema, "minimum");
  const auto* most = member(schema, "maximum");
  const auto type = text_in(schema, "type");
  const auto number = [](const Value* value) {
    return std::to_string(value->GetInt64());
  };
  if (type == "integer" && least && most)
    return "a number from " + number(least) + " to " + number(most);
  if (type == "integer" && least)
    return "a whole number of at least " + number(least);
  if (type == "integer")
    return "a whole number";
  if (type == "boolean")
    return "true or false";
  const auto* items = member(schema, "items");
  if (type == "array" && items && text_in(*items, "type") == "string")
    return "an array of strings";
  return (type == "array" || type == "object" ? "an " : "a ")
         + std::string{type};
}

bool has_type(const Value& value, std::string_view type) {
  if (type == "string")
    return value.IsString();
  if (type == "integer")
    return value.IsInt64() || value.IsUint64();
  if (type == "number")
    return value.IsNumber();
  if (type == "boolean")
    return value.IsBool();
  if (type == "array")
    return value.IsArray();
  return type != "object" || value.IsObject();
}

std::size_t characters_of(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

/// What is wrong with how many there are of something; "" when nothing is.
std::string size_problem(const Value& schema, std::string_view what,
                         std::size_t size, std::string_view least_key,
                         std::string_view most_key) {
  const auto say = [&](const char* how, const Value& bound) {
    return std::string{what} + how + std::to_string(size) + "/"
           + std::to_string(bound.GetUint64()) + ".";
  };
  const auto* least = member(schema, least_key);
  if (least && size < least->GetUint64())
    return say(" is too short: ", *least);
  const auto* most = member(schema, most_key);
  if (most && size > most->GetUint64())
    return say(" is too long: ", *most);
  return {};
}

std::string choices_of(const Value& list) {
  std::string result;
  for (const auto& each : list.GetArray())
    if (each.IsString())
      result += (result.empty() ? "" : ", ") + std::string{text_of(each)};
  return result;
}

/// What is wrong with a value that is known to be wrong by itself; "" when it
/// is something that this cannot name.
std::string own_problem(const Value& schema, const Value& value) {
  if (!has_type(value, text_in(schema, "type")))
    return "Expected " + in_words(schema) + ".";
  if (const auto* choices = member(schema, "enum"))
    return "Not in enum list: " + choices_of(*choices) + ".";
  if (value.IsNumber())
    return "Expected " + in_words(schema) + ".";
  if (value.IsString())
    return size_problem(schema, "String", characters_of(text_of(value)),
                        "minLength", "maxLength");
  if (value.IsArray())
    return size_problem(schema, "Array", value.Size(), "minItems", "maxItems");
  return {};
}

/// Whoever has made more mistakes sees the first.
constexpr std::size_t max_problems = 50;

/// Walks a value and its schema side by side, and words what valijson found.
class wording {
public:
  wording(const pointers& failed, json_schema::others unnamed,
          std::vector<json_problem>& problems)
      : failed_(failed), unnamed_(unnamed), problems_(problems) {
    // nop
  }

  void visit(const Value& schema, const Value& value, const std::string& path) {
    if (value.IsNull() && is_true(schema, "nullable"))
      return;
    const auto before = problems_.size();
    visit_itself(schema, value, path);
    const auto expected = text_in(schema, expected_key);
    if (expected.empty() || problems_.size() == before)
      return;
    problems_.resize(before);
    note("Expected " + std::string{expected} + ".", path);
  }

private:
  void note(std::string message, const std::string& path) {
    if (problems_.size() < max_problems)
      problems_.push_back({std::move(message), path});
  }

  void visit_itself(const Value& schema, const Value& value,
                    const std::string& path) {
    const auto before = problems_.size();
    if (value.IsObject())
      visit_members(schema, value, path);
    if (value.IsArray())
      visit_items(schema, value, path);
    if (!failed_.contains(path)) {
      visit_text(schema, value, path);
    } else if (auto problem = own_problem(schema, value); !problem.empty()) {
      note(std::move(problem), path);
    } else if (problems_.size() == before) {
      note("This is not what was expected.", path);
    }
  }

  void visit_text(const Value& schema, const Value& value,
                  const std::string& path) {
    if (!value.IsString())
      return;
    const auto problem =
        format_problem(text_in(schema, "format"), text_of(value));
    if (!problem.empty())
      note(std::string{problem}, path);
  }

  void visit_members(const Value& schema, const Value& value,
                     const std::string& path) {
    const auto* known = member(schema, "properties");
    if (known && known->IsObject())
      for (const auto& each : known->GetObject())
        visit_member(schema, each, value, path);
    const auto* others = member(schema, "additionalProperties");
    if (known && !others && unnamed_ == json_schema::others::are_wrong)
      for (const auto& each : value.GetObject())
        if (!member(*known, text_of(each.name)))
          note(not_described, path + "/" + std::string{text_of(each.name)});
    if (!others || !others->IsObject())
      return;
    for (const auto& each : value.GetObject())
      if (!known || !member(*known, text_of(each.name)))
        visit(*others, each.value,
              path + "/" + std::string{text_of(each.name)});
  }

  void visit_member(const Value& schema, const Value::Member& known,
                    const Value& value, const std::string& path) {
    const auto name = text_of(known.name);
    const auto below = path + "/" + std::string{name};
    if (const auto* found = member(value, name))
      return visit(known.value, *found, below);
    const auto* required = member(schema, "required");
    if (required
        && std::ranges::any_of(required->GetArray(), [&](const Value& key) {
             return text_of(key) == name;
           }))
      note("Missing property.", below);
  }

  void visit_items(const Value& schema, const Value& value,
                   const std::string& path) {
    const auto* items = member(schema, "items");
    if (!items)
      return;
    rapidjson::SizeType n = 0;
    for (const auto& each : value.GetArray())
      visit(*items, each, path + "/" + std::to_string(n++));
  }

  const pointers& failed_;
  json_schema::others unnamed_;
  std::vector<json_problem>& problems_;
};

/// valijson's `<root>`, `[name]`, `[3]` as a JSON pointer below `path`.
std::string pointer_of(const std::vector<std::string>& context,
                       const std::string& path) {
  auto result = path;
  for (std::size_t i = 1; i < context.size(); ++i)
    result += "/" + context[i].substr(1, context[i].size() - 2);
  return result;
}

} // namespace

struct json_schema::state {
  Document text; ///< as it was written
  valijson::Schema compiled;
};

json_schema::json_schema(const Value& schema)
    : state_(std::make_unique<state>()) {
  state_->text.CopyFrom(schema, state_->text.GetAllocator());
  Document translated;
  translated.CopyFrom(schema, translated.GetAllocator());
  drop_formats(translated);
  translate(translated, translated.GetAllocator());
  valijson::SchemaParser{}.populateSchema(adapter{translated},
                                          state_->compiled);
}

json_schema::~json_schema() = default;
json_schema::json_schema(json_schema&&) noexcept = default;
json_schema& json_schema::operator=(json_schema&&) noexcept = default;

void json_schema::check(const Value& value, const std::string& path,
                        std::vector<json_problem>& problems,
                        others unnamed) const {
  valijson::ValidationResults results;
  valijson::Validator{}.validate(state_->compiled, adapter{value}, &results);
  pointers failed;
  for (const auto& each : results)
    failed.insert(pointer_of(each.context, path));
  wording{failed, unnamed, problems}.visit(state_->text, value, path);
}

} // namespace convoy::protocol

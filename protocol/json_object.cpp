// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_object.hpp"

#include "protocol/json_document.hpp"

namespace convoy::protocol {

struct json_object::state {
  // Objects inside an object share its document.
  std::shared_ptr<rapidjson::Document> document;
  const rapidjson::Value* value = nullptr;
  std::string path;
  std::vector<json_problem> problems;

  void note(std::string message, std::string where) {
    auto& problem = problems.emplace_back();
    problem.message = std::move(message);
    problem.path = std::move(where);
  }

  std::string at(std::string_view key) const {
    return path + "/" + std::string{key};
  }

  /// The member when it is there, not null, and what `is` says.
  template <class Predicate>
  const rapidjson::Value* expect(std::string_view key, const char* what,
                                 Predicate is) {
    const auto* found = value ? member(*value, key) : nullptr;
    if (!found || found->IsNull())
      return nullptr;
    if (is(*found))
      return found;
    note(std::string{"Expected "} + what + ".", at(key));
    return nullptr;
  }
};

json_object::json_object(std::string_view text, std::string path)
    : state_(std::make_unique<state>()) {
  state_->path = std::move(path);
  state_->document = std::make_shared<rapidjson::Document>();
  auto wrong = parse_bounded(text, *state_->document);
  if (wrong.empty() && !state_->document->IsObject())
    wrong = "Expected an object.";
  if (wrong.empty())
    state_->value = state_->document.get();
  else
    state_->note(std::move(wrong), state_->path.empty() ? "/" : state_->path);
}

json_object::~json_object() = default;
json_object::json_object(json_object&&) noexcept = default;
json_object& json_object::operator=(json_object&&) noexcept = default;

bool json_object::has(std::string_view key) const {
  const auto* found = state_->value ? member(*state_->value, key) : nullptr;
  return found && !found->IsNull();
}

std::vector<std::string> json_object::keys() const {
  std::vector<std::string> result;
  if (state_->value)
    for (const auto& each : state_->value->GetObject())
      result.emplace_back(text_of(each.name));
  return result;
}

std::optional<std::string> json_object::string(std::string_view key) {
  const auto* found =
      state_->expect(key, "a string", [](auto& x) { return x.IsString(); });
  if (!found)
    return std::nullopt;
  return std::string{text_of(*found)};
}

std::string json_object::required_string(std::string_view key) {
  if (state_->value && !has(key))
    refuse(key, "Missing property.");
  return string(key).value_or("");
}

std::optional<bool> json_object::boolean(std::string_view key) {
  const auto* found =
      state_->expect(key, "true or false", [](auto& x) { return x.IsBool(); });
  if (!found)
    return std::nullopt;
  return found->GetBool();
}

std::optional<std::uint64_t> json_object::number(std::string_view key) {
  const auto* found = state_->expect(key, "a whole number",
                                     [](auto& x) { return x.IsUint64(); });
  if (!found)
    return std::nullopt;
  return found->GetUint64();
}

std::optional<std::vector<std::string>>
json_object::strings(std::string_view key) {
  const auto is_strings = [](const rapidjson::Value& x) {
    if (!x.IsArray())
      return false;
    for (const auto& y : x.GetArray())
      if (!y.IsString())
        return false;
    return true;
  };
  const auto* found = state_->expect(key, "an array of strings", is_strings);
  if (!found)
    return std::nullopt;
  std::vector<std::string> result;
  for (const auto& x : found->GetArray())
    result.emplace_back(text_of(x));
  return result;
}

std::vector<json_object> json_object::objects(std::string_view key) {
  return elements(key, false);
}

std::vector<json_object> json_object::named_objects(std::string_view key) {
  return elements(key, true);
}

std::vector<json_object> json_object::elements(std::string_view key,
                                               bool allow_names) {
  std::vector<json_object> result;
  const auto* found = state_->expect(key, "an array of objects",
                                     [](auto& x) { return x.IsArray(); });
  if (!found)
    return result;
  rapidjson::SizeType n = 0;
  for (const auto& x : found->GetArray()) {
    auto path = state_->at(key) + "/" + std::to_string(n++);
    const bool is_name = allow_names && x.IsString();
    if (!is_name && !x.IsObject()) {
      state_->note("Expected an object.", std::move(path));
      continue;
    }
    json_object item{"{}", std::move(path)};
    if (is_name) {
      auto& document = *item.state_->document;
      document.AddMember("name", rapidjson::Value{x, document.GetAllocator()},
                         document.GetAllocator());
    } else {
      item.state_->document = state_->document;
      item.state_->value = &x;
    }
    result.push_back(std::move(item));
  }
  return result;
}

std::optional<json_object> json_object::object(std::string_view key) {
  const auto* found =
      state_->expect(key, "an object", [](auto& x) { return x.IsObject(); });
  if (!found)
    return std::nullopt;
  json_object result{"{}", state_->at(key)};
  result.state_->document = state_->document;
  result.state_->value = found;
  return result;
}

void json_object::refuse(std::string_view key, std::string message) {
  state_->note(std::move(message), state_->at(key));
}

void json_object::adopt(const json_object& other) {
  state_->problems.insert(state_->problems.end(),
                          other.state_->problems.begin(),
                          other.state_->problems.end());
}

const std::vector<json_problem>& json_object::problems() const noexcept {
  return state_->problems;
}

} // namespace convoy::protocol

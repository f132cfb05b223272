// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_parts.hpp"

#include "protocol/json_document.hpp"

#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <stdexcept>

namespace convoy::protocol {

using rapidjson::Document;
using rapidjson::Value;

namespace {

/// Adds the members of `from` to `to`, and those of objects that both have.
void merge(Value& to, const Value& from, Document& root,
           std::string_view where) {
  auto& memory = root.GetAllocator();
  for (const auto& each : from.GetObject()) {
    const auto known = to.FindMember(each.name);
    if (known == to.MemberEnd())
      to.AddMember(Value{each.name, memory}, Value{each.value, memory}, memory);
    else if (known->value.IsObject() && each.value.IsObject())
      merge(known->value, each.value, root, where);
    else
      description_fails(where,
                        std::string{text_of(each.name)} + " is there twice");
  }
}

} // namespace

void description_fails(std::string_view where, std::string_view why) {
  throw std::runtime_error("API description, " + std::string{where} + ": "
                           + std::string{why});
}

void join_parts(const std::vector<api_document>& parts, Document& to) {
  to.SetObject();
  for (const auto& each : parts) {
    Document part;
    if (const auto wrong = parse_bounded(each.json, part); !wrong.empty())
      description_fails(each.name, wrong);
    merge(to, part, to, each.name);
  }
}

Value resolved(const Value& value, Document& root) {
  auto& memory = root.GetAllocator();
  if (value.IsArray()) {
    Value result{rapidjson::kArrayType};
    for (const auto& each : value.GetArray())
      result.PushBack(resolved(each, root), memory);
    return result;
  }
  if (!value.IsObject())
    return Value{value, memory};
  if (const auto ref = text_in(value, "$ref"); !ref.empty()) {
    const auto* named = rapidjson::Pointer{ref.data(), ref.size()}.Get(root);
    if (!named)
      description_fails(ref, "there is no such thing");
    return resolved(*named, root);
  }
  Value result{rapidjson::kObjectType};
  for (const auto& each : value.GetObject())
    result.AddMember(Value{each.name, memory}, resolved(each.value, root),
                     memory);
  return result;
}

const Value* below(const Value& root,
                   std::initializer_list<std::string_view> keys) {
  const auto* at = &root;
  for (const auto key : keys) {
    if (!at || !at->IsObject())
      return nullptr;
    at = member(*at, key);
  }
  return at;
}

std::string_view text_in(const Value& object, std::string_view key) {
  const auto* found = member(object, key);
  return found && found->IsString() ? text_of(*found) : std::string_view{};
}

std::string json_of(const Document& document) {
  rapidjson::StringBuffer text;
  rapidjson::Writer<rapidjson::StringBuffer> writer{text};
  document.Accept(writer);
  return {text.GetString(), text.GetSize()};
}

} // namespace convoy::protocol

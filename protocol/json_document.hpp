// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/frame.hpp"
#include "protocol/text.hpp"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <string>
#include <string_view>

// Private to the codec (*_json.cpp and json*.cpp): the one way untrusted JSON
// is parsed.
namespace convoy::protocol {

/// Passes a JSON text on, event by event, to whatever takes RapidJSON's events.
template <class To>
class json_relay {
public:
  explicit json_relay(To& to) : to_(to) {
    // nop
  }
  bool Null() {
    return to_.Null();
  }
  bool Bool(bool x) {
    return to_.Bool(x);
  }
  bool Int(int x) {
    return to_.Int(x);
  }
  bool Uint(unsigned x) {
    return to_.Uint(x);
  }
  bool Int64(std::int64_t x) {
    return to_.Int64(x);
  }
  bool Uint64(std::uint64_t x) {
    return to_.Uint64(x);
  }
  bool Double(double x) {
    return to_.Double(x);
  }
  bool RawNumber(const char* x, rapidjson::SizeType n, bool copy) {
    return to_.RawNumber(x, n, copy);
  }
  bool String(const char* x, rapidjson::SizeType n, bool copy) {
    return to_.String(x, n, copy);
  }
  bool Key(const char* x, rapidjson::SizeType n, bool copy) {
    return to_.Key(x, n, copy);
  }

protected:
  To& to_;
  std::size_t depth_ = 0; ///< for derived classes, which see the brackets
};

/// Lets nothing pass that is nested too deep, for what is parsed without
/// recursion is later walked with it; nor half of a surrogate pair (`\udc00`),
/// which RapidJSON makes bytes of that are not UTF-8.
class json_guard : public json_relay<rapidjson::Document> {
public:
  using json_relay::json_relay;

  /// Why it let nothing more pass.
  std::string problem() const {
    if (half_)
      return "Invalid JSON: half of a surrogate pair.";
    return "Invalid JSON: nested deeper than " + std::to_string(max_json_depth)
           + " levels.";
  }

  bool String(const char* x, rapidjson::SizeType n, bool copy) {
    return is_text({x, n}) && to_.String(x, n, copy);
  }
  bool Key(const char* x, rapidjson::SizeType n, bool copy) {
    return is_text({x, n}) && to_.Key(x, n, copy);
  }

  bool StartObject() {
    return ++depth_ <= max_json_depth && to_.StartObject();
  }
  bool EndObject(rapidjson::SizeType n) {
    --depth_;
    return to_.EndObject(n);
  }
  bool StartArray() {
    return ++depth_ <= max_json_depth && to_.StartArray();
  }
  bool EndArray(rapidjson::SizeType n) {
    --depth_;
    return to_.EndArray(n);
  }

private:
  bool is_text(std::string_view text) {
    half_ = !is_utf8(text);
    return !half_;
  }

  bool half_ = false;
};

/// Parses `text` into `document`. Returns what is wrong with it, or "".
inline std::string parse_bounded(std::string_view text,
                                 rapidjson::Document& document) {
  rapidjson::Reader reader;
  rapidjson::ParseResult verdict;
  std::string stopped;
  auto generate = [&](rapidjson::Document& to) {
    rapidjson::MemoryStream bytes{text.data(), text.size()};
    json_guard guard{to};
    // Without full precision: RapidJSON's way there shifts a zero by its own
    // width (`0E100`), and exact up to 15 digits is enough for an id.
    verdict =
        reader.Parse<rapidjson::kParseIterativeFlag
                     | rapidjson::kParseValidateEncodingFlag>(bytes, guard);
    if (verdict.Code() == rapidjson::kParseErrorTermination)
      stopped = guard.problem();
    return !verdict.IsError();
  };
  document.Populate(generate);
  if (!verdict.IsError())
    return {};
  if (verdict.Code() == rapidjson::kParseErrorTermination)
    return stopped;
  return "Invalid JSON at byte " + std::to_string(verdict.Offset()) + ": "
         + rapidjson::GetParseError_En(verdict.Code());
}

inline std::string_view text_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

/// The member `key`, or null where it is missing.
inline const rapidjson::Value* member(const rapidjson::Value& object,
                                      std::string_view key) {
  const auto i = object.FindMember(rapidjson::Value{rapidjson::StringRef(
      key.data(), static_cast<rapidjson::SizeType>(key.size()))});
  return i == object.MemberEnd() ? nullptr : &i->value;
}

} // namespace convoy::protocol

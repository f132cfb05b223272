// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"

#include <rapidjson/document.h>

#include <algorithm>
#include <charconv>

namespace convoy::scenarios {

namespace {

void append_utf8(std::string& out, std::uint32_t point) {
  auto put = [&out](std::uint32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

class reader {
public:
  reader(std::string_view text, bool pattern)
      : text_(text), pattern_(pattern) {}

  json read() {
    auto result = value();
    space();
    if (at_ != text_.size())
      fail("nothing more");
    return result;
  }

private:
  [[noreturn]] void fail(const char* expected) const {
    throw json_error("expected " + std::string(expected) + " at byte "
                     + std::to_string(at_) + " of " + std::string(text_));
  }

  void space() {
    while (at_ < text_.size()
           && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n'
               || text_[at_] == '\r'))
      ++at_;
  }

  bool take(std::string_view token) {
    if (text_.substr(at_, token.size()) != token)
      return false;
    at_ += token.size();
    return true;
  }

  json value() {
    space();
    json result;
    if (take("{")) {
      object(result);
    } else if (take("[")) {
      array(result);
    } else if (text_.substr(at_, 1) == "\"") {
      result.what = json::kind::string;
      result.text = string();
    } else if (take("null")) {
      result.what = json::kind::null;
    } else if (take("true")) {
      result.what = json::kind::boolean;
      result.truth = true;
    } else if (take("false")) {
      result.what = json::kind::boolean;
    } else if (!pattern_ || !pattern_value(result)) {
      number(result);
    }
    return result;
  }

  bool pattern_value(json& out) {
    if (take("...")) {
      out.what = json::kind::rest;
    } else if (take("*")) {
      out.what = json::kind::any;
    } else if (take("~/")) {
      auto end = text_.find("/~", at_);
      if (end == std::string_view::npos)
        fail("/~");
      out.what = json::kind::regex;
      out.text = text_.substr(at_, end - at_);
      at_ = end + 2;
    } else if (take("$")) {
      variable(out);
    } else {
      return false;
    }
    return true;
  }

  void variable(json& out) {
    auto end =
        text_.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.", at_);
    end = std::min(end, text_.size());
    out.what = json::kind::variable;
    out.text = text_.substr(at_, end - at_);
    at_ = end;
    if (out.text.empty())
      fail("a name");
    auto sign = text_.substr(at_, 1);
    if (sign == "+" || sign == "-") {
      ++at_;
      auto first = text_.data() + at_;
      auto [stop, error] =
          std::from_chars(first, text_.data() + text_.size(), out.offset);
      if (error != std::errc{})
        fail("a number");
      at_ += static_cast<std::size_t>(stop - first);
      if (sign == "-")
        out.offset = -out.offset;
    }
  }

  void object(json& out) {
    out.what = json::kind::object;
    space();
    if (take("}"))
      return;
    do {
      space();
      if (pattern_ && take("...")) {
        out.keys.emplace_back();
        out.items.emplace_back().what = json::kind::rest;
      } else {
        if (text_.substr(at_, 1) != "\"")
          fail("a member's name");
        auto key = string();
        if (std::find(out.keys.begin(), out.keys.end(), key) != out.keys.end())
          fail("each member once");
        space();
        if (!take(":"))
          fail("a colon");
        auto item = value();
        out.keys.push_back(std::move(key));
        out.items.push_back(std::move(item));
      }
      space();
    } while (take(","));
    if (!take("}"))
      fail("a comma or }");
  }

  void array(json& out) {
    out.what = json::kind::array;
    space();
    if (take("]"))
      return;
    do {
      out.items.push_back(value());
      space();
    } while (take(","));
    if (!take("]"))
      fail("a comma or ]");
  }

  void number(json& out) {
    auto end = text_.find_first_not_of("+-.0123456789eE", at_);
    end = std::min(end, text_.size());
    out.what = json::kind::number;
    out.text = text_.substr(at_, end - at_);
    if (out.text.empty())
      fail("a value");
    at_ = end;
  }

  std::uint32_t hex4() {
    std::uint32_t result = 0;
    auto digits = text_.substr(at_, 4);
    auto [stop, error] = std::from_chars(
        digits.data(), digits.data() + digits.size(), result, 16);
    if (error != std::errc{} || stop != digits.data() + 4)
      fail("four hex digits");
    at_ += 4;
    return result;
  }

  std::string string() {
    std::string result;
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] != '\\') {
        result += text_[at_++];
        continue;
      }
      ++at_;
      static constexpr std::string_view names = "\"\\/bfnrt";
      static constexpr std::string_view bytes = "\"\\/\b\f\n\r\t";
      auto escape = text_.substr(at_, 1);
      auto known = escape.empty() ? names.npos : names.find(escape);
      ++at_;
      if (known != names.npos) {
        result += bytes[known];
      } else if (escape == "u") {
        auto point = hex4();
        if (point >= 0xD800 && point < 0xDC00 && take("\\u"))
          point = 0x10000 + ((point - 0xD800) << 10) + (hex4() - 0xDC00);
        append_utf8(result, point);
      } else {
        fail("an escape");
      }
    }
    if (!take("\""))
      fail("a closing quote");
    return result;
  }

  std::string_view text_;
  bool pattern_;
  std::size_t at_ = 0;
};

} // namespace

json parse_json(std::string_view text) {
  // RapidJSON judges the grammar and the UTF-8; ours keeps numbers as written.
  rapidjson::Document judge;
  judge.Parse<rapidjson::kParseIterativeFlag
              | rapidjson::kParseValidateEncodingFlag>(text.data(),
                                                       text.size());
  if (judge.HasParseError())
    throw json_error("not JSON at byte "
                     + std::to_string(judge.GetErrorOffset()) + ": "
                     + std::string(text.substr(0, 2000)));
  return reader(text, false).read();
}

json parse_json_pattern(std::string_view text) {
  return reader(text, true).read();
}

const json* member(const json& object, std::string_view key) {
  auto found = std::find(object.keys.begin(), object.keys.end(), key);
  if (found == object.keys.end())
    return nullptr;
  return &object.items[static_cast<std::size_t>(found - object.keys.begin())];
}

} // namespace convoy::scenarios

// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"

namespace convoy::scenarios {

namespace {

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      static constexpr char digits[] = "0123456789abcdef";
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append(std::string& out, const json& value) {
  switch (value.what) {
  case json::kind::null:
    out += "null";
    break;
  case json::kind::boolean:
    out += value.truth ? "true" : "false";
    break;
  case json::kind::number:
    out += value.text;
    break;
  case json::kind::string:
    append_quoted(out, value.text);
    break;
  case json::kind::any:
    out += '*';
    break;
  case json::kind::rest:
    out += "...";
    break;
  case json::kind::regex:
    out += "~/" + value.text + "/~";
    break;
  case json::kind::variable:
    out += '$' + value.text;
    if (value.offset != 0)
      out += (value.offset > 0 ? "+" : "") + std::to_string(value.offset);
    break;
  case json::kind::array:
  case json::kind::object: {
    bool object = value.what == json::kind::object;
    out += object ? '{' : '[';
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (i > 0)
        out += ',';
      if (object && value.items[i].what != json::kind::rest) {
        append_quoted(out, value.keys[i]);
        out += ':';
      }
      append(out, value.items[i]);
    }
    out += object ? '}' : ']';
    break;
  }
  }
}

} // namespace

std::string to_text(const json& value) {
  std::string result;
  append(result, value);
  return result;
}

} // namespace convoy::scenarios

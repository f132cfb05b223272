// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_message.hpp"
#include "protocol/text.hpp"
#include "tests/fuzz/require.hpp"

#include <cstddef>
#include <cstdint>

using convoy::fuzz::require;
using namespace convoy::protocol;

namespace {

bool same(const irc_message& a, const irc_message& b) {
  return a.tags == b.tags && a.source == b.source && a.command == b.command
         && a.params == b.params;
}

bool is_text(const irc_message& what) {
  bool result = is_utf8(what.source) && is_utf8(what.command);
  for (const auto& [key, value] : what.tags)
    result = result && is_utf8(key) && is_utf8(value);
  for (const auto& each : what.params)
    result = result && is_utf8(each);
  return result;
}

} // namespace

// What was parsed is text, and when it can be written at all it is parsed as
// the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto parsed = parse_irc_line(line);
  if (!parsed)
    return 0;
  require(is_text(*parsed), "a parsed line is UTF-8", line);
  split_source(parsed->source);
  const auto written = format_irc_line(*parsed);
  if (!written)
    return 0;
  require(written->find_first_of(std::string_view("\r\n\0", 3))
              == std::string::npos,
          "a written line is one line", *written);
  const auto again = parse_irc_line(*written);
  require(again && same(*again, *parsed), "written and parsed is the same",
          *written);
  return 0;
}

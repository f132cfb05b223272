// SPDX-License-Identifier: Apache-2.0
#include "protocol/connection_url.hpp"

#include "protocol/text.hpp"
#include "tests/fuzz/require.hpp"

#include <cstddef>
#include <cstdint>

using convoy::fuzz::require;
using namespace convoy::protocol;

namespace {

bool is_clean(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      return false;
  return is_utf8(text);
}

} // namespace

// What was parsed is written as a URL that says the same but for its secrets,
// and writing that one changes nothing more.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = parse_connection_url(text);
  if (const auto* problem = std::get_if<url_error>(&parsed)) {
    require(!problem->message.empty(), "an error says something", text);
    return 0;
  }
  const auto& url = std::get<connection_url>(parsed);
  require(is_clean(url.host) && is_clean(url.user) && is_clean(url.channel)
              && is_clean(url.password) && is_clean(url.channel_key),
          "the parts are text without control characters", text);
  require(url.connection_id().size() > 4, "the id has a name", text);
  url.display_name();
  require(url.dial_port() != 0, "there is a port to dial", text);
  const auto written = url.to_string();
  const auto again_parsed = parse_connection_url(written);
  // Escapes may take it over the limit of a URL.
  if (written.size() > 4096)
    return 0;
  const auto* again = std::get_if<connection_url>(&again_parsed);
  require(again != nullptr, "what was written can be parsed", written);
  require(again->scheme == url.scheme && again->host == url.host
              && again->port == url.port && again->user == url.user
              && again->channel == url.channel && again->params == url.params,
          "written and parsed is the same", written);
  require(again->to_string() == written, "writing is stable", written);
  require(again->connection_id() == url.connection_id(), "so is the id",
          written);
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_memory.hpp"

#include "protocol/json.hpp"
#include "protocol/json_object.hpp"

#include <utility>

namespace convoy::protocol {

namespace {

std::vector<std::string> read_list(json_object& from, std::string_view key) {
  auto result = from.strings(key).value_or(std::vector<std::string>{});
  if (result.size() > irc_memory::limit)
    result.resize(irc_memory::limit);
  return result;
}

} // namespace

std::string encode_memory(const irc_memory& memory) {
  json_writer out;
  out.begin_object();
  if (!memory.ignores.empty())
    out.field("ignores", memory.ignores);
  if (!memory.monitored.empty())
    out.field("monitored", memory.monitored);
  if (!memory.away.empty())
    out.field("away", memory.away);
  if (memory.flood_interval)
    out.field("flood_interval",
              static_cast<std::uint64_t>(memory.flood_interval->count()));
  if (memory.last_seen != timestamp{})
    out.field("last_seen", to_iso(memory.last_seen));
  out.end_object();
  return out.take();
}

irc_memory decode_memory(std::string_view json) {
  irc_memory result;
  if (json.empty())
    return result;
  json_object from(json);
  result.ignores = read_list(from, "ignores");
  result.monitored = read_list(from, "monitored");
  result.away = from.string("away").value_or("");
  // More than a day would be no interval but a mistake.
  constexpr std::uint64_t longest = 86'400'000;
  if (const auto interval = from.number("flood_interval");
      interval && *interval <= longest)
    result.flood_interval = std::chrono::milliseconds(*interval);
  if (const auto seen = from.string("last_seen"))
    parse_time(*seen, result.last_seen);
  return result;
}

} // namespace convoy::protocol

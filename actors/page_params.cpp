// SPDX-License-Identifier: Apache-2.0
#include "actors/page_params.hpp"

#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

constexpr std::size_t max_limit = 200;

} // namespace

std::optional<protocol::timestamp> page_params::time(std::string_view key) {
  const auto given = text(key);
  if (given.empty())
    return std::nullopt;
  protocol::timestamp result;
  if (protocol::parse_time(given, result))
    return result;
  refuse(key, "Expected a time such as 2026-11-22T07:01:18Z.");
  return std::nullopt;
}

std::optional<protocol::event_seq> page_params::number(std::string_view key) {
  const auto given = text(key);
  if (given.empty())
    return std::nullopt;
  const auto result = protocol::whole_number(given);
  if (!result)
    refuse(key, "Expected the number of an event.");
  return result;
}

std::size_t page_params::limit(std::size_t fallback) {
  const auto given = text("limit");
  if (given.empty())
    return fallback;
  const auto result = protocol::whole_number(given);
  if (!result || *result == 0)
    refuse("limit", "Expected a number from 1 to 200.");
  return std::min(result.value_or(0), std::uint64_t{max_limit});
}

std::string page_params::text(std::string_view key) const {
  return std::string{request_.param(key).value_or("")};
}

void page_params::refuse(std::string_view key, std::string_view message) {
  problems_.push_back({std::string{message}, "/" + std::string{key}});
}

} // namespace convoy::actors

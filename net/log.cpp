// SPDX-License-Identifier: Apache-2.0
#include "net/log.hpp"

#include "net/clock.hpp"
#include "protocol/json.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

namespace convoy::net::log {

namespace {

constexpr std::array<std::string_view, 4> level_names{"debug", "info",
                                                      "warning", "error"};
constexpr std::array<std::string_view, 2> format_names{"logfmt", "json"};

template <class Enum, std::size_t N>
std::optional<Enum> find_name(const std::array<std::string_view, N>& names,
                              std::string_view name) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == name)
      return static_cast<Enum>(i);
  return std::nullopt;
}

spdlog::level::level_enum to_spdlog(level severity) {
  switch (severity) {
  case level::debug:
    return spdlog::level::debug;
  case level::info:
    return spdlog::level::info;
  case level::warning:
    return spdlog::level::warn;
  case level::error:
    return spdlog::level::err;
  }
  return spdlog::level::off;
}

struct sink {
  sink() : logger("convoy", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    logger.set_pattern("%v");
    logger.set_level(spdlog::level::info);
  }

  spdlog::logger logger;
  std::atomic<format> shape{format::logfmt};
  std::string node;
  clock_source clock = system_clock_source();
};

sink& the_sink() {
  static sink instance;
  return instance;
}

void write(level severity, std::string_view event,
           std::initializer_list<field> fields) {
  auto& to = the_sink();
  if (!to.logger.should_log(to_spdlog(severity)))
    return;
  std::vector<field> all{fields};
  if (!to.node.empty())
    all.push_back({"node", to.node});
  to.logger.log(to_spdlog(severity),
                spdlog::string_view_t{format_line(to.shape, severity, event,
                                                  all, to.clock().wall)});
}

std::string to_rfc3339(protocol::timestamp time) {
  using namespace std::chrono;
  auto ms = floor<milliseconds>(time);
  auto day = floor<days>(ms);
  year_month_day date{day};
  hh_mm_ss clock{ms - day};
  std::array<char, 40> out{};
  auto size = std::snprintf(
      out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()),
      static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()),
      static_cast<int>(clock.subseconds().count()));
  return {out.data(), static_cast<std::size_t>(size)};
}

bool needs_quotes(std::string_view value) {
  for (char c : value)
    if (static_cast<unsigned char>(c) <= ' ' || c == '=' || c == '"'
        || c == '\\' || c == 0x7f)
      return true;
  return value.empty();
}

void append_logfmt(std::string& line, std::string_view key,
                   std::string_view value) {
  if (!line.empty())
    line += ' ';
  line.append(key).push_back('=');
  if (!needs_quotes(value)) {
    line.append(value);
    return;
  }
  constexpr std::string_view hex = "0123456789abcdef";
  line += '"';
  for (char c : value) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      line.append({'\\', c});
    else if (c == '\n')
      line += "\\n";
    else if (c == '\r')
      line += "\\r";
    else if (c == '\t')
      line += "\\t";
    else if (byte < ' ' || byte == 0x7f)
      line.append("\\u00").append({hex[byte >> 4], hex[byte & 15]});
    else
      line += c;
  }
  line += '"';
}

} // namespace

std::optional<level> parse_level(std::string_view name) {
  return find_name<level>(level_names, name);
}

std::optional<format> parse_format(std::string_view name) {
  return find_name<format>(format_names, name);
}

void configure(level threshold, format shape) {
  the_sink().logger.set_level(to_spdlog(threshold));
  the_sink().shape = shape;
}

void identify(std::string node) {
  the_sink().node = std::move(node);
}

void debug(std::string_view event, std::initializer_list<field> fields) {
  write(level::debug, event, fields);
}

void info(std::string_view event, std::initializer_list<field> fields) {
  write(level::info, event, fields);
}

void warning(std::string_view event, std::initializer_list<field> fields) {
  write(level::warning, event, fields);
}

void error(std::string_view event, std::initializer_list<field> fields) {
  write(level::error, event, fields);
}

std::string format_line(format shape, level severity, std::string_view event,
                        std::span<const field> fields,
                        protocol::timestamp time) {
  auto name = level_names[static_cast<std::size_t>(severity)];
  if (shape == format::json) {
    protocol::json_writer json;
    json.begin_object().field("ts", to_rfc3339(time));
    json.field("level", name).field("event", event);
    for (const auto& each : fields)
      json.field(each.key, each.value);
    return json.end_object().take();
  }
  std::string line;
  append_logfmt(line, "ts", to_rfc3339(time));
  append_logfmt(line, "level", name);
  append_logfmt(line, "event", event);
  for (const auto& each : fields)
    append_logfmt(line, each.key, each.value);
  return line;
}

} // namespace convoy::net::log

// SPDX-License-Identifier: Apache-2.0
#include "net/log.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace convoy;
namespace log = net::log;

namespace {

const protocol::timestamp when{
    std::chrono::microseconds{1'795'330'878'042'999}};

std::string logfmt(std::vector<log::field> fields) {
  return log::format_line(log::format::logfmt, log::level::info, "e", fields,
                          when);
}

} // namespace

TEST_CASE("a logfmt line opens with time, level and event") {
  CHECK(log::format_line(log::format::logfmt, log::level::warning,
                         "irc-connected",
                         std::vector<log::field>{{"user", "3"}}, when)
        == "ts=2026-11-22T07:01:18.042Z level=warning event=irc-connected "
           "user=3");
}

TEST_CASE("logfmt quotes what would break the line apart") {
  const std::string head = "ts=2026-11-22T07:01:18.042Z level=info event=e ";
  CHECK(logfmt({{"a", ""}}) == head + "a=\"\"");
  CHECK(logfmt({{"a", "x y"}}) == head + "a=\"x y\"");
  CHECK(logfmt({{"a", "x=y"}}) == head + "a=\"x=y\"");
  CHECK(logfmt({{"a", "\"\\"}}) == head + "a=\"\\\"\\\\\"");
  CHECK(logfmt({{"a", "1\r\n2\t\x1b"}}) == head + "a=\"1\\r\\n2\\t\\u001b\"");
  CHECK(logfmt({{"a", "h\xc3\xa9"}, {"b", "1"}}) == head + "a=h\xc3\xa9 b=1");
}

TEST_CASE("a JSON line is one JSON object") {
  CHECK(log::format_line(log::format::json, log::level::error, "x",
                         std::vector<log::field>{{"text", "a\n\"b\""}}, when)
        == R"({"ts":"2026-11-22T07:01:18.042Z","level":"error","event":"x",)"
           R"("text":"a\n\"b\""})");
}

TEST_CASE("levels and formats have names") {
  CHECK(log::parse_level("debug") == log::level::debug);
  CHECK(log::parse_level("error") == log::level::error);
  CHECK_FALSE(log::parse_level("loud"));
  CHECK(log::parse_format("json") == log::format::json);
  CHECK_FALSE(log::parse_format("xml"));
}

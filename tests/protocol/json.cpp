// SPDX-License-Identifier: Apache-2.0
#include "protocol/json.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono;

namespace {

timestamp at(std::int64_t micros) {
  return timestamp{microseconds{micros}};
}

timestamp parsed(std::string_view text) {
  timestamp result{};
  CHECK_MESSAGE(parse_time(text, result), text);
  return result;
}

bool is_refused(std::string_view text) {
  timestamp ignored{};
  return !parse_time(text, ignored);
}

} // namespace

TEST_CASE("a writer nests and escapes") {
  json_writer out;
  out.begin_object()
      .field("a", "x\"\n\x01")
      .field("b", true)
      .field("c", std::uint64_t{18446744073709551615u})
      .field("d", 0.5)
      .field("e", std::vector<std::string>{"1", "2"})
      .key("f")
      .begin_array()
      .null()
      .number(std::int64_t{-3})
      .raw("{\"g\":[]}")
      .end_array()
      .end_object();
  CHECK(out.take()
        == "{\"a\":\"x\\\"\\n\\u0001\",\"b\":true,\"c\":18446744073709551615,"
           "\"d\":0.5,\"e\":[\"1\",\"2\"],\"f\":[null,-3,{\"g\":[]}]}");
}

TEST_CASE("a writer is empty after its text was taken") {
  json_writer out;
  out.begin_array().end_array();
  CHECK(out.take() == "[]");
  out.begin_object().end_object();
  CHECK(out.take() == "{}");
}

TEST_CASE("bytes that are not UTF-8 are read as Windows-1252") {
  json_writer out;
  out.string("caf\xe9 \x80");
  CHECK(out.take() == "\"caf\xc3\xa9 \xe2\x82\xac\"");
}

TEST_CASE("members of an encoded object go into the one that is open") {
  json_writer out;
  out.begin_object()
      .field("a", true)
      .members(R"({"b":{"c":[1,{"d":null}]},"e":1.50,"f":"\u00e9","g":[]})")
      .members("")
      .members("{}")
      .field("h", false)
      .end_object();
  CHECK(out.take()
        == "{\"a\":true,\"b\":{\"c\":[1,{\"d\":null}]},\"e\":1.50,"
           "\"f\":\"\xc3\xa9\",\"g\":[],\"h\":false}");
}

TEST_CASE("times are epoch seconds with a fraction, or ISO 8601") {
  json_writer out;
  out.begin_array()
      .time(at(1'593'647'381'729'490), ts_format::epoch)
      .time(at(1'593'647'381'000'000), ts_format::epoch)
      .time(at(1'593'647'381'729'490), ts_format::iso)
      .end_array();
  CHECK(out.take()
        == "[1593647381.72949,1593647381.0,\"2020-07-01T23:49:41.72949Z\"]");
}

TEST_CASE("an ISO time has no trailing zeros and no empty fraction") {
  CHECK(to_iso(at(0)) == "1970-01-01T00:00:00Z");
  CHECK(to_iso(at(1)) == "1970-01-01T00:00:00.000001Z");
  CHECK(to_iso(at(500'000)) == "1970-01-01T00:00:00.5Z");
  CHECK(to_iso(at(951'782'399'999'999)) == "2000-02-28T23:59:59.999999Z");
  CHECK(to_iso(at(951'782'400'100'000), false) == "2000-02-29T00:00:00Z");
}

TEST_CASE("times are read with and without fraction and zone") {
  CHECK(parsed("2020-07-01T23:49:41.72949Z") == at(1'593'647'381'729'490));
  CHECK(parsed("2020-07-01T23:49:41Z") == at(1'593'647'381'000'000));
  CHECK(parsed("2020-07-01T23:49:41") == at(1'593'647'381'000'000));
  CHECK(parsed("2020-07-01T23:49:41.123456789Z") == at(1'593'647'381'123'456));
  CHECK(parsed("1593647381.72949") == at(1'593'647'381'729'490));
  CHECK(parsed("0") == at(0));
}

TEST_CASE("what is no time is refused") {
  for (const auto* text :
       {"", "yesterday", "2020-07-01", "2020-13-01T00:00:00Z",
        "2020-02-30T00:00:00Z", "2020-07-01T24:00:00Z", "2020-07-01T23:49:41.Z",
        "2020-07-01T23:49:41+01:00", "2020-07-01T23:49:41ZZ", "-1", "1e9",
        "9999999999999"})
    CHECK_MESSAGE(is_refused(text), text);
}

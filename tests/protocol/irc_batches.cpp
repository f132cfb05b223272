// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_batches.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy::protocol;

namespace {

irc_message parse(const std::string& line) {
  const auto result = parse_irc_line(line);
  REQUIRE_MESSAGE(result, line);
  return *result;
}

} // namespace

TEST_CASE("a batch is known from its opening to its end") {
  irc_batches it;
  const auto* opened = it.open(parse("@label=7 BATCH +a netsplit x.net y.net"));
  REQUIRE(opened != nullptr);
  CHECK(opened->reference == "a");
  CHECK(opened->type == "netsplit");
  CHECK(opened->params == std::vector<std::string>{"x.net", "y.net"});
  CHECK(opened->label == "7");
  CHECK(opened->parent == "");
  CHECK_FALSE(opened->playback);
  CHECK_FALSE(opened->collects);
  const auto inside = parse("@batch=a :bob!b@h QUIT :x.net y.net");
  CHECK(it.find(inside) == opened);
  CHECK(it.find(parse("@batch=b QUIT")) == nullptr);
  CHECK(it.find(parse("QUIT")) == nullptr);
  const auto closed = it.close(parse("BATCH -a"));
  REQUIRE(closed);
  CHECK(closed->type == "netsplit");
  CHECK(it.find(inside) == nullptr);
  CHECK_FALSE(it.close(parse("BATCH -a")));
}

TEST_CASE("lines that open or close no batch") {
  irc_batches it;
  for (const auto* line : {"BATCH", "BATCH a netsplit", "BATCH + netsplit",
                           "BATCH +a", "BATCH -a"}) {
    CAPTURE(line);
    CHECK(it.open(parse(line)) == nullptr);
    CHECK_FALSE(it.close(parse(line)));
  }
  REQUIRE(it.open(parse("BATCH +a netsplit")) != nullptr);
  CHECK(it.open(parse("BATCH +a netjoin")) == nullptr);
  CHECK(it.find(parse("@batch=a QUIT"))->type == "netsplit");
}

TEST_CASE("a batch in another has its label and is history like it") {
  irc_batches it;
  it.open(parse("@label=7 BATCH +out labeled-response"));
  it.open(parse("@batch=out BATCH +mid chathistory #a"));
  const auto* in = it.open(parse("@batch=mid BATCH +in draft/multiline #a"));
  REQUIRE(in != nullptr);
  CHECK(in->label == "7");
  CHECK(in->playback);
  CHECK(in->collects);
  CHECK(in->parent == "mid");
  CHECK(in->depth == 3);
  CHECK(it.close(parse("BATCH -out")));
  CHECK(it.find(parse("@batch=in PRIVMSG #a :x")) == in);
}

TEST_CASE("history batches by their type") {
  for (const auto* type :
       {"chathistory", "draft/chathistory", "znc.in/playback"})
    CHECK(is_playback(type));
  for (const auto* type : {"", "netsplit", "draft/multiline", "chathistory2"})
    CHECK_FALSE(is_playback(type));
}

TEST_CASE("a multi-line message is put together") {
  irc_batches it;
  const auto* batch = it.open(parse("@msgid=m;time=2026-01-01T00:00:00.000Z "
                                    ":bob!b@h BATCH +a draft/multiline #a"));
  REQUIRE(batch != nullptr);
  CHECK_FALSE(join_lines(*batch));
  CHECK(it.keep(*batch, parse("@batch=a :bob!b@h PRIVMSG #a :one")));
  CHECK(it.keep(*batch, parse("@batch=a :bob!b@h PRIVMSG #a :two ")));
  CHECK(it.keep(*batch, parse("@batch=a;draft/multiline-concat :bob!b@h "
                              "PRIVMSG #a :and more")));
  CHECK(it.keep(*batch, parse("@batch=a :bob!b@h PRIVMSG #a :")));
  const auto whole = it.take(*batch);
  REQUIRE(whole);
  CHECK(whole->last() == "one\ntwo and more\n");
  CHECK(whole->command == "PRIVMSG");
  CHECK(whole->param(0) == "#a");
  CHECK(whole->source == "bob!b@h");
  CHECK(whole->tag("msgid") == "m");
  CHECK_FALSE(whole->tag("batch"));
  CHECK_FALSE(batch->collects);
  CHECK_FALSE(it.take(*batch));
}

TEST_CASE("what batches hold is bounded") {
  irc_batches it;
  SUBCASE("in number") {
    for (std::size_t i = 0; i < irc_batches::max_open; ++i)
      CHECK(it.open(parse("BATCH +" + std::to_string(i) + " netsplit"))
            != nullptr);
    CHECK(it.open(parse("BATCH +more netsplit")) == nullptr);
    CHECK(it.close(parse("BATCH -0")));
    CHECK(it.open(parse("BATCH +more netsplit")) != nullptr);
    it.clear();
    CHECK_FALSE(it.close(parse("BATCH -more")));
  }
  SUBCASE("in depth") {
    CHECK(it.open(parse("BATCH +0 netsplit")) != nullptr);
    for (std::size_t i = 1; i < irc_batches::max_depth; ++i)
      CHECK(it.open(parse("@batch=" + std::to_string(i - 1) + " BATCH +"
                          + std::to_string(i) + " netsplit"))
            != nullptr);
    CHECK(it.open(parse("@batch=" + std::to_string(irc_batches::max_depth - 1)
                        + " BATCH +more netsplit"))
          == nullptr);
  }
  SUBCASE("in lines") {
    const auto* batch = it.open(parse("BATCH +a draft/multiline #a"));
    const auto line = parse("@batch=a :bob!b@h PRIVMSG #a :x");
    for (std::size_t i = 0; i < irc_batches::max_kept; ++i)
      CHECK(it.keep(*batch, line));
    CHECK_FALSE(it.keep(*batch, line));
  }
  SUBCASE("in bytes, of each and of all together") {
    const auto line = parse(":bob!b@h PRIVMSG #a :" + std::string(3968, 'x'));
    constexpr auto each = irc_batches::max_batch_bytes / 4096;
    constexpr auto all = irc_batches::max_bytes / irc_batches::max_batch_bytes;
    const irc_batch* full = nullptr;
    for (std::size_t i = 0; i < all; ++i) {
      full =
          it.open(parse("BATCH +" + std::to_string(i) + " draft/multiline #a"));
      for (std::size_t j = 0; j < each; ++j)
        CHECK(it.keep(*full, line));
      CHECK_FALSE(it.keep(*full, line));
    }
    const auto* last = it.open(parse("BATCH +x draft/multiline #a"));
    CHECK_FALSE(it.keep(*last, line));
    CHECK(it.take(*full)->last().size() == each * 3969 - 1);
    CHECK(it.keep(*last, line));
    for (std::size_t j = 1; j < each; ++j)
      it.keep(*last, line);
    it.close(parse("BATCH -x"));
    CHECK(it.keep(*it.open(parse("BATCH +y draft/multiline #a")), line));
  }
}

// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_capabilities.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace convoy::protocol;

using lists = std::vector<std::string>;

TEST_CASE("what is offered and of use is asked for") {
  irc_capabilities it;
  CHECK(it.request() == lists{});
  it.offer("batch unknown/thing server-time  sts=port=6697,duration=1");
  CHECK(it.request() == lists{"batch server-time"});
  CHECK(it.waiting());
  CHECK_FALSE(it.has("batch"));
  CHECK(it.request() == lists{});
  it.acknowledge("batch");
  CHECK(it.waiting());
  it.acknowledge("server-time unknown/thing message-tags");
  CHECK_FALSE(it.waiting());
  CHECK(it.has("batch"));
  CHECK(it.has("server-time"));
  CHECK_FALSE(it.has("unknown/thing"));
  CHECK_FALSE(it.has("message-tags"));
  CHECK(it.request() == lists{});
}

TEST_CASE("values") {
  irc_capabilities it;
  it.offer("sasl=PLAIN,EXTERNAL batch a= =b");
  CHECK(it.value("sasl") == "PLAIN,EXTERNAL");
  CHECK(it.value("batch") == "");
  CHECK(it.value("a") == "");
  CHECK_FALSE(it.value("b"));
  CHECK(it.offered().size() == 3);
  it.offer("sasl=PLAIN");
  CHECK(it.value("sasl") == "PLAIN");
}

TEST_CASE("sasl is asked for when it is wanted") {
  irc_capabilities it;
  it.offer("sasl");
  CHECK(it.request() == lists{});
  it.want("sasl", true);
  CHECK(it.request() == lists{"sasl"});
  it.clear();
  it.offer("sasl batch");
  CHECK(it.request() == lists{"batch sasl"});
  it.want("batch", false);
  it.clear();
  it.offer("sasl batch");
  CHECK(it.request() == lists{"sasl"});
}

TEST_CASE("of two names for one thing the newer is asked for") {
  irc_capabilities it;
  it.offer("draft/extended-monitor extended-monitor");
  CHECK(it.request() == lists{"extended-monitor"});
  irc_capabilities old;
  old.offer("draft/extended-monitor");
  CHECK(old.request() == lists{"draft/extended-monitor"});
}

TEST_CASE("all together fit a line or are split") {
  irc_capabilities it;
  it.want("sasl", true);
  it.offer(
      "account-notify account-tag away-notify batch cap-notify chghost "
      "draft/channel-rename draft/chathistory draft/event-playback "
      "draft/extended-monitor draft/message-redaction draft/multiline "
      "draft/no-implicit-names draft/pre-away draft/read-marker echo-message "
      "extended-join invite-notify labeled-response message-tags multi-prefix "
      "sasl server-time setname standard-replies userhost-in-names "
      "znc.in/playback");
  std::size_t names = 0;
  const auto asked = it.request();
  for (const auto& each : asked) {
    CHECK(each.size() + 9 <= 510);
    ++names;
    for (char c : each)
      names += c == ' ' ? 1 : 0;
    it.acknowledge(each);
  }
  CHECK(names == 27);
  CHECK_FALSE(it.waiting());
}

TEST_CASE("what is refused together is asked for one by one") {
  irc_capabilities it;
  it.offer("batch server-time setname");
  CHECK(it.request() == lists{"batch server-time setname"});
  // The list of a NAK may be cut short.
  CHECK(it.refuse("batch serv") == lists{"batch", "server-time", "setname"});
  CHECK(it.waiting());
  it.acknowledge("batch");
  CHECK(it.refuse("server-time") == lists{});
  CHECK(it.waiting());
  it.acknowledge("setname");
  CHECK_FALSE(it.waiting());
  CHECK(it.has("batch"));
  CHECK_FALSE(it.has("server-time"));
  CHECK(it.request() == lists{});
  SUBCASE("and once more when it is offered anew") {
    it.offer("server-time");
    CHECK(it.request() == lists{"server-time"});
  }
}

TEST_CASE("answers to what we did not ask for") {
  irc_capabilities it;
  it.offer("batch");
  CHECK(it.refuse("batch") == lists{});
  CHECK(it.request() == lists{"batch"});
  CHECK(it.refuse("foo") == lists{});
  CHECK(it.refuse("") == lists{});
  CHECK(it.waiting());
}

TEST_CASE("what is gone is not there") {
  irc_capabilities it;
  it.offer("batch=x setname");
  it.request();
  it.acknowledge("batch setname");
  it.withdraw("batch unknown");
  CHECK_FALSE(it.has("batch"));
  CHECK_FALSE(it.value("batch"));
  CHECK(it.has("setname"));
  it.acknowledge("-setname ~setname =batch");
  CHECK(it.has("setname"));
  it.acknowledge("-setname - ~");
  CHECK_FALSE(it.has("setname"));
  it.clear();
  CHECK(it.offered().empty());
}

TEST_CASE("what is remembered is bounded") {
  SUBCASE("in number") {
    irc_capabilities it;
    for (int i = 0; i < 2000; ++i)
      it.offer("cap" + std::to_string(i));
    CHECK(it.offered().size() == irc_capabilities::max_offers);
    it.offer("cap1=new batch");
    CHECK(it.value("cap1") == "new");
    CHECK_FALSE(it.value("batch"));
    it.withdraw("cap2");
    it.offer("batch");
    CHECK(it.value("batch"));
  }
  SUBCASE("in bytes") {
    irc_capabilities it;
    for (int i = 0; i < 100; ++i)
      it.offer(std::to_string(i) + "=" + std::string(4000, 'x'));
    CHECK(it.offered().size() == 2);
    it.offer("0=y batch");
    CHECK(it.value("0") == "y");
    CHECK(it.value("batch"));
  }
}

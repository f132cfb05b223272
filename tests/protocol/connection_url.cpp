// SPDX-License-Identifier: Apache-2.0
#include "protocol/connection_url.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::string_literals;

namespace {

connection_url parsed(std::string_view text) {
  auto result = parse_connection_url(text);
  CAPTURE(text);
  REQUIRE(std::holds_alternative<connection_url>(result));
  return std::get<connection_url>(std::move(result));
}

std::string problem(std::string_view text) {
  auto result = parse_connection_url(text);
  const auto* error = std::get_if<url_error>(&result);
  return error == nullptr ? "" : error->message;
}

std::string id(const std::string& host) {
  return parsed("irc://" + host).connection_id();
}

} // namespace

TEST_CASE("a URL is taken apart and decoded") {
  auto url =
      parsed("irc://us%40er:p%3A%2Fw@IRC.Libera.Chat:6697/"
             "%23Convos%20s3cret?nick=super%5Bman%5D&tls=1&realname=A+B");
  CHECK(url.scheme == "irc");
  CHECK(url.user == "us@er");
  CHECK(url.password == "p:/w");
  CHECK(url.host == "irc.libera.chat");
  CHECK(url.port == 6697);
  CHECK(url.channel == "#Convos");
  CHECK(url.channel_key == "s3cret");
  CHECK(url.param("nick") == "super[man]");
  CHECK(url.param("realname") == "A B");
  CHECK(url.param("sasl") == "");
  CHECK(url.param("sasl", "none") == "none");
  CHECK(url.params.size() == 3);
}

TEST_CASE("only the host is needed") {
  auto url = parsed("irc://localhost");
  CHECK(url.host == "localhost");
  CHECK(url.user == "");
  CHECK(url.password == "");
  CHECK(url.port == 0);
  CHECK(url.channel == "");
  CHECK(url.params.empty());
  CHECK(parsed("irc://h/").channel == "");
  CHECK(parsed("irc://h:/").port == 0);
  CHECK(parsed("irc://h?").params.empty());
  CHECK(parsed("irc://u@h").user == "u");
  CHECK(parsed("irc://:p@h").password == "p");
  CHECK(parsed("irc://u:p:q@h").password == "p:q");
}

TEST_CASE("what people type is taken as meant") {
  auto raw = parsed("irc://h/#chan?nick=a[b]^|{}`#x");
  CHECK(raw.channel == "#chan");
  CHECK(raw.param("nick") == "a[b]^|{}`#x");
  CHECK(parsed("irc://h/##c key").channel == "##c");
  CHECK(parsed("irc://h/##c key").channel_key == "key");
  CHECK(parsed("irc://h/#café").channel == "#café");
  CHECK(parsed("irc://h/%23with%2Fslash").channel == "#with/slash");
  CHECK(parsed("irc://h/%23a/%23b").channel == "#a");
  CHECK(parsed("irc://h/bob").channel == "bob");
  CHECK(parsed("irc://a@b:p[w]@h").user == "a@b");
  CHECK(parsed("irc://a@b:p[w]@h").password == "p[w]");
  CHECK(parsed("IRC://h").scheme == "irc");
}

TEST_CASE("IPv6 addresses stand in brackets") {
  auto url = parsed("ircs://[2001:DB8::1]:7000");
  CHECK(url.host == "2001:db8::1");
  CHECK(url.port == 7000);
  CHECK(url.to_string() == "ircs://[2001:db8::1]:7000");
  CHECK(problem("irc://2001:db8::1") != "");
  CHECK(problem("irc://[::g]") != "");
  CHECK(problem("irc://[v1.x]") == "URL need a valid host.");
}

TEST_CASE("TLS is on and verified unless it is turned off") {
  CHECK(parsed("irc://h").tls());
  CHECK(parsed("irc://h?tls=1").tls());
  CHECK_FALSE(parsed("irc://h?tls=0").tls());
  CHECK(parsed("ircs://h?tls=0").tls());
  CHECK(parsed("irc://h").tls_verify());
  CHECK(parsed("irc://h?tls_verify=1").tls_verify());
  CHECK_FALSE(parsed("irc://h?tls_verify=0").tls_verify());
  CHECK(parsed("irc://h").dial_port() == 6697);
  CHECK(parsed("irc://h?tls=0").dial_port() == 6667);
  CHECK(parsed("irc://h:1?tls=0").dial_port() == 1);
  CHECK(parsed("ircs://h:65535").dial_port() == 65535);
}

TEST_CASE("what is no URL is told") {
  CHECK(problem("") == "Missing \"host\" in URL");
  CHECK(problem("irc://") == "Missing \"host\" in URL");
  CHECK(problem("irc:///%23c") == "Missing \"host\" in URL");
  CHECK(problem("irc://:6667") == "Missing \"host\" in URL");
  CHECK(problem("irc://u:p@") == "Missing \"host\" in URL");
  CHECK(problem("irc:h") == "Missing \"host\" in URL");
  CHECK(problem("libera.chat") == "Missing \"host\" in URL");
  CHECK(problem("::") == "Missing \"host\" in URL");
  CHECK(problem("irc://a b") == "URL need a valid host.");
  CHECK(problem("irc://h#c") == "URL need a valid host.");
  CHECK(problem("irc://caf%C3%A9.example") == "URL need a valid host.");
  CHECK(problem("irc://...") == "URL need a valid host.");
  CHECK(problem("irc://irc.") == "URL need a valid host.");
  CHECK(problem("irc://a%2Fb") == "URL need a valid host.");
  CHECK(problem("irc://" + std::string(254, 'a')) == "URL need a valid host.");
  CHECK(problem("irc://" + std::string(253, 'a')) == "");
  CHECK(problem("http://h") == "URL scheme \"http\" is not supported.");
  CHECK(problem("//h") == "URL scheme \"\" is not supported.");
  CHECK(problem("irc://h:0") == "URL need a port between 1 and 65535.");
  CHECK(problem("irc://h:65536") == "URL need a port between 1 and 65535.");
  CHECK(problem("irc://h:99999999999999999999")
        == "URL need a port between 1 and 65535.");
  CHECK(problem("irc://h:66x") == "URL need a valid host and port.");
  CHECK(problem("irc://h:-1") == "URL need a valid host and port.");
  CHECK(problem("irc://h/" + std::string(4089, 'a'))
        == "URL is longer than 4096 bytes.");
  CHECK(problem("irc://h/" + std::string(4088, 'a')) == "");
}

TEST_CASE("no control character gets in, escaped or not") {
  for (const auto& part :
       {"\r"s, "\n"s, "\0"s, "\t"s, "\x7F"s, "%0D"s, "%0a"s, "%00"s, "%01"s,
        "%7f"s, "%FF"s, "\xE9"s, "%"s, "%4"s, "%zz"s})
    for (const auto& url :
         {"irc://u" + part + "@h", "irc://u:p" + part + "@h", "irc://h" + part,
          "irc://h/%23c" + part, "irc://h/%23c?nick=x" + part,
          "irc://h?k" + part + "=1"}) {
      CAPTURE(url);
      CHECK(problem(url) != "");
    }
}

TEST_CASE("no error quotes a password") {
  for (const auto* url :
       {"irc://u:s3cret@h:x", "irc://u:s3cret@", "irc://u:s3cret@a b",
        "http://u:s3cret@h", "irc://u:s3cret%@h", "irc://u:s3cret@h:0"}) {
    CHECK(problem(url) != "");
    CHECK(problem(url).find("s3cret") == std::string::npos);
  }
}

TEST_CASE("a URL is written without its secrets") {
  auto url = parsed("irc://u%40c%2Fn:pw@h:6697/#Chan key?nick=a b&x=1+2&e=");
  CHECK(url.to_string()
        == "irc://u%40c%2Fn@h:6697/%23Chan?nick=a%20b&x=1%202&e=");
  auto again = parsed(url.to_string());
  CHECK(again.user == "u@c/n");
  CHECK(again.channel == "#Chan");
  CHECK(again.params == url.params);
  CHECK(again.to_string() == url.to_string());
  CHECK(parsed("irc://:pw@h").to_string() == "irc://h");
}

TEST_CASE("parameters are set and removed") {
  auto url = parsed("irc://h?a=1&nick=x&b=2&nick=y");
  CHECK(url.param("nick") == "x");
  url.set_param("nick", "z");
  CHECK(url.to_string() == "irc://h?a=1&nick=z&b=2");
  url.set_param("tls", "0");
  CHECK(url.to_string() == "irc://h?a=1&nick=z&b=2&tls=0");
  url.set_param("a", "");
  CHECK(url.to_string() == "irc://h?nick=z&b=2&tls=0");
  url.set_param("missing", "");
  CHECK(url.to_string() == "irc://h?nick=z&b=2&tls=0");
  auto twice = parsed("irc://h?nick=x&nick=y");
  twice.set_param("nick", "");
  CHECK(twice.params.empty());
}

TEST_CASE("an id is made of the host") {
  CHECK(id("irc.libera.chat") == "irc-libera");
  CHECK(id("irc.oftc.net") == "irc-oftc");
  CHECK(id("chat.example.com:1234") == "irc-example");
  CHECK(id("irc.example.co.uk") == "irc-example-co");
  CHECK(id("irc.foo.info") == "irc-foo-info");
  CHECK(id("192.168.1.2") == "irc-192-168-1-2");
  CHECK(id("192.168.1.20") == "irc-192-168-1-20");
  CHECK(id("ssl.irc.perl.org") == "irc-magnet");
  CHECK(id("irc.efnet.org") == "irc-efnet");
  CHECK(id("efnet.port80.se") == "irc-efnet");
  CHECK(id("myefnet.example.org") == "irc-myefnet-example");
  CHECK(id("127.0.0.1") == "irc-localhost");
  CHECK(id("localhost") == "irc-localhost");
  CHECK(id("IRC.Libera.Chat") == "irc-libera");
  CHECK(id("irc.my__net--x.org") == "irc-my-net-x");
  CHECK(id("irc.chat.example.org") == "irc-chat-example");
  CHECK(parsed("ircs://irc.libera.chat").connection_id() == "irc-libera");
  CHECK(parsed("irc://user%40client%2Fnetwork@znc.example.com").connection_id()
        == "irc-znc-example");
}

TEST_CASE("a bouncer's user names the network") {
  CHECK(parsed("irc://irc.libera.chat").display_name() == "libera");
  CHECK(parsed("irc://user%40client%2Fnetwork@znc.example.com").display_name()
        == "network");
  CHECK(parsed("irc://user%40client@znc.example.com").display_name()
        == "znc-example");
  CHECK(parsed("irc://user%2Fx@znc.example.com").display_name()
        == "znc-example");
  CHECK(parsed("irc://user%40client%2F@znc.example.com").display_name()
        == "znc-example");
}

TEST_CASE("a pinned certificate is written in one way") {
  CHECK(parsed("irc://h").pinned_certificate() == "");
  CHECK(parsed("irc://h?tls_fingerprint=AB:cd:09").pinned_certificate()
        == "abcd09");
  CHECK(is_sha256(std::string(64, 'a')));
  CHECK_FALSE(is_sha256(std::string(64, 'A')));
  CHECK_FALSE(is_sha256(std::string(64, 'g')));
  CHECK_FALSE(is_sha256(std::string(63, 'a')));
  CHECK_FALSE(is_sha256(""));
}

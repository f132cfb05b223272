// SPDX-License-Identifier: Apache-2.0
#include "net/http_inspection.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;
namespace http = boost::beast::http;
using boost::asio::ip::make_address;

namespace {

beast_request make_request(std::string_view target) {
  beast_request out{http::verb::get, {target.data(), target.size()}, 11};
  out.set(http::field::host, "chat.example.org");
  return out;
}

} // namespace

TEST_CASE("a request is taken apart") {
  auto from = make_request("/api/user%2F1?x=1");
  from.method(http::verb::post);
  from.set(http::field::content_type, "Application/JSON; charset=utf-8");
  from.set(http::field::cookie, "a=b; convos=token");
  from.set(http::field::origin, "https://chat.example.org");
  from.body() = "{}";
  auto request = inspect(from, make_address("192.0.2.1"), {});
  REQUIRE(request);
  CHECK(request->method == "POST");
  CHECK(request->path == std::vector<std::string>{"api", "user/1"});
  CHECK(request->param("x") == "1");
  CHECK(request->content_type == "application/json");
  CHECK(request->session == "token");
  CHECK(request->host == "chat.example.org");
  CHECK(request->origin == "https://chat.example.org");
  CHECK(request->body == "{}");
  CHECK(request->remote_address == "192.0.2.1");
  CHECK_FALSE(request->secure);
}

TEST_CASE("who asks and in which language") {
  auto from = make_request("/api/files");
  from.set(http::field::content_type,
           "Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b;c\"");
  from.set(http::field::authorization, "bearer abc");
  from.set(http::field::user_agent, "Browser/1");
  from.set(http::field::cookie, "a=b; convos=token");
  from.insert(http::field::accept_language, "de");
  from.insert(http::field::accept_language, "en;q=0.5");
  const auto request = inspect(from, make_address("192.0.2.1"), {});
  REQUIRE(request);
  CHECK(request->content_type == "multipart/form-data");
  CHECK(request->boundary == "a b;c");
  CHECK(request->bearer == "abc");
  CHECK(request->user_agent == "Browser/1");
  CHECK(request->cookies == "a=b; convos=token");
  CHECK(request->accept_language == "de,en;q=0.5");
  CHECK_FALSE(request->awaits_body);

  auto other = make_request("/");
  other.set(http::field::content_type, "multipart/form-data; boundary=x ; y=z");
  other.set(http::field::authorization, "Basic abc");
  const auto plain = inspect(other, make_address("192.0.2.1"), {});
  CHECK(plain->boundary == "x");
  CHECK(plain->bearer == "");
  for (const auto* type :
       {"multipart/form-data", "multipart/form-data; boundary",
        "multipart/form-data; bounds=x", "text/plain; boundary=x"}) {
    CAPTURE(type);
    other.set(http::field::content_type, type);
    CHECK(inspect(other, make_address("192.0.2.1"), {})->boundary == "");
  }
}

TEST_CASE("only a trusted proxy says where people reach us") {
  address_set trusted;
  trusted.add("10.0.0.0/8");
  const auto seen = [&](std::string_view peer, std::string_view base) {
    auto from = make_request("/");
    from.set("X-Request-Base", {base.data(), base.size()});
    return inspect(from, make_address(std::string(peer)), trusted);
  };
  CHECK(seen("10.0.0.1", "http://h:8080/a/")->base == "http://h:8080/a");
  CHECK_FALSE(seen("10.0.0.1", "http://h/a")->secure);
  CHECK(seen("10.0.0.1", "HTTPS://h")->base == "https://h");
  CHECK(seen("10.0.0.1", "https://[::1]:3000/a")->secure);
  CHECK(seen("192.0.2.1", "http://h/a")->base == "");
  CHECK(seen("192.0.2.1", "nonsense")->base == "");
  for (const auto* bad :
       {"h", "/a", "ftp://h/a", "http://", "http:///a", "http://h//a",
        "http://h/a?b", "http://h/a;b", "http://h/a b", "http://u@h/",
        "http://h/a,http://h/b"}) {
    CAPTURE(bad);
    CHECK_FALSE(seen("10.0.0.1", bad));
  }
  CHECK(authority_of("https://h:1/a/b") == "h:1");
  CHECK(authority_of("https://h") == "h");
  CHECK(authority_of("h") == "");
}

TEST_CASE("a bad target or host is refused") {
  for (auto target : {"", "x", "http://chat.example.org/", "/%zz", "*"}) {
    CAPTURE(target);
    auto from = make_request(target);
    CHECK_FALSE(inspect(from, make_address("::1"), {}));
  }
  auto none = make_request("/");
  none.erase(http::field::host);
  CHECK_FALSE(inspect(none, make_address("::1"), {}));
  none.version(10);
  CHECK(inspect(none, make_address("::1"), {}));
  auto two = make_request("/");
  two.insert(http::field::host, "other.example.org");
  CHECK_FALSE(inspect(two, make_address("::1"), {}));
}

TEST_CASE("forwarding is believed from trusted proxies, from the right") {
  address_set trusted;
  trusted.add("10.0.0.0/8");
  auto address = [&](std::string_view peer, std::string_view hops) {
    auto from = make_request("/");
    from.set("X-Forwarded-For", {hops.data(), hops.size()});
    return inspect(from, make_address(std::string(peer)), trusted)
        ->remote_address;
  };
  CHECK(address("192.0.2.9", "198.51.100.1") == "192.0.2.9");
  CHECK(address("10.0.0.1", "198.51.100.1") == "198.51.100.1");
  CHECK(address("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2")
        == "198.51.100.1");
  CHECK(address("10.0.0.1", "10.0.0.3,10.0.0.2") == "10.0.0.3");
  CHECK(address("10.0.0.1", "1.2.3.4, nonsense") == "10.0.0.1");
  CHECK(address("10.0.0.1", "") == "10.0.0.1");
  CHECK(address("::ffff:192.0.2.9", "") == "192.0.2.9");

  auto secure = [&](std::string_view peer, std::string_view scheme) {
    auto from = make_request("/");
    from.set("X-Forwarded-Proto", {scheme.data(), scheme.size()});
    return inspect(from, make_address(std::string(peer)), trusted)->secure;
  };
  CHECK(secure("10.0.0.1", "https"));
  CHECK(secure("10.0.0.1", "http, HTTPS"));
  CHECK_FALSE(secure("10.0.0.1", "http"));
  CHECK_FALSE(secure("192.0.2.9", "https"));
}

TEST_CASE("repeated fields of proxies are one list") {
  address_set trusted;
  trusted.add("10.0.0.0/8");
  auto from = make_request("/");
  from.insert("X-Forwarded-For", "1.2.3.4");
  from.insert("X-Forwarded-For", "198.51.100.1");
  CHECK(inspect(from, make_address("10.0.0.1"), trusted)->remote_address
        == "198.51.100.1");
}

TEST_CASE("a page of another origin may not open a socket") {
  CHECK(is_origin_allowed("", "chat.example.org", {}));
  CHECK(is_origin_allowed("https://chat.example.org", "chat.example.org", {}));
  CHECK(is_origin_allowed("https://Chat.Example.org", "chat.example.org:443",
                          {}));
  CHECK(
      is_origin_allowed("http://chat.example.org:80", "chat.example.org", {}));
  CHECK(is_origin_allowed("http://127.0.0.1:3000", "127.0.0.1:3000", {}));
  CHECK_FALSE(is_origin_allowed("http://127.0.0.1:3001", "127.0.0.1:3000", {}));
  CHECK_FALSE(
      is_origin_allowed("https://evil.example", "chat.example.org", {}));
  CHECK_FALSE(is_origin_allowed("https://chat.example.org.evil.example",
                                "chat.example.org", {}));
  CHECK_FALSE(is_origin_allowed("null", "chat.example.org", {}));
  CHECK_FALSE(is_origin_allowed("https://", "", {}));
  std::vector<std::string> allowed{"https://page.example.org"};
  CHECK(is_origin_allowed("https://page.example.org", "chat.example.org",
                          allowed));
  CHECK_FALSE(is_origin_allowed("http://page.example.org", "chat.example.org",
                                allowed));
}

// SPDX-License-Identifier: Apache-2.0
#include "net/http_connection.hpp"
#include "tests/net/fake_gateway.hpp"
#include "tests/net/test_client.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;

namespace {

void answer(server_fixture& f, convoy::protocol::http_response with) {
  f.routes->questions.take().second(std::move(with));
}

} // namespace

TEST_SUITE("uploads") {
  std::string upload_of(std::size_t size, const std::string& more = "") {
    return "POST /api/files HTTP/1.1\r\nHost: h\r\n" + more
           + "Content-Length: " + std::to_string(size) + "\r\n\r\n";
  }

  http_settings small() {
    http_settings settings;
    settings.body_limit = 10;
    settings.upload_limit = 100;
    settings.max_upload_bytes_held = 150;
    return settings;
  }

  TEST_CASE("it is asked for before it is read, and comes then") {
    server_fixture f{small()};
    test_client client{f.port()};
    client.send(upload_of(100, "Expect: 100-continue\r\n"));
    auto [head, allow] = f.routes->questions.take();
    CHECK(head.awaits_body);
    CHECK(head.body == "");
    allow({.status = 100, .body = ""});
    const std::string expected = "HTTP/1.1 100 Continue\r\n\r\n";
    CHECK(client.read_exactly(expected.size()) == expected);
    client.send(std::string(100, 'x'));
    auto [whole, reply] = f.routes->questions.take();
    CHECK_FALSE(whole.awaits_body);
    CHECK(whole.body == std::string(100, 'x'));
    reply({.body = "{}"});
    auto response = client.read();
    CHECK(response.result_int() == 200);
    CHECK(response.keep_alive());
  }

  TEST_CASE("who may not upload is not read") {
    server_fixture f{small()};
    test_client client{f.port()};
    client.send(upload_of(100));
    answer(f, {.status = 401, .body = "no"});
    auto response = client.read();
    CHECK(response.result_int() == 401);
    CHECK_FALSE(response.keep_alive());
    CHECK(client.is_closed());
  }

  TEST_CASE("more than an upload may have is refused at the file") {
    server_fixture f{small()};
    const auto* refusal =
        R"({"errors":[{"message":"Maximum message size exceeded","path":"/file"}]})";
    test_client client{f.port()};
    auto response = client.ask(upload_of(101));
    CHECK(response.result_int() == 400);
    CHECK(response.body() == refusal);
    test_client other{f.port()};
    other.send("POST /api/files HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
               "chunked\r\n\r\n65\r\n");
    answer(f, {.status = 100, .body = ""});
    other.send(std::string(101, 'x') + "\r\n0\r\n\r\n");
    CHECK(other.read().body() == refusal);
    CHECK(f.routes->questions.empty());
  }

  TEST_CASE("only so many large ones are read at a time") {
    server_fixture f{small()};
    test_client first{f.port()};
    first.send(upload_of(100));
    answer(f, {.status = 100, .body = ""});
    first.send(std::string(100, 'x'));
    auto reply = f.routes->questions.take().second;

    test_client second{f.port()};
    second.send(upload_of(51));
    answer(f, {.status = 100, .body = ""});
    auto refused = second.read();
    CHECK(refused.result_int() == 503);
    CHECK(refused["Retry-After"] == "5");
    test_client tiny{f.port()};
    tiny.send(upload_of(10));
    answer(f, {.status = 100, .body = ""});
    tiny.send(std::string(10, 'x'));
    answer(f, {.body = "tiny"});
    CHECK(tiny.read().body() == "tiny");

    reply({.body = "done"});
    CHECK(first.read().body() == "done");
    test_client third{f.port()};
    third.send(upload_of(100));
    answer(f, {.status = 100, .body = ""});
    third.send(std::string(100, 'x'));
    answer(f, {.body = "third"});
    CHECK(third.read().body() == "third");
  }

  TEST_CASE("one person does not hold what others need") {
    auto settings = small();
    settings.max_upload_bytes_held = 400;
    server_fixture f{settings};
    const auto begin = [&](test_client& client, const std::string& person) {
      client.send(upload_of(60));
      answer(f, {.status = 100, .body = "", .person = person});
    };
    test_client first{f.port()};
    begin(first, "7");
    test_client second{f.port()};
    begin(second, "7");
    CHECK(second.read().result_int() == 503);
    // Who is not known has what their network has.
    test_client third{f.port()};
    begin(third, "");
    test_client fourth{f.port()};
    begin(fourth, "");
    CHECK(fourth.read().result_int() == 503);
    for (auto* each : {&first, &third}) {
      each->send(std::string(60, 'x'));
      answer(f, {.body = "done"});
      CHECK(each->read().body() == "done");
    }
  }

  TEST_CASE("what was not read for HEAD has its length") {
    server_fixture f;
    test_client client{f.port()};
    client.send("HEAD /file/1/a HTTP/1.1\r\nHost: h\r\n\r\n");
    answer(f, {.body = "", .size = 12});
    CHECK(client.read(true)["Content-Length"] == "12");
  }

  TEST_CASE("only so many large answers are held at a time") {
    auto settings = small();
    settings.large_answer = 1000;
    settings.max_answer_bytes_held = 3000;
    server_fixture f{settings};
    test_client client{f.port()};
    client.send("GET /file/1/a HTTP/1.1\r\nHost: h\r\n\r\n");
    answer(f, {.body = std::string(3001, 'x')});
    auto refused = client.read();
    CHECK(refused.result_int() == 503);
    CHECK(refused["Retry-After"] == "5");
    client.send("GET /file/1/a HTTP/1.1\r\nHost: h\r\n\r\n");
    answer(f, {.body = std::string(3000, 'x')});
    CHECK(client.read().body() == std::string(3000, 'x'));
  }
}

// SPDX-License-Identifier: Apache-2.0
#include "protocol/api_description.hpp"

#include "protocol/json_object.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace convoy::protocol;

namespace {

using segments = std::vector<std::string>;

std::string text_of(const std::vector<json_problem>& problems) {
  std::string result;
  for (const auto& each : problems)
    result += each.path + " " + each.message + "\n";
  return result;
}

std::string wrong_request(const std::string& id, const std::string& body,
                          const std::string& target = "/",
                          const segments& path = {}) {
  http_request request;
  REQUIRE(parse_target(target, request));
  request.body = body;
  const auto* operation = the_api().find(id);
  REQUIRE(operation);
  return text_of(the_api().check_request(*operation, request, path));
}

std::string wrong_answer(const std::string& id, unsigned status,
                         const std::string& body,
                         const std::string& type = "application/json") {
  const auto* operation = the_api().find(id);
  REQUIRE(operation);
  return text_of(the_api().check_answer(*operation, status, type, body));
}

} // namespace

TEST_SUITE("api_description") {
  TEST_CASE("every operation of the spec has its name") {
    // spec/rest-api.md §6, 2 to 31 and 33.
    const std::pair<const char*, const char*> named[] = {
        {"registerUser", "POST /user/register"},
        {"loginUser", "POST /user/login"},
        {"logoutUser", "GET /user/logout"},
        {"getUser", "GET /user"},
        {"updateUser", "POST /user/{email}"},
        {"deleteUser", "DELETE /user/{email}"},
        {"inviteUser", "POST /user/{email}/invite"},
        {"getUsers", "GET /users"},
        {"listConnections", "GET /connections"},
        {"createConnection", "POST /connections"},
        {"updateConnection", "POST /connection/{connection_id}"},
        {"removeConnection", "DELETE /connection/{connection_id}"},
        {"connectionMessages", "GET /connection/{connection_id}/messages"},
        {"markConnectionAsRead", "POST /connection/{connection_id}/read"},
        {"listConversations", "GET /conversations"},
        {"conversationMessages",
         "GET /connection/{connection_id}/conversation/{conversation_id}"
         "/messages"},
        {"markConversationAsRead",
         "POST /connection/{connection_id}/conversation/{conversation_id}"
         "/read"},
        {"listConnectionProfiles", "GET /connection-profiles"},
        {"saveConnectionProfile", "POST /connection-profiles"},
        {"removeConnectionProfile", "DELETE /connection-profiles/{id}"},
        {"notificationMessages", "GET /notifications"},
        {"markNotificationsAsRead", "POST /notifications/read"},
        {"searchMessages", "GET /search"},
        {"getSettings", "GET /settings"},
        {"updateSettings", "POST /settings"},
        {"checkForUpdates", "GET /check-for-updates"},
        {"getHealth", "GET /health"},
        {"getFiles", "GET /files"},
        {"uploadFile", "POST /files"},
        {"getFile", "GET /files/{uid}/{fid}"},
        {"deleteFiles", "DELETE /files/{uid}/{fid}"},
        {"embed", "GET /embed"},
        {"getDictionary", "GET /i18n/{lang}"},
    };
    for (const auto& [id, where] : named) {
      const auto* found = the_api().find(id);
      REQUIRE_MESSAGE(found, id);
      CHECK(found->method + " " + found->path == where);
    }
  }

  TEST_CASE("operations have one name each, and their own number") {
    std::set<std::string> names;
    std::size_t n = 0;
    for (const auto& each : the_api().operations()) {
      CHECK(names.insert(each.id).second);
      CHECK(each.number == n++);
      CHECK(the_api().find(each.id) == &each);
    }
    CHECK(the_api().find("webhook") == nullptr);
  }

  TEST_CASE("what is public is said so") {
    using access = api_operation::access;
    std::set<std::string> open;
    for (const auto& each : the_api().operations())
      if (each.needs == access::anybody)
        open.insert(each.id);
    CHECK(open
          == std::set<std::string>{"describe", "describeEvents",
                                   "getDictionary", "getFile", "loginUser",
                                   "logoutUser", "registerUser"});
    CHECK(the_api().find("createToken")->needs == access::session);
    CHECK(the_api().find("getUser")->needs == access::session_or_token);
  }

  TEST_CASE("a token must be good for what is asked") {
    CHECK(the_api().find("getUser")->scope == "read");
    CHECK(the_api().find("createConnection")->scope == "send");
    CHECK(the_api().find("getUsers")->scope == "admin");
  }

  TEST_CASE("an operation is found by method and path") {
    const auto found = the_api().find("GET", {"user"});
    REQUIRE(found.operation);
    CHECK(found.operation->id == "getUser");
    CHECK(the_api().find("GET", {}).operation->id == "describe");
    const segments path{"connection", "irc-a", "conversation", "#a/b", "read"};
    const auto* read = the_api().find("POST", path).operation;
    REQUIRE(read);
    CHECK(read->id == "markConversationAsRead");
    CHECK(path_value(*read, path, "conversation_id") == "#a/b");
    CHECK(path_value(*read, path, "connection_id") == "irc-a");
    CHECK(path_value(*read, path, "conversation") == "");
  }

  TEST_CASE("a path without parameters goes first") {
    CHECK(the_api().find("POST", {"user", "login"}).operation->id
          == "loginUser");
    CHECK(the_api().find("POST", {"user", "a@b"}).operation->id
          == "updateUser");
    const auto none = the_api().find("DELETE", {"user", "login"});
    CHECK(none.operation == nullptr);
    CHECK(none.allowed == "POST");
  }

  TEST_CASE("of a path with other methods, these are known") {
    const auto found = the_api().find("PUT", {"connection", "x"});
    CHECK(found.operation == nullptr);
    CHECK(found.allowed == "POST, DELETE");
    CHECK(the_api().find("GET", {"nothing"}).allowed == "");
    CHECK(the_api().find("GET", {"user", "a", "b", "c"}).allowed == "");
  }

  TEST_CASE("a body is checked, all of it") {
    CHECK(wrong_request("registerUser",
                        R"({"email":"ann@example.org","password":"123456789"})")
          == "/body/password String is too short: 9/10.\n");
    CHECK(wrong_request("registerUser", R"({"email":"x"})")
          == "/body/email Does not match email format.\n"
             "/body/password Missing property.\n");
    CHECK(wrong_request("registerUser", "")
          == "/body/email Missing property.\n"
             "/body/password Missing property.\n");
    CHECK(wrong_request("registerUser", "[]") == "/body Expected an object.\n");
    CHECK(wrong_request("registerUser", "{").starts_with("/body Invalid JSON"));
    CHECK(wrong_request("updateConnection", "", "/", {"connection", "irc-a"})
          == "");
  }

  TEST_CASE("parameters are checked, and named without the body's prefix") {
    const auto check = [](const std::string& query) {
      return wrong_request("connectionMessages", "", "/?" + query,
                           {"connection", "irc-a", "messages"});
    };
    CHECK(check("before=2026-01-01T00:00:00&limit=40&match=a") == "");
    CHECK(check("before=&limit=") == "");
    CHECK(check("before=yesterday&limit=many")
          == "/before Expected a time such as 2026-11-22T07:01:18Z.\n"
             "/limit Expected a number from 1 to 200.\n");
    CHECK(check("limit=0") == "/limit Expected a number from 1 to 200.\n");
    CHECK(check("limit=99999999999999999999")
          == "/limit Expected a number from 1 to 200.\n");
    CHECK(check("unknown=1") == "");
    CHECK(wrong_request("embed", "") == "/url Missing property.\n");
    CHECK(wrong_request("getUser", "", "/?connections=yes")
          == "/connections Expected true or false.\n");
    CHECK(wrong_request("getUser", "", "/?connections=1&conversations=false")
          == "");
    CHECK(wrong_request("inviteUser", "", "/", {"user", "ann", "invite"})
          == "/email Does not match email format.\n");
  }

  TEST_CASE("an answer is checked by its status and type") {
    const auto session = std::string{
        R"({"id":"a","created":"2026-11-22T07:01:18Z",)"
        R"("last_seen":"2026-11-22T07:01:18Z",)"
        R"("expires":"2026-11-22T07:01:18Z",)"
        R"("remote_address":"::1","user_agent":"","current":true})"};
    CHECK(wrong_answer("listSessions", 200, R"({"sessions":[)" + session + "]}",
                       "application/json; charset=utf-8")
          == "");
    CHECK(wrong_answer("listSessions", 200, R"({"sessions":[{}]})") != "");
    CHECK(wrong_answer("listSessions", 200, "{") != "");
    CHECK(wrong_answer("listSessions", 200, "<p>", "text/html") != "");
    CHECK(wrong_answer("listSessions", 204, "") != "");
    CHECK(wrong_answer("listSessions", 401,
                       R"({"errors":[{"message":"No.","path":"/"}]})")
          == "");
    CHECK(wrong_answer("listSessions", 401, R"({"errors":[]})")
          == "/errors Array is too short: 0/1.\n");
    CHECK(wrong_answer("logoutUser", 302, "", "") == "");
    CHECK(wrong_answer("getFile", 200, "GIF89a", "image/gif") == "");
  }

  TEST_CASE("the document says where it was reached, and holds everything") {
    json_object document{
        the_api().document("https://chat.example.org/irc/api")};
    CHECK(document.ok());
    CHECK(document.string("openapi") == "3.0.3");
    auto servers = document.objects("servers");
    REQUIRE(servers.size() == 1);
    CHECK(servers[0].string("url") == "https://chat.example.org/irc/api");
    auto paths = document.object("paths");
    REQUIRE(paths);
    std::set<std::string> known;
    for (const auto& each : the_api().operations())
      known.insert(each.path);
    const auto listed = paths->keys();
    CHECK(std::set<std::string>{listed.begin(), listed.end()} == known);
    CHECK(document.object("info")->string("version") == CONVOY_VERSION);
  }

  TEST_CASE("every answer that is described can be compiled") {
    for (const auto& each : the_api().operations())
      for (const auto status : {200U, 302U, 400U})
        CHECK_NOTHROW(
            the_api().check_answer(each, status, "application/json", "{}"));
  }
}

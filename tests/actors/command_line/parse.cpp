// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/parse.hpp"

#include "actors/command_line/config_file.hpp"
#include "tests/actors/store/scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors;
using namespace convoy::actors::command_line;
using convoy::tests::scratch;
using std::filesystem::perms;

namespace {

using words = std::vector<const char*>;

std::variant<command, reply> read(words arguments,
                                  const environment& from = {}) {
  arguments.insert(arguments.begin(), "convoy");
  return parse(static_cast<int>(arguments.size()), arguments.data(), from);
}

command good(words arguments, const environment& from = {}) {
  auto result = read(std::move(arguments), from);
  if (const auto* said = std::get_if<reply>(&result))
    FAIL(said->err);
  return std::get<command>(result);
}

reply said(words arguments, const environment& from = {}) {
  auto result = read(std::move(arguments), from);
  REQUIRE(std::holds_alternative<reply>(result));
  return std::get<reply>(result);
}

/// What is wrong; nothing may go to the standard output.
std::string misuse(words arguments, const environment& from = {}) {
  const auto result = said(std::move(arguments), from);
  CHECK(result.exit_code == 2);
  CHECK(result.out.empty());
  return result.err;
}

} // namespace

TEST_CASE("without anything the defaults are served") {
  const auto result = good({"serve"});
  CHECK(result.what == command::kind::serve);
  CHECK(result.options.listen.host == "127.0.0.1");
  CHECK(result.options.listen.port == 3000);
  CHECK(result.options.store == "sqlite:data/convoy.sqlite");
  CHECK(result.options.key_file == "data/convoy.key");
}

TEST_CASE("a flag goes over a variable, over the file, over the default") {
  const scratch place;
  const auto file = place.path("convoy.toml");
  place.write("convoy.toml",
              "listen = 'file:1'\nthreads = 1\nlog-level = 'debug'\n"
              "allow-origin = ['https://file']\nopen-registration = true\n",
              perms::owner_read);
  const environment variables{{"CONVOY_CONFIG", file},
                              {"CONVOY_LISTEN", "variable:2"},
                              {"CONVOY_THREADS", "2"}};
  const auto all =
      good({"serve", "--listen=flag:3", "--allow-origin", "https://a",
            "--allow-origin", "https://b", "--open-registration=false"},
           variables)
          .options;
  CHECK(all.listen.host == "flag");
  CHECK(all.threads == 2);
  CHECK(all.log_level == "debug");
  CHECK(all.log_format == "logfmt");
  CHECK(all.allowed_origins
        == std::vector<std::string>{"https://a", "https://b"});
  CHECK_FALSE(all.node.open_registration);
  const auto fewer = good({"serve"}, variables).options;
  CHECK(fewer.listen.host == "variable");
  CHECK(fewer.allowed_origins == std::vector<std::string>{"https://file"});
  CHECK(fewer.node.open_registration);
  // A flag's file goes over a variable's.
  place.write("other.toml", "threads = 9\n", perms::owner_read);
  const auto other = place.path("other.toml");
  CHECK(good({"serve", "--config", other.c_str()}, {{"CONVOY_CONFIG", file}})
            .options.threads
        == 9);
}

TEST_CASE("of flags that are repeated the last counts, and all are checked") {
  CHECK(good({"serve", "--threads", "1", "--threads", "2"}).options.threads
        == 2);
  CHECK(misuse({"serve", "--threads", "x", "--threads", "2"})
        == "convoy: --threads: \"x\" is not a number of 0 to 1024\n");
  CHECK(good({"serve", "--irc-allow-private"}).options.irc_allow_private);
  CHECK_FALSE(good({"serve", "--irc-allow-private", "--irc-deny-private"})
                  .options.irc_allow_private);
}

TEST_CASE("an option's value may begin with a dash or be empty") {
  CHECK(good({"serve", "--base-url="}).options.node.base_url.empty());
  CHECK(good({"serve", "--default-connection", ""})
            .options.node.default_connection.empty());
  CHECK(good({"serve", "--web-root=-x"}).options.web_root == "-x");
}

TEST_CASE("every source's problems are told at once, each with its place") {
  const scratch place;
  place.write("convoy.toml", "\nlisten = 'x'\n", perms::owner_read);
  const auto file = place.path("convoy.toml");
  CHECK(misuse({"serve", "--stop-timeout", "soon", "--config", file.c_str()},
               {{"CONVOY_STORE", "mysql:x"}})
        == "convoy: " + file
               + ":2: listen: \"x\" is not HOST:PORT\n"
                 "convoy: CONVOY_STORE: unknown kind of store \"mysql\": "
                 "sqlite:PATH and "
                 "postgresql://USER:PASSWORD@HOST:PORT/DATABASE are "
                 "known\n"
                 "convoy: --stop-timeout: \"soon\" is not a duration: seconds,"
                 " or a number with s, m, h or d\n");
}

TEST_CASE("an unknown flag names the nearest of its command") {
  CHECK(misuse({"serve", "--lisen", "x:1"})
        == "convoy: there is no flag \"--lisen\"; did you mean "
           "\"--listen\"?\n");
  CHECK(misuse({"serve", "--irc-denyprivate"})
            .find("did you mean \"--irc-deny-private\"?")
        != std::string::npos);
  CHECK(misuse({"serve", "--trheads=4"})
            .find("\"--trheads\"; did you mean "
                  "\"--threads\"?")
        != std::string::npos);
  CHECK(misuse({"user", "add", "a@b", "--amdin"}).find("\"--admin\"")
        != std::string::npos);
  CHECK(misuse({"healthcheck", "--internl-listen", "x:1"})
            .find("\"--internal-listen\"")
        != std::string::npos);
}

TEST_CASE("an unknown command names the nearest") {
  CHECK(misuse({"sevre"})
        == "convoy: there is no command \"sevre\"; did you mean \"serve\"?\n");
  CHECK(misuse({"user", "ad"}).find("did you mean \"add\"?")
        != std::string::npos);
  CHECK(misuse({"serve", "now"})
        == "convoy: \"now\" is one argument too many\n");
}

TEST_CASE("a flag of a command goes behind it") {
  CHECK(misuse({"--config", "x", "serve"})
        == "convoy: \"--config\" belongs behind the command serve\n");
  CHECK(misuse({"user", "--admin", "add", "a@b"})
        == "convoy: \"--admin\" belongs behind the command add\n");
  CHECK(misuse({"--confg", "x", "serve"}).find("there is no flag \"--confg\"")
        != std::string::npos);
}

TEST_CASE("what is missing is said") {
  CHECK(misuse({"serve", "--listen"}).find("--listen") != std::string::npos);
  CHECK(misuse({"user", "add"})
        == "convoy: EMAIL is missing: convoy user add EMAIL\n");
  CHECK(misuse({"user", "import"})
        == "convoy: FILE is missing: convoy user import FILE\n");
  CHECK(misuse({}).find("serve") != std::string::npos);
  CHECK(misuse({"user"}).find("passwd") != std::string::npos);
}

TEST_CASE("a configuration that cannot be read is said with the reason") {
  CHECK(misuse({"serve"}, {{"CONVOY_CONFIG", "/nowhere/convoy.toml"}})
        == "convoy: /nowhere/convoy.toml: No such file or directory\n");
}

TEST_CASE("the key is beside the store unless it is said where") {
  CHECK(good({"serve", "--store=sqlite:x.db"}).options.key_file
        == "convoy.key");
  CHECK(
      good({"serve", "--store=sqlite:/v/x.db", "--key-file=k"}).options.key_file
      == "k");
}

TEST_CASE("the commands for users take their arguments") {
  const auto add = good({"user", "add", "a@b", "--admin", "--password-file",
                         "p", "--store", "sqlite:s", "--password-cost=min"});
  CHECK(add.what == command::kind::user_add);
  CHECK(add.email == "a@b");
  CHECK(add.admin);
  CHECK(add.password_file == "p");
  CHECK(add.options.store == "sqlite:s");
  CHECK(add.options.node.cost == password_cost::minimum);
  const auto list = good({"user", "list", "--json"});
  CHECK(list.what == command::kind::user_list);
  CHECK(list.json);
  CHECK(good({"user", "passwd", "a@b"}).what == command::kind::user_passwd);
  const auto import = good({"user", "import", "f", "--sessions"},
                           {{"CONVOY_SESSION_LIFETIME", "2h"}});
  CHECK(import.what == command::kind::user_import);
  CHECK(import.import_file == "f");
  CHECK(import.sessions);
  CHECK(import.options.node.session_lifetime == std::chrono::hours{2});
}

TEST_CASE("a role is given or taken") {
  const auto give = good({"user", "role", "a@b", "admin"});
  CHECK(give.what == command::kind::user_role);
  CHECK(give.email == "a@b");
  CHECK(give.role == "admin");
  CHECK_FALSE(give.remove);
  CHECK(good({"user", "role", "a@b", "admin", "--remove"}).remove);
  CHECK(misuse({"user", "role", "a@b"})
        == "convoy: ROLE is missing: convoy user role EMAIL ROLE\n");
}

TEST_CASE("an import of accounts may be quiet") {
  CHECK_FALSE(good({"user", "import", "a"}).quiet);
  CHECK(good({"user", "import", "a", "--quiet"}).quiet);
}

TEST_CASE("users are disabled, enabled and deleted by their email") {
  CHECK(good({"user", "disable", "a@b"}).what == command::kind::user_disable);
  CHECK(good({"user", "enable", "a@b"}).what == command::kind::user_enable);
  const auto remove = good({"user", "delete", "a@b", "--yes", "--quiet"});
  CHECK(remove.what == command::kind::user_delete);
  CHECK(remove.email == "a@b");
  CHECK(remove.yes);
  CHECK(remove.quiet);
  CHECK(misuse({"user", "delete"})
        == "convoy: EMAIL is missing: convoy user delete EMAIL\n");
}

TEST_CASE("the commands for stores take their arguments") {
  const auto backup =
      good({"backup", "f", "--with-key", "--force", "--store=sqlite:s"});
  CHECK(backup.what == command::kind::backup);
  CHECK(backup.backup_file == "f");
  CHECK(backup.with_key);
  CHECK(backup.force);
  CHECK(backup.options.store == "sqlite:s");
  CHECK(good({"restore", "f"}).what == command::kind::restore);
  CHECK(good({"verify", "--quiet"}).what == command::kind::verify);
  const auto all = good({"export", "a@b", "--with-secrets", "--output", "o"});
  CHECK(all.what == command::kind::export_user);
  CHECK(all.email == "a@b");
  CHECK(all.with_secrets);
  CHECK(all.output == "o");
  const auto convos = good({"import", "convos", "d", "--dry-run"});
  CHECK(convos.what == command::kind::import_convos);
  CHECK(convos.convos_home == "d");
  CHECK(convos.dry_run);
  const auto move = good({"move-store", "sqlite:/a/b", "postgresql://h/db",
                          "--running", "--quiet"});
  CHECK(move.what == command::kind::move_store);
  CHECK(move.options.store == "sqlite:/a/b");
  CHECK(move.options.key_file == "/a/convoy.key");
  CHECK(move.to_store == "postgresql://h/db");
  CHECK(move.running);
  CHECK(move.quiet);
  CHECK(misuse({"move-store", "sqlite:a"}).find("TO is missing")
        != std::string::npos);
  CHECK(misuse({"move-store", "sqlite:a", "b"})
            .starts_with("convoy: TO: \"b\" is not a store: "));
  CHECK(misuse({"backup"}) == "convoy: FILE is missing: convoy backup FILE\n");
  CHECK(misuse({"export"})
        == "convoy: EMAIL is missing: convoy export EMAIL\n");
  CHECK(misuse({"import", "convos"})
        == "convoy: DIR is missing: convoy import convos DIR\n");
  CHECK(misuse({"import"}).find("convos") != std::string::npos);
  CHECK(misuse({"backup", "f", "--listen=x:1"}).find("there is no flag")
        != std::string::npos);
}

TEST_CASE("healthcheck takes the address") {
  const auto result = good({"healthcheck", "--internal-listen", "[::1]:9"});
  CHECK(result.what == command::kind::healthcheck);
  CHECK(result.options.internal_listen.host == "::1");
  CHECK(result.options.internal_listen.port == 9);
}

TEST_CASE("check-config says ok or what is wrong") {
  const scratch place;
  place.write("convoy.toml", default_config(), perms::owner_read);
  const auto file = place.path("convoy.toml");
  const auto result = said({"check-config", "--config", file.c_str()});
  CHECK(result.exit_code == 0);
  CHECK(result.out == "ok\n");
  CHECK(misuse({"check-config"}, {{"CONVOY_PORT", "1"}})
            .starts_with("convoy: CONVOY_PORT: there is no such option"));
}

TEST_CASE("version, help and the default configuration are printed") {
  for (const auto* word : {"version", "--version"}) {
    const auto result = said({word});
    CHECK(result.exit_code == 0);
    CHECK(result.out == "convoy " CONVOY_VERSION "\n");
  }
  CHECK(said({"default-config"}).out == default_config());
  const auto help = said({"serve", "--help"});
  CHECK(help.exit_code == 0);
  for (const auto& each : options())
    CHECK_MESSAGE(help.out.find("--" + std::string{each.name})
                      != std::string::npos,
                  each.name);
  CHECK(said({"--help"}).out.find("check-config") != std::string::npos);
}

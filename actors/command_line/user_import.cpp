// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/user_import.hpp"

#include "actors/command_line/progress_line.hpp"
#include "actors/command_line/store_access.hpp"
#include "actors/connection_wish.hpp"
#include "actors/credentials.hpp"
#include "protocol/json_object.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <initializer_list>
#include <map>
#include <system_error>

namespace convoy::actors::command_line {

namespace {

using protocol::json_object;

/// CR, LF and NUL would be another line on IRC, and no other control character
/// belongs into a name.
bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == 0x7f;
  });
}

void expect_keys(json_object& object,
                 std::initializer_list<std::string_view> known) {
  for (const auto& key : object.keys())
    if (std::ranges::find(known, key) == known.end())
      object.refuse(key, "Unknown property.");
}

std::vector<std::string> read_commands(json_object& object) {
  auto commands = object.strings("on_connect_commands")
                      .value_or(std::vector<std::string>{});
  if (std::ranges::any_of(commands, has_control))
    object.refuse("on_connect_commands", "Control characters are not allowed.");
  return commands;
}

void read_conversation(json_object& object,
                       protocol::connection_record& record) {
  expect_keys(object, {"name", "key"});
  const auto name = object.required_string("name");
  const auto key = object.string("key").value_or("");
  if (object.ok() && !is_one_word(name))
    object.refuse("name", "Expected the name of a channel or a person.");
  if (object.ok() && !key.empty() && !is_one_word(key))
    object.refuse("key", "Expected one word.");
  if (object.ok())
    add_conversation(record, name, key);
}

void read_connection(json_object& object, store::user_state& user) {
  expect_keys(object,
              {"url", "conversations", "on_connect_commands", "wanted_state"});
  create_connection wish;
  wish.url = object.required_string("url");
  wish.on_connect_commands = read_commands(object);
  wish.wanted = wanted_state(object).value_or(true);
  auto conversations = object.named_objects("conversations");
  if (!object.ok())
    return;
  auto made = make_connection_record(wish, user.account.email);
  if (const auto* why = std::get_if<refused>(&made))
    return object.refuse("url", why->message);
  auto& record = std::get<protocol::connection_record>(made);
  if (std::ranges::count(user.connections, record.id,
                         &protocol::connection_record::id)
      != 0)
    return object.refuse("url", "Connection " + record.id + " is there twice.");
  for (auto& conversation : conversations) {
    read_conversation(conversation, record);
    object.adopt(conversation);
  }
  user.connections.push_back(std::move(record));
}

std::vector<std::string> read_roles(json_object& object) {
  auto roles = object.strings("roles").value_or(std::vector<std::string>{});
  if (!std::ranges::all_of(roles, is_one_word))
    object.refuse("roles", "Expected a list of words.");
  return roles;
}

new_user read_user(json_object& object, protocol::timestamp now) {
  expect_keys(object, {"email", "password", "roles", "connections"});
  new_user result;
  auto& account = result.state.account;
  account.email = normal_email(object.required_string("email"));
  result.password = object.required_string("password");
  account.roles = read_roles(object);
  account.registered = now;
  auto connections = object.objects("connections");
  if (!object.ok())
    return result;
  if (auto why = email_problem(account.email); !why.empty())
    object.refuse("email", std::move(why));
  if (auto why = password_problem(result.password); !why.empty())
    object.refuse("password", std::move(why));
  if (connections.size() > settings{}.max_connections_per_user)
    object.refuse("connections", "Too many connections.");
  for (auto& connection : connections) {
    read_connection(connection, result.state);
    object.adopt(connection);
  }
  return result;
}

std::string place(const std::string& file, std::size_t line) {
  return file + ":" + std::to_string(line) + ": ";
}

import_file read_named(const std::string& path, protocol::timestamp now) {
  std::ifstream file{path, std::ios::binary};
  // A folder opens well; only a read tells.
  const bool is_empty =
      file && file.peek() == std::ifstream::traits_type::eof();
  if (!file.is_open() || file.bad())
    throw several_problems{
        {path + ": " + std::generic_category().message(errno)}};
  if (is_empty)
    throw several_problems{{path + ": is empty"}};
  return read_import(file, path, now);
}

/// Emails that are taken; the import would name them without their lines.
std::vector<std::string> taken(const std::string& path,
                               const std::vector<new_user>& users,
                               store::database& db) {
  std::vector<std::string> result;
  for (const auto& user : users)
    if (db.find_account(user.state.account.email))
      result.push_back(place(path, user.line) + "/email: Email is taken.");
  return result;
}

/// Logs each in. The accounts are safe already; that a session outlives a power
/// cut is not worth a wait for the disk each.
void open_sessions(const command& what, const console& io,
                   store::store_options store_options,
                   const std::vector<store::user_state>& users,
                   protocol::timestamp now) {
  store_options.full_sync = false;
  store::database db{store_options};
  for (const auto& user : users) {
    const auto token = random_token();
    db.create_session({hash_token(token), user.account.id, now,
                       now + what.options.node.session_lifetime, "127.0.0.1",
                       "convoy user import"});
    io.out << user.account.email << '\t' << token << '\n';
  }
}

} // namespace

bool is_one_word(std::string_view text) {
  return !text.empty() && !has_control(text)
         && text.find_first_of(" ,") == std::string_view::npos;
}

import_file read_import(std::istream& in, const std::string& name,
                        protocol::timestamp now) {
  import_file result;
  std::map<std::string, std::size_t> lines;
  std::string text;
  for (std::size_t line = 1; std::getline(in, text); ++line) {
    if (protocol::trim(text).empty())
      continue;
    json_object object{text};
    auto user = read_user(object, now);
    user.line = line;
    const auto& email = user.state.account.email;
    if (object.ok())
      if (const auto [first, is_new] = lines.emplace(email, line); !is_new)
        object.refuse("email", "Is in line " + std::to_string(first->second)
                                   + " already.");
    for (const auto& problem : object.problems())
      result.problems.push_back(place(name, line) + problem.path + ": "
                                + problem.message);
    result.users.push_back(std::move(user));
  }
  return result;
}

void import_users(const command& what, const console& io,
                  protocol::timestamp now) {
  auto file = read_named(what.import_file, now);
  if (!file.problems.empty())
    throw several_problems{std::move(file.problems)};
  const auto options = prepare_store(what.options);
  std::vector<store::user_state> users;
  {
    progress_line line{io, what.quiet};
    store::database db{options};
    db.migrate(line.schema_teller());
    if (auto problems = taken(what.import_file, file.users, db);
        !problems.empty())
      throw several_problems{std::move(problems)};
    for (auto& user : file.users) {
      line.show("passwords hashed", users.size(), file.users.size());
      user.state.account.password_hash =
          hash_password(user.password, what.options.node.cost);
      user.state.account.stream = random_stream_id();
      users.push_back(std::move(user.state));
    }
    line.announce("Writing the accounts");
    db.import(users);
  }
  if (what.sessions)
    open_sessions(what, io, options, users, now);
  else
    io.out << users.size() << " accounts are imported\n";
}

} // namespace convoy::actors::command_line

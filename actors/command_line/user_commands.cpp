// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/user_commands.hpp"

#include "actors/command_line/progress_line.hpp"
#include "actors/command_line/source.hpp"
#include "actors/command_line/store_access.hpp"
#include "actors/command_line/user_import.hpp"
#include "actors/credentials.hpp"
#include "protocol/json.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <ostream>
#include <stdexcept>

namespace convoy::actors::command_line {

namespace {

using kind = command::kind;

/// So many rows are deleted while a server waits for its turn to write.
constexpr std::size_t rows_at_once = 1000;

store::database open(const serve_options& options) {
  return store::database{prepare_store(options)};
}

std::unique_ptr<store::database> open_existing(const command& what,
                                               const console& io) {
  expect_store(what.options);
  auto result = std::make_unique<store::database>(prepare_store(what.options));
  progress_line line{io, what.quiet};
  result->migrate(line.schema_teller());
  return result;
}

std::string chosen_password(const command& what, const console& io) {
  std::string password;
  if (what.password_file.empty()) {
    password = read_password(io, "Password of " + what.email);
  } else {
    if (const auto why = read_file(what.password_file, password); !why.empty())
      throw std::runtime_error(what.password_file + ": " + why);
    password.erase(std::min(password.find_first_of("\r\n"), password.size()));
  }
  if (const auto why = password_problem(password); !why.empty())
    throw std::runtime_error("password: " + why);
  return password;
}

std::string chosen_email(const command& what) {
  auto email = normal_email(what.email);
  if (const auto why = email_problem(email); !why.empty())
    throw std::runtime_error("EMAIL: " + why);
  return email;
}

protocol::account expect_account(store::database& db, const command& what) {
  const auto email = chosen_email(what);
  auto account = db.find_account(email);
  if (!account)
    throw std::runtime_error(email + ": there is no such account");
  return std::move(*account);
}

void add_user(const command& what, const console& io, protocol::timestamp now) {
  protocol::account account;
  account.email = chosen_email(what);
  account.password_hash =
      hash_password(chosen_password(what, io), what.options.node.cost);
  account.stream = random_stream_id();
  account.registered = now;
  if (what.admin)
    account.roles.emplace_back("admin");
  auto db = open(what.options);
  progress_line line{io, what.quiet};
  db.migrate(line.schema_teller());
  if (db.create_account(account, true) == store::create_verdict::email_taken)
    throw std::runtime_error(account.email + ": there is such an account");
  io.out << account.email << " is user " << to_string(account.id) << '\n';
}

void set_password(const command& what, const console& io) {
  const auto db = open_existing(what, io);
  const auto account = expect_account(*db, what);
  db->set_password(account.id, hash_password(chosen_password(what, io),
                                             what.options.node.cost));
  io.out << "password of " << account.email << " is set\n";
}

void set_disabled(const command& what, const console& io, bool disabled) {
  const auto db = open_existing(what, io);
  const auto account = expect_account(*db, what);
  if (account.stream.empty())
    throw std::runtime_error(account.email + ": is being deleted");
  db->set_disabled(account.id, disabled);
  io.out << account.email << " is " << (disabled ? "disabled" : "enabled")
         << "; a running server follows soon\n";
}

/// The last admin may lose it here: whoever runs this can make another.
void set_role(const command& what, const console& io) {
  const auto db = open_existing(what, io);
  const auto account = expect_account(*db, what);
  if (!is_one_word(what.role))
    throw std::runtime_error("ROLE: expected a word");
  auto roles = account.roles;
  const auto erased = std::erase(roles, what.role);
  if (!what.remove)
    roles.push_back(what.role);
  if ((erased != 0) != what.remove) {
    io.out << account.email << (what.remove ? " does not have" : " already has")
           << " the role " << what.role << '\n';
    return;
  }
  db->change_account(account.id, {roles});
  io.out << account.email << (what.remove ? " has lost" : " has got")
         << " the role " << what.role << '\n';
}

/// Whether to go on: to type the address takes more thought than a `y`.
bool is_sure(const command& what, const console& io, const std::string& email) {
  if (what.yes)
    return true;
  if (io.terminal < 0)
    throw std::runtime_error("nobody is there to ask: --yes deletes " + email
                             + " without it");
  return normal_email(ask(io, "This deletes " + email
                                  + " and everything of theirs. Type the "
                                    "address again to do it"))
         == email;
}

void delete_user(const command& what, const console& io) {
  const auto db = open_existing(what, io);
  const auto account = expect_account(*db, what);
  if (!is_sure(what, io, account.email)) {
    io.out << "nothing was deleted\n";
    return;
  }
  {
    progress_line line{io, what.quiet};
    for (std::uint64_t done = 0; !db->delete_account(account.id, rows_at_once);)
      line.show("rows", done += rows_at_once, 0);
  }
  io.out << account.email << " is deleted; a running server follows soon\n";
}

void write_json(const protocol::account& account, std::ostream& out) {
  protocol::json_writer line;
  line.begin_object()
      .field("uid", to_string(account.id))
      .field("email", account.email)
      .field("roles", account.roles)
      .field("registered", protocol::to_iso(account.registered, false))
      .field("disabled", account.disabled)
      .end_object();
  out << line.take() << '\n';
}

using row = std::array<std::string, 5>;

row row_of(const protocol::account& account) {
  std::string roles;
  for (const auto& role : account.roles)
    roles += (roles.empty() ? "" : ",") + role;
  return {to_string(account.id), account.email, roles,
          protocol::to_iso(account.registered, false),
          account.disabled ? "yes" : "no"};
}

void write_table(const std::vector<protocol::account>& accounts,
                 std::ostream& out) {
  std::vector<row> rows{{"UID", "EMAIL", "ROLES", "REGISTERED", "DISABLED"}};
  std::ranges::transform(accounts, std::back_inserter(rows), row_of);
  std::array<std::size_t, 5> widths{};
  for (const auto& each : rows)
    for (std::size_t i = 0; i < each.size(); ++i)
      widths[i] = std::max(widths[i], each[i].size());
  for (const auto& each : rows) {
    std::string line;
    for (std::size_t i = 0; i < each.size(); ++i)
      line += each[i] + std::string(widths[i] - each[i].size() + 2, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
}

void list_users(const command& what, const console& io) {
  const auto db = open_existing(what, io);
  const auto accounts = db->accounts();
  if (!what.json)
    return write_table(accounts, io.out);
  for (const auto& account : accounts)
    write_json(account, io.out);
}

bool makes_hashes(kind what) {
  return what == kind::user_add || what == kind::user_passwd
         || what == kind::user_import;
}

void run(const command& what, const console& io, protocol::timestamp now) {
  if (makes_hashes(what.what)
      && what.options.node.cost == password_cost::minimum)
    io.err << "convoy: --password-cost=min makes hashes that are easily "
              "guessed: for tests only\n";
  switch (what.what) {
  case kind::user_add:
    return add_user(what, io, now);
  case kind::user_list:
    return list_users(what, io);
  case kind::user_passwd:
    return set_password(what, io);
  case kind::user_import:
    return import_users(what, io, now);
  case kind::user_disable:
    return set_disabled(what, io, true);
  case kind::user_enable:
    return set_disabled(what, io, false);
  case kind::user_delete:
    return delete_user(what, io);
  case kind::user_role:
    return set_role(what, io);
  default:
    break;
  }
  throw std::logic_error("not a command for users");
}

} // namespace

int run_user_command(const command& what, const console& io,
                     protocol::timestamp now) {
  return run_and_explain(io, [&] { run(what, io, now); });
}

} // namespace convoy::actors::command_line

// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/convos_import.hpp"

#include "actors/command_line/convos_home.hpp"
#include "actors/command_line/convos_logs.hpp"
#include "actors/command_line/convos_records.hpp"
#include "actors/command_line/progress_line.hpp"
#include "actors/command_line/store_access.hpp"
#include "actors/secrets.hpp"
#include "actors/site_wish.hpp"

#include <algorithm>
#include <memory>
#include <ostream>
#include <stdexcept>

namespace convoy::actors::command_line {

namespace {

namespace fs = std::filesystem;

class importer {
public:
  importer(const command& what, const console& io, protocol::timestamp now)
      : what_(what), io_(io), now_(now), home_(what.convos_home) {
    // nop
  }

  void run();

private:
  void open_store();
  bool is_here(const std::string& email);
  void import_user(convos_user& user);
  /// Reads all of the logs; false when the user is here already.
  bool take_in(convos_user& user, convos_logs& logs);
  bool count_only(convos_user& user, convos_logs& logs);
  std::optional<store::file_record> next_file(const convos_user& user);
  void check_password(protocol::account& account);
  void import_profiles();
  void import_settings();
  void complain(const std::string& problem);
  void show(const convos_logs& logs);

  const command& what_;
  const console& io_;
  protocol::timestamp now_;
  fs::path home_;
  std::unique_ptr<store_lock> lock_;
  /// Null when nothing is to be written and there is no store yet.
  std::unique_ptr<store::database> store_;
  std::unique_ptr<progress_line> line_;
  std::size_t files_begun_ = 0; ///< of the user at hand
  std::size_t files_ = 0;       ///< of those, which could be read
  std::size_t left_out_ = 0;    ///< users who could not be taken in
};

void importer::complain(const std::string& problem) {
  line_.reset();
  io_.err << "convoy: " << problem << '\n';
}

void importer::show(const convos_logs& logs) {
  if (!line_)
    line_ = std::make_unique<progress_line>(io_, what_.quiet);
  line_->show("messages", logs.given(), logs.expected());
}

void importer::open_store() {
  if (what_.dry_run) {
    const auto path = store_path(what_.options.store);
    if (path.empty() || !fs::exists(path)
        || !fs::exists(what_.options.key_file))
      return;
  } else {
    prepare_store(what_.options);
    lock_ = std::make_unique<store_lock>(what_.options.store);
  }
  store_ = std::make_unique<store::database>(prepare_store(what_.options));
  if (!what_.dry_run)
    store_->migrate(progress_line{io_, what_.quiet}.schema_teller());
}

bool importer::is_here(const std::string& email) {
  return store_ && store_->find_account(email);
}

void importer::check_password(protocol::account& account) {
  if (can_verify(account.password_hash))
    return;
  account.password_hash.clear();
  complain(account.email
           + ": the password is stored in a way that is not known here; set "
             "one with `convoy user passwd`, or let an admin make a link");
}

std::optional<store::file_record> importer::next_file(const convos_user& user) {
  while (files_begun_ < user.files.size()) {
    auto file = read_convos_upload(
        user.files[files_begun_++],
        [this](const std::string& problem) { complain(problem); });
    if (!file)
      continue;
    ++files_;
    return file;
  }
  return std::nullopt;
}

bool importer::take_in(convos_user& user, convos_logs& logs) {
  const auto events = [&] {
    auto result = logs.next();
    show(logs);
    if (result.empty())
      logs.finish(user.state);
    return result;
  };
  return store_->take_in(user.state, events, [&] { return next_file(user); });
}

bool importer::count_only(convos_user& user, convos_logs& logs) {
  while (!logs.next().empty())
    show(logs);
  while (next_file(user)) {
    // nop
  }
  return true;
}

void importer::import_user(convos_user& user) {
  auto& account = user.state.account;
  files_begun_ = 0;
  files_ = 0;
  if (is_here(account.email)) {
    io_.out << account.email << ": is here already, left as it is\n";
    return;
  }
  const auto wished = account.id;
  account.stream = random_stream_id();
  if (account.registered == protocol::timestamp{})
    account.registered = now_;
  check_password(account);
  convos_logs logs{user, [this](const std::string& problem) {
                     complain(problem);
                   }};
  if (what_.dry_run)
    count_only(user, logs);
  else if (!take_in(user, logs))
    throw std::runtime_error(account.email + ": is here already");
  line_.reset();
  std::size_t conversations = 0;
  for (const auto& connection : user.state.connections)
    conversations += connection.conversations.size();
  io_.out << account.email << ": ";
  if (!what_.dry_run)
    io_.out << "user " << to_string(account.id) << ", ";
  io_.out << user.state.connections.size() << " connections, " << conversations
          << " conversations, " << with_commas(logs.given()) << " messages, "
          << files_ << " files";
  if (logs.unreadable() > 0)
    io_.out << "; " << with_commas(logs.unreadable())
            << " lines were no messages";
  io_.out << '\n';
  if (!what_.dry_run && account.id != wished && !user.files.empty())
    complain(account.email + ": was user " + to_string(wished)
             + ", so links to files in old messages lead nowhere");
}

void importer::import_profiles() {
  const auto folder = home_ / "settings" / "connections";
  if (!fs::is_directory(folder))
    return;
  const auto known = what_.dry_run ? std::vector<protocol::connection_profile>{}
                                   : store_->profiles();
  for (const auto& entry : fs::directory_iterator{folder}) {
    const auto& path = entry.path();
    const auto id = path.stem().string();
    if (path.extension() != ".json" || id.starts_with('.'))
      continue;
    const auto read = read_convos_profile(read_whole(path), id);
    for (const auto& problem : read.problems)
      complain(path.string() + problem.path + ": " + problem.message);
    if (!read.problems.empty())
      continue;
    if (std::ranges::count(known, id, &protocol::connection_profile::id) != 0) {
      io_.out << "connection profile " << id << ": is here already\n";
      continue;
    }
    if (!what_.dry_run)
      store_->put_profile(read.record);
    io_.out << "connection profile " << id << '\n';
  }
}

void importer::import_settings() {
  const auto path = home_ / "settings.json";
  if (!fs::exists(path))
    return;
  const auto read = read_convos_settings(read_whole(path));
  for (const auto& problem : read.problems)
    complain(path.string() + problem.path + ": " + problem.message);
  if (!read.problems.empty())
    return;
  if (!what_.dry_run && !store_->site().empty()) {
    io_.out << "settings: are set here already\n";
    return;
  }
  if (!what_.dry_run)
    store_->put_site(encode_stored(read.record.site, read.record.names));
  io_.out << "settings\n";
}

void importer::run() {
  std::size_t problems = 0;
  const auto users = [&] {
    return read_convos_home(home_, [&](const std::string& problem) {
      ++problems;
      complain(problem);
    });
  };
  auto found = users();
  open_store();
  for (auto& user : found)
    try {
      import_user(user);
    } catch (const std::exception& error) {
      ++left_out_;
      complain(user.state.account.email + ": " + error.what());
    }
  import_profiles();
  import_settings();
  if (what_.dry_run)
    io_.out << "nothing was written\n";
  if (problems + left_out_ > 0)
    throw std::runtime_error("not everything was imported");
}

} // namespace

void import_convos(const command& what, const console& io,
                   protocol::timestamp now) {
  importer{what, io, now}.run();
}

} // namespace convoy::actors::command_line

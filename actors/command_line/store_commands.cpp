// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/store_commands.hpp"

#include "actors/command_line/convos_import.hpp"
#include "actors/command_line/fleet_options.hpp"
#include "actors/command_line/move_store.hpp"
#include "actors/command_line/new_file.hpp"
#include "actors/command_line/progress_line.hpp"
#include "actors/command_line/source.hpp"
#include "actors/command_line/store_access.hpp"
#include "actors/command_line/user_export.hpp"
#include "actors/secrets.hpp"
#include "actors/store/copy.hpp"
#include "actors/store/verification.hpp"

#include <filesystem>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <unistd.h>

namespace convoy::actors::command_line {

namespace {

using kind = command::kind;

std::string key_beside(const std::string& backup) {
  return backup + ".key";
}

/// A store that is no file has nothing to copy.
std::string path_on_disk(const serve_options& options) {
  expect_store(options);
  auto path = store_path(options.store);
  if (path.empty())
    throw std::runtime_error(
        shown_store(options.store)
        + (is_shared(options.store)
               ? ": a store on a server is backed up with pg_dump, or copied"
                 " with `convoy move-store`"
               : ": this store is not on disk"));
  return path;
}

std::string text_of(const std::string& path) {
  std::string result;
  if (const auto why = read_file(path, result); !why.empty())
    throw std::runtime_error(path + ": " + why);
  return result;
}

bool same_text(const std::string& a, const std::string& b) {
  return std::filesystem::exists(a) && text_of(a) == text_of(b);
}

/// The key that must be there, for another would open nothing.
std::string key_of(const serve_options& options) {
  if (!std::filesystem::exists(options.key_file))
    throw std::runtime_error("key file " + options.key_file
                             + ": there is none, and the secrets of a store "
                               "open with its own key only");
  return load_or_make_key(options.key_file);
}

void expect_whole(const store::store_options& options, const std::string& name,
                  progress_line& line) {
  line.announce("Checking the copy");
  const auto found = store::verify(options, line.teller());
  std::vector<std::string> problems;
  for (const auto& problem : found.problems)
    problems.push_back(name + ": " + problem);
  if (!problems.empty())
    throw several_problems{std::move(problems)};
}

void forget_log_of(const std::string& store) {
  for (const auto* end : {"-wal", "-shm"})
    ::unlink((store + end).c_str());
}

/// Leaves nothing of a store that is about to be replaced in its log, which
/// SQLite would take for that of the new one.
void settle(const store::store_options& options, const std::string& path) {
  if (!std::filesystem::exists(path))
    return;
  try {
    store::database{options}.ping();
  } catch (const store::store_error&) {
    // It is damaged, which may be why it is replaced.
  }
  forget_log_of(path);
}

} // namespace

void back_up(const command& what, const console& io) {
  const auto path = path_on_disk(what.options);
  new_file copy{what.backup_file, what.force};
  std::optional<new_file> key;
  if (what.with_key) {
    // Not any file will do.
    key_of(what.options);
    key.emplace(key_beside(what.backup_file), what.force);
  }
  {
    progress_line line{io, what.quiet};
    store::copy_database(path, copy.path(), line.teller());
  }
  if (key)
    key->write(text_of(what.options.key_file));
  copy.keep();
  if (key)
    key->keep();
  const auto size = std::filesystem::file_size(what.backup_file);
  io.out << path << " is copied to " << what.backup_file << ", "
         << with_commas(size) << " bytes\n";
  if (!what.with_key)
    io.err << "convoy: the key " << what.options.key_file
           << " is not in the copy: keep one of it, too, in another place\n";
}

void restore(const command& what, const console& io) {
  const auto& from = what.backup_file;
  if (!std::filesystem::exists(from))
    throw std::runtime_error(from + ": there is no such file");
  const auto path = store_path(what.options.store);
  if (path.empty())
    throw std::runtime_error(
        shown_store(what.options.store)
        + (is_shared(what.options.store)
               ? ": a store on a server is restored with pg_restore, or filled"
                 " with `convoy move-store`"
               : ": this store is not on disk"));
  make_folder_of(path);
  const store_lock ours{what.options.store};
  new_file store{path, what.force};
  std::optional<new_file> key;
  auto options = what.options;
  if (what.with_key && !same_text(options.key_file, key_beside(from))) {
    make_folder_of(options.key_file);
    key.emplace(options.key_file, what.force);
    key->write(text_of(key_beside(from)));
    options.key_file = key->path();
  }
  const auto secret = key_of(options);
  {
    progress_line line{io, what.quiet};
    store::copy_database(from, store.path(), line.teller());
    expect_whole({"sqlite:" + store.path(), true, secret}, from, line);
  }
  forget_log_of(store.path());
  settle({what.options.store, true, secret}, path);
  if (key)
    key->keep();
  store.keep();
  io.out << from << " is restored to " << path << '\n';
}

void verify_store(const command& what, const console& io) {
  expect_store(what.options);
  const store::store_options options{
      what.options.store, what.options.store_full_sync, key_of(what.options)};
  store::verdict found;
  {
    progress_line line{io, what.quiet};
    line.announce("Checking the file");
    found = store::verify(options, line.teller());
  }
  const auto name = shown_store(what.options.store);
  if (!found.problems.empty()) {
    for (auto& problem : found.problems)
      problem = name + ": " + problem;
    throw several_problems{std::move(found.problems)};
  }
  io.out << name << " is whole\n";
  if (found.schema < found.known_schema)
    io.out << "its schema " << found.schema << " becomes " << found.known_schema
           << " at the next start\n";
}

int run_store_command(const command& what, const console& io,
                      protocol::timestamp now) {
  return run_and_explain(io, [&] {
    switch (what.what) {
    case kind::backup:
      return back_up(what, io);
    case kind::restore:
      return restore(what, io);
    case kind::verify:
      return verify_store(what, io);
    case kind::move_store:
      return move_store(what, io);
    case kind::export_user:
      return export_user(what, io, now);
    case kind::import_convos:
      return import_convos(what, io, now);
    default:
      throw std::logic_error("not a command for stores");
    }
  });
}

} // namespace convoy::actors::command_line

// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/move_store.hpp"

#include "actors/command_line/fleet_options.hpp"
#include "actors/command_line/progress_line.hpp"
#include "actors/command_line/store_access.hpp"
#include "actors/secrets.hpp"
#include "actors/store/transfer.hpp"

#include <filesystem>
#include <optional>
#include <ostream>
#include <stdexcept>

namespace convoy::actors::command_line {

namespace {

/// Throws when a node says that it uses the store.
void expect_unused(const store::store_options& options) {
  if (const auto nodes = store::nodes_of(options); nodes > 0)
    throw std::runtime_error(
        shown_store(options.url) + ": " + std::to_string(nodes)
        + (nodes == 1 ? " node uses" : " nodes use")
        + " this store; stop it first, or wait for the end of its lease");
}

/// The key that opens the store which is there.
std::string key_of(const serve_options& options) {
  if (!std::filesystem::exists(options.key_file))
    throw std::runtime_error("key file " + options.key_file
                             + ": there is none; --key-file says where the"
                               " store's own key is");
  return load_or_make_key(options.key_file);
}

} // namespace

void move_store(const command& what, const console& io) {
  const auto& from = what.options.store;
  const auto& to = what.to_store;
  if (from == to)
    throw std::runtime_error("FROM and TO are the same store");
  expect_store(what.options);
  const auto key = key_of(what.options);
  const store::store_options source{from, true, key};
  const store::store_options target{to, true, key};
  std::optional<store_lock> ours;
  if (!what.running) {
    ours.emplace(from);
    expect_unused(source);
    store::database{source}.migrate();
  }
  make_folder_of(store_path(to));
  const store_lock theirs{to};
  expect_unused(target);
  store::transferred copied;
  {
    progress_line line{io, what.quiet};
    copied = store::transfer(source, target, line.teller());
  }
  io.out << shown_store(from) << " is copied to " << shown_store(to) << ": "
         << with_commas(copied.users) << " users, "
         << with_commas(copied.events) << " events, "
         << with_commas(copied.rows)
         << " rows in all, each compared with what was read\n";
  if (copied.cleaned > 0)
    io.err << "convoy: " << with_commas(copied.cleaned)
           << " texts were not UTF-8 or had a NUL, which PostgreSQL does not"
              " keep; they were cleaned\n";
  if (what.running)
    io.err << "convoy: what was written since this began is not in the copy\n";
  io.err << "convoy: the copy opens with the key " << what.options.key_file
         << " only: keep it\n";
}

} // namespace convoy::actors::command_line

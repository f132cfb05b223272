// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/options.hpp"
#include "actors/store/store.hpp"

#include <string>

namespace convoy::actors::command_line {

/// Where a store of that URL keeps its key when nothing else is said:
/// `convoy.key` beside it; in the folder `data` when it is on a server.
std::string default_key_file(const std::string& store_url);

/// The path of a store, "" when it is none on disk.
std::string store_path(const std::string& store_url);

/// A store's URL as people may see it: without what may be secret.
std::string shown_store(const std::string& store_url);

/// How to open the store, with the key that seals its secrets. The folders of
/// both are made when they are not there, and so is the key. Throws with the
/// path and the reason.
store::store_options prepare_store(const serve_options& options);

/// Throws when there is no store: a mistyped path must not become a new one.
void expect_store(const serve_options& options);

/// Keeps a store for one server, or for one command that puts another in its
/// place: by a lock on the file `STORE.lock` beside it, which goes with the
/// process. Other commands may use the store all the same.
class store_lock {
public:
  /// Throws when somebody has it, and says who.
  explicit store_lock(const std::string& store_url);
  ~store_lock();
  store_lock(const store_lock&) = delete;
  store_lock& operator=(const store_lock&) = delete;

private:
  int file_ = -1;
};

/// Makes the folders of a file when they are not there.
void make_folder_of(const std::string& file);

} // namespace convoy::actors::command_line

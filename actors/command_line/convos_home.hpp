// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/store.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace convoy::actors::command_line {

/// Told of whatever could not be taken in, with its place.
using complaint = std::function<void(const std::string&)>;

/// What is in a folder, by name; nothing when it is none. Throws with the path
/// and the reason.
std::vector<std::filesystem::path>
entries_of(const std::filesystem::path& folder);

/// The whole content of a file. Throws with the path and the reason.
std::string read_whole(const std::filesystem::path& path);

/// One user as Convos keeps them: a folder with `user.json`.
struct convos_user {
  std::filesystem::path folder;
  store::user_state state; ///< with connections and conversations
  std::vector<std::filesystem::path> files; ///< `upload/ID.json`
};

/// All users of a CONVOS_HOME, by their uid. Who has a file that cannot be read
/// is left out, and `complain` is told why. Throws when there is no such folder
/// or no user in it.
std::vector<convos_user> read_convos_home(const std::filesystem::path& home,
                                          const complaint& complain);

/// A file with its content; nothing, and a complaint, when it cannot be read.
std::optional<store::file_record>
read_convos_upload(const std::filesystem::path& json,
                   const complaint& complain);

} // namespace convoy::actors::command_line

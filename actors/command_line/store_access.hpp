// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/options.hpp"
#include "actors/store/store.hpp"

#include <string>

namespace convoy::actors::command_line {

/// Where a store of that URL keeps its key when nothing else is said:
/// `convoy.key` beside it.
std::string default_key_file(const std::string& store_url);

/// The path of a store, "" when it is none on disk.
std::string store_path(const std::string& store_url);

/// How to open the store, with the key that seals its secrets. The folders of
/// both are made when they are not there, and so is the key. Throws with the
/// path and the reason.
store::store_options prepare_store(const serve_options& options);

} // namespace convoy::actors::command_line

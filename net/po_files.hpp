// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/dictionaries.hpp"

#include <filesystem>
#include <string>

namespace convoy::net {

/// Adds the dictionary of every `CODE.po` in a folder (GNU gettext); messages
/// without a translation, fuzzy and obsolete ones are left out. "" when all is
/// well, else a sentence that names the file, the line and what is wrong.
std::string read_po_files(const std::filesystem::path& folder,
                          protocol::dictionaries& to);

} // namespace convoy::net

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/progress.hpp"

#include <string>

namespace convoy::actors::store {

/// Copies the SQLite file `from` as it is at one moment, with what is committed
/// but still in its log, into the new file `to`, which is one file with mode
/// 0600 and on the disk when this returns. Whoever writes to `from` meanwhile
/// does not wait. Throws `store_error` with the path and the reason, and leaves
/// nothing then.
void copy_database(const std::string& from, const std::string& to,
                   const progress& tell);

} // namespace convoy::actors::store

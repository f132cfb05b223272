// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/node.hpp"
#include "actors/store/store.hpp"

namespace convoy::actors {

/// Has it written down that a session, or an API token, is used now; at most
/// once a minute.
void note_use(const node& home, const store::session_record& session);
void note_use(const node& home, const store::api_token& token);

} // namespace convoy::actors

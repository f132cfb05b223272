// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <caf/fwd.hpp>

namespace convoy::actors {

/// From here on a message that `self` has no handler for is logged and refused,
/// and an error that nobody waits for is logged: neither ends the actor, as it
/// would by CAF's defaults.
void survive_strays(caf::scheduled_actor* self);

} // namespace convoy::actors

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace convoy::net {

/// Whether this is the first process of a container.
bool is_first_process();

/// Goes on as a child of this process, which then only hands signals on to it,
/// reaps what is left of others and ends as the child does. The kernel lets
/// nobody in a container kill its first process, so that `lease_guard` could
/// not. To be called before there is any thread; throws `std::system_error`.
void go_on_as_child();

} // namespace convoy::net

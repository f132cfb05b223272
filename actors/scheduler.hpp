// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <caf/fwd.hpp>

namespace boost::asio {
class io_context;
}

namespace convoy::actors {

/// Makes systems of `config` run their actors on the threads that run
/// `context`, beside the sockets, in place of worker threads of CAF's own
/// (design §2). The context must outlive the system. When the system is
/// destroyed, what is still queued is run to its end: by the context's threads,
/// or, when these have been joined, by the destroying thread.
void run_actors_on(boost::asio::io_context& context,
                   caf::actor_system_config& config);

} // namespace convoy::actors

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

namespace convoy::net {

/// How this process is doing, as the kernel says (proc(5)); 0 where it does not
/// say.
struct process_figures {
  double cpu_seconds = 0; ///< of all threads, user and system
  double resident_bytes = 0;
  double virtual_bytes = 0;
  double open_files = 0;
  double max_files = 0; ///< as the process is limited now
  double started = 0;   ///< seconds since the Unix epoch
  double threads = 0;
};

process_figures read_process_figures();

/// Those that people look at, by name.
std::vector<std::pair<const char*, double>> list_process_figures();

/// One socket is one file: from now on as many as we may have may be open.
void raise_file_limit();

/// The cores that the process may run on, which a container or `taskset` may
/// have made fewer; at least 1.
unsigned usable_cores();

} // namespace convoy::net

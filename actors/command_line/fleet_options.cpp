// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/fleet_options.hpp"

#include "actors/command_line/values.hpp"

#include <array>
#include <unistd.h>

namespace convoy::actors::command_line {

bool is_shared(std::string_view store_url) {
  return store_url.starts_with("postgresql:")
         || store_url.starts_with("postgres:");
}

std::string host_name() {
  std::array<char, 256> text{};
  std::string result;
  if (::gethostname(text.data(), text.size() - 1) != 0
      || !read_node_id(text.data(), result).empty())
    return {};
  return result;
}

std::vector<std::string> contradictions(const serve_options& options) {
  std::vector<std::string> result;
  if (!options.bus.empty() && !is_shared(options.store))
    result.emplace_back("--bus: the nodes of a fleet share a store, so --store"
                        " must be postgresql://…");
  if (options.bus.empty() && !options.bus_ca_file.empty())
    result.emplace_back("--bus-ca-file: there is no --bus");
  if (options.bus.empty() && !options.bus_credentials_file.empty())
    result.emplace_back("--bus-credentials-file: there is no --bus");
  if (options.node_id.empty() && is_shared(options.store))
    result.emplace_back("--node-id: the name of this host is not fit to be"
                        " one");
  if (!options.store_replica.empty()
      && !(is_shared(options.store) && is_shared(options.store_replica)))
    result.emplace_back("--store-replica: it follows a store on a server, so"
                        " both must be postgresql://…");
  return result;
}

} // namespace convoy::actors::command_line

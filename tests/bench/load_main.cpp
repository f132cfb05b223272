// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/load.hpp"

#include <fmt/format.h>

#include <exception>
#include <map>
#include <string>

/// `bench_load KIND --key=value … -- SERVER…`: starts a server, puts it under a
/// kind of load and prints what was measured as one line of JSON.
int main(int argc, char** argv) {
  using namespace convoy::bench;
  const std::map<std::string, std::unique_ptr<load> (*)(int, char**)> kinds{
      {"ping", make_ping_load},
      {"stream", make_stream_load},
      {"idle", make_idle_load},
  };
  try {
    const auto kind = kinds.find(argc > 1 ? argv[1] : "");
    if (kind == kinds.end())
      throw std::invalid_argument("the load is ping, stream or idle");
    const auto chosen = kind->second(argc - 1, argv + 1);
    std::string fields;
    for (const auto& [name, value] : chosen->run())
      fields +=
          fmt::format("{}\"{}\":{}", fields.empty() ? "" : ",", name, value);
    fmt::print("{{{}}}\n", fields);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_load: {}\n", error.what());
    return 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
#include "actors/schema_log.hpp"

#include "net/log.hpp"

#include <string>

namespace convoy::actors {

namespace {

constexpr std::chrono::seconds between_words{5};

} // namespace

void schema_log::tell(std::size_t step, std::size_t done, std::size_t all) {
  const auto now = clock_();
  const auto number = std::to_string(step);
  if (all == 0) {
    net::log::warning("schema-step-waits",
                      {{"step", number},
                       {"tries", std::to_string(done)},
                       {"reason", "others have what it would change"}});
  } else if (done == 0) {
    begun_ = now;
    said_ = now;
    net::log::info("schema-step-begins", {{"step", number}});
  } else if (done == all) {
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(now - begun_);
    net::log::info("schema-step",
                   {{"step", number}, {"ms", std::to_string(took.count())}});
  } else if (now - said_ >= between_words) {
    said_ = now;
    net::log::info("schema-step-goes-on", {{"step", number},
                                           {"done", std::to_string(done)},
                                           {"of", std::to_string(all)}});
  }
}

} // namespace convoy::actors

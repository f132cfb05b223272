// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/progress_line.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>

namespace convoy::actors::command_line {

namespace {

constexpr std::chrono::seconds silence{1};
constexpr std::chrono::milliseconds pause{100};

} // namespace

progress_line::progress_line(const console& io, bool quiet)
    : io_(io), enabled_(io.err_is_watched && !quiet) {
  if (enabled_)
    begun_ = io_.clock();
}

progress_line::~progress_line() {
  wipe();
}

void progress_line::announce(std::string_view text) {
  if (!enabled_)
    return;
  wipe();
  visible_ = true;
  shown_ = io_.clock();
  io_.err << text << " ..." << std::flush;
}

void progress_line::show(std::string_view what, std::uint64_t done,
                         std::uint64_t all) {
  if (!enabled_)
    return;
  const auto now = io_.clock();
  if (what != what_) {
    what_ = what;
    begun_ = now;
    before_ = done;
  }
  const auto passed = now - begun_;
  if (passed < silence || (visible_ && now - shown_ < pause))
    return;
  wipe();
  shown_ = now;
  visible_ = true;
  const std::chrono::duration<double> seconds = passed;
  const auto rate =
      static_cast<double>(done - std::min(before_, done)) / seconds.count();
  if (all > 0)
    io_.err << std::min<std::uint64_t>(done * 100 / all, 100) << "%  "
            << with_commas(done) << " of " << with_commas(all);
  else
    io_.err << with_commas(done);
  io_.err << ' ' << what << ", "
          << with_commas(static_cast<std::uint64_t>(rate)) << "/s"
          << std::flush;
}

store::progress progress_line::teller() {
  return [this](std::string_view what, std::uint64_t done, std::uint64_t all) {
    show(what, done, all);
  };
}

store::schema_told progress_line::schema_teller() {
  // There is nothing in a new store that could take long.
  return [this, is_new = false](std::size_t step, std::size_t done,
                                std::size_t all) mutable {
    is_new = is_new || step == 1;
    if (all == 0)
      announce("Schema step " + std::to_string(step)
               + " waits for others who use the store");
    else if (!is_new && done < all)
      announce("Schema step " + std::to_string(step) + ", "
               + std::to_string(done + 1) + " of " + std::to_string(all));
  };
}

void progress_line::wipe() {
  if (!visible_)
    return;
  // Back to the line's begin, and erase to its end (ECMA-48 EL).
  io_.err << "\r\x1b[K" << std::flush;
  visible_ = false;
}

std::string with_commas(std::uint64_t number) {
  auto result = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(result.size()) - 3; at > 0;
       at -= 3)
    result.insert(static_cast<std::size_t>(at), ",");
  return result;
}

} // namespace convoy::actors::command_line

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/console.hpp"
#include "actors/store/progress.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace convoy::actors::command_line {

/// How far a long task is, for people: one line, written over again and again,
/// with the share that is done and how many a second. There is none in the
/// first second, nor where nobody watches.
class progress_line {
public:
  progress_line(const console& io, bool quiet);
  /// Takes the line away.
  ~progress_line();
  progress_line(const progress_line&) = delete;
  progress_line& operator=(const progress_line&) = delete;

  /// What is done, at once: nobody knows how far it will be in a second.
  void announce(std::string_view text);
  /// `done` of `all` (0 when nobody knows) of what is called `what`.
  void show(std::string_view what, std::uint64_t done, std::uint64_t all);
  /// To be told.
  store::progress teller();
  /// To be told what brings the schema up to date.
  store::schema_told schema_teller();

private:
  void wipe();

  const console& io_;
  bool enabled_ = false;
  protocol::instant begun_{}; ///< of this kind of thing
  protocol::instant shown_{}; ///< the last time
  std::string what_;
  std::uint64_t before_ = 0; ///< done when it began
  bool visible_ = false;
};

/// `12345678` as `12,345,678`.
std::string with_commas(std::uint64_t number);

} // namespace convoy::actors::command_line

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/fact.hpp"

#include <string>
#include <vector>

namespace convoy::history {

/// The promises of design §1 that a history can break, and one more.
enum class promise {
  committed_before_shown, ///< P1
  numbered_once,          ///< P2
  resumed,                ///< P3
  answered_once,          ///< P4
  one_connection,         ///< P5
  soon_back,              ///< P6
  counted,                ///< unread and notifications are what the journal has
};

/// `P1` … `P6`, or `counters`
const char* to_string(promise which) noexcept;

/// A promise that was not kept.
struct violation {
  promise broken{};
  std::string user;
  event_number seq = 0; ///< of the event it is about, or 0
  std::string nonce;    ///< of the `send` it is about, or ""
  std::string evidence; ///< a sentence: who saw what, and when
};

/// `P2 ann seq 17: …`
std::string to_string(const violation& one);

/// Everything in a whole run that breaks a promise; empty when all was kept.
/// The facts hold what was in the store at the end (`settled`). Without a kill
/// nothing may be missing; a kill excuses what was in flight.
std::vector<violation> check(const std::vector<fact>& facts);

} // namespace convoy::history

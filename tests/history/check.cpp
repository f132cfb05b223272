// SPDX-License-Identifier: Apache-2.0
#include "tests/history/check.hpp"

#include "tests/history/evidence.hpp"

namespace convoy::history {

const char* to_string(promise which) noexcept {
  switch (which) {
  case promise::committed_before_shown:
    return "P1";
  case promise::numbered_once:
    return "P2";
  case promise::resumed:
    return "P3";
  case promise::answered_once:
    return "P4";
  case promise::one_connection:
    return "P5";
  case promise::soon_back:
    return "P6";
  case promise::counted:
    return "counters";
  }
  return "";
}

std::string to_string(const violation& one) {
  std::string result = to_string(one.broken);
  result += ' ' + one.user;
  if (one.seq != 0)
    result += " seq " + std::to_string(one.seq);
  if (!one.nonce.empty())
    result += " nonce " + one.nonce;
  return result + ": " + one.evidence;
}

std::vector<violation> check(const std::vector<fact>& facts) {
  const evidence all(facts);
  std::vector<violation> found;
  check_stream(all, found);
  check_sessions(all, found);
  check_lines(all, found);
  check_sends(all, found);
  check_homes(all, found);
  check_counters(all, found);
  return found;
}

} // namespace convoy::history

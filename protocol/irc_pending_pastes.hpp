// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_waiters.hpp"
#include "protocol/time.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>

namespace convoy::protocol {

/// A message whose text was too long: it waits for the URL that is sent in its
/// stead.
struct irc_pending_paste {
  std::uint64_t id = 0; ///< given when it is added
  irc_asker who;
  std::string conversation_id; ///< where the person wrote it
  std::string target;
  const char* command = "PRIVMSG"; ///< a literal
  bool action = false;
  std::string reply_to; ///< msgid, or ""
  instant deadline{};
};

/// The messages of a connection that wait for their URL.
class irc_pending_pastes {
public:
  /// More are refused.
  static constexpr std::size_t limit = 8;

  /// The id that it got; nothing when there are too many.
  std::optional<std::uint64_t> add(irc_pending_paste paste);
  /// Takes it out; nothing when it does not wait any more.
  std::optional<irc_pending_paste> take(std::uint64_t id);
  /// Takes out one whose deadline has come.
  std::optional<irc_pending_paste> expired(instant now);
  std::optional<instant> deadline() const noexcept;
  /// Takes all out, oldest first.
  std::list<irc_pending_paste> clear() noexcept;

private:
  std::list<irc_pending_paste> waiting_;
  std::uint64_t ids_ = 0;
};

} // namespace convoy::protocol

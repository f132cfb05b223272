// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_message.hpp"
#include "protocol/time.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// What may have been said in a conversation while we were not there, and how
/// far the server's history has told it since (IRCv3 chathistory).
struct irc_gap {
  std::string name;      ///< of the conversation, as the server is asked
  timestamp from{};      ///< when we were last there
  timestamp until{};     ///< when we were there again
  timestamp after{};     ///< of the newest message that is known
  std::string msgid;     ///< its id, "" when it has none
  bool by_time = false;  ///< the server did not know the id
  std::size_t pages = 0; ///< that were asked for
  std::size_t lines = 0; ///< of the page that is coming
  bool met = false;      ///< a line of it had come live already
};

/// Marks of the newest messages of a conversation: what a replay repeats is
/// known by them.
class irc_seen {
public:
  /// So many are kept; older ones are forgotten.
  static constexpr std::size_t limit = 128;

  void add(std::uint64_t mark);
  bool contains(std::uint64_t mark) const noexcept;

private:
  std::vector<std::uint64_t> ring_;
  std::size_t next_ = 0;
};

/// The mark of a message from the server: of its id (IRCv3 message-ids), else
/// of its time, sender and text.
std::uint64_t mark_of(const irc_message& line, timestamp time);
/// The mark of a message of our own that the server does not echo, so that
/// neither its time nor its id is known.
std::uint64_t mark_of_own(std::string_view text);

} // namespace convoy::protocol

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_message.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// Lines from a server that belong together (IRCv3 batch).
struct irc_batch {
  std::string reference;
  std::string type; ///< "netsplit", "chathistory", …
  std::vector<std::string> params;
  std::string parent; ///< reference of the batch that it is in, or ""
  /// Of the command of ours that it answers (IRCv3 labeled-response), its own
  /// or that of a batch around it; "" when it answers none.
  std::string label;
  /// What is in it was said earlier: it is of a history batch, or in one.
  bool playback = false;
  /// Its messages are parts of one (draft/multiline): they are kept until it
  /// ends.
  bool collects = false;
  std::size_t depth = 1;         ///< 1: in no other
  irc_message opening;           ///< the BATCH line, whose tags are for all
  std::vector<irc_message> kept; ///< when it collects
  std::size_t bytes = 0;         ///< that it keeps
};

/// Whether a batch of that type is a replay of what was said earlier.
bool is_playback(std::string_view type) noexcept;
/// Whether it lists with whom there is something to replay (`CHATHISTORY
/// TARGETS`).
bool is_history_list(std::string_view type) noexcept;

/// The batches that a server has opened and not closed. What is beyond a bound
/// is no batch: its lines are then taken one by one.
class irc_batches {
public:
  /// More are not opened.
  static constexpr std::size_t max_open = 32;
  /// Batches in each other.
  static constexpr std::size_t max_depth = 8;
  /// Lines that one batch keeps.
  static constexpr std::size_t max_kept = 500;
  /// Bytes that one batch keeps.
  static constexpr std::size_t max_batch_bytes = 65'536;
  /// Bytes that all of them keep.
  static constexpr std::size_t max_bytes = 262'144;

  /// Opens the batch of the line `BATCH +reference type params…`. Nothing when
  /// it is none, is open already, or is one too many.
  const irc_batch* open(const irc_message& line);
  /// Closes the batch of the line `BATCH -reference` and hands it out; nothing
  /// when it is not open. Batches in it stay open.
  std::optional<irc_batch> close(const irc_message& line);
  /// The batch that `line` says it is in, or null.
  const irc_batch* find(const irc_message& line) const;
  /// Keeps a message of `batch`, which collects. False when there is no room:
  /// `take` what there is.
  bool keep(const irc_batch& batch, const irc_message& line);
  /// The kept messages as one, with what the opening line says of it; the batch
  /// is then empty and collects no more. Nothing when there are none.
  std::optional<irc_message> take(const irc_batch& batch);
  void clear() noexcept;

private:
  std::map<std::string, irc_batch, std::less<>> open_;
  std::size_t bytes_ = 0;
};

/// The messages that `batch` kept as one: the source and tags of the opening
/// line, and the texts with LF between them but where a line is tagged
/// `draft/multiline-concat`. Nothing when there are none.
std::optional<irc_message> join_lines(const irc_batch& batch);

} // namespace convoy::protocol

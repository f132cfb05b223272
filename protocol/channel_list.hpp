// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/ids.hpp"
#include "protocol/irc_session.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// The channels of one network as its users' servers have listed them, for
/// `/list` (spec/events-and-irc.md §4.6). What only members may know is shown
/// to them alone.
class channel_list {
public:
  /// Channels that are kept; further ones are left out.
  static constexpr std::size_t max_channels = 100'000;
  /// Bytes of names and topics that are kept.
  static constexpr std::size_t max_bytes = 33'554'432;
  /// Channels in one answer.
  static constexpr std::size_t max_shown = 200;

  /// `user` asked the server anew: what was known is forgotten.
  void begin(user_id user);
  /// A channel that `user`'s server listed.
  void add(user_id user, const irc_listed& channel);
  /// The server has listed all to `user`, or will not go on.
  void end(user_id user);

  /// The answer to `/list filter` as one JSON object:
  /// `{"conversations":[{"name","conversation_id","n_users","topic"}…],
  /// "n_conversations":n,"done":bool}`. Without a filter the largest channels
  /// come first; with `/pattern/flags` those whose name or topic holds the
  /// pattern, in any case of letters, by name, those with it in the name first;
  /// flag `n` is names only, `t` topics only. `n_conversations` counts all that
  /// `user` may see.
  std::string answer(user_id user, std::string_view filter) const;

  std::size_t size() const noexcept;

private:
  struct entry {
    std::string name;
    std::uint64_t users = 0;
    std::string topic;
    bool open = false;         ///< somebody who is not in it was told of it
    std::set<user_id> members; ///< who may see it anyway
  };

  std::map<std::string, entry, std::less<>> channels_; ///< by folded name
  std::size_t bytes_ = 0;
  std::set<user_id> listing_; ///< whose list is not complete
};

} // namespace convoy::protocol

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/loop.hpp"
#include "tests/bench/stream_socket.hpp"
#include "tests/bench/unique_fd.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace convoy::bench {

/// The synthetic IRC network: it registers who comes, lets everyone into any
/// channel, and tells users apart by their nicks, u1 to uN.
class irc_server final : public watcher {
public:
  /// @param listener a listening socket.
  /// @param users how many users will come.
  irc_server(loop& events, unique_fd listener, std::size_t users);
  ~irc_server() override;

  void ready(std::uint32_t events) override;
  /// Sends whole lines to the `user`th user, who must have joined.
  void send(std::size_t user, std::string_view lines);
  /// Users who were welcomed (001).
  [[nodiscard]] std::size_t registered() const {
    return registered_;
  }
  /// Users who are in a channel.
  [[nodiscard]] std::size_t joined() const {
    return joined_;
  }
  /// Monotonic time of the last welcome.
  [[nodiscard]] std::int64_t last_registration() const {
    return last_registration_;
  }

private:
  class link;

  void on_registered(std::size_t user, link& from);
  void on_joined() {
    ++joined_;
  }

  loop& loop_;
  unique_fd listener_;
  std::vector<std::unique_ptr<link>> links_;
  std::vector<link*> users_;
  std::size_t registered_ = 0;
  std::size_t joined_ = 0;
  std::int64_t last_registration_ = 0;
};

} // namespace convoy::bench

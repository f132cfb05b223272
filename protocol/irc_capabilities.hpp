// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// What a server can do beyond RFC 1459 and which of it was agreed on (IRCv3
/// capability negotiation, version 302). Names that are not of use here are
/// listed, but never asked for.
class irc_capabilities {
public:
  /// Names with values, as the server listed them.
  using offers = std::map<std::string, std::string, std::less<>>;

  /// Capabilities that are remembered; further ones are not.
  static constexpr std::size_t max_offers = 128;
  /// The same in bytes of names and values.
  static constexpr std::size_t max_offered_bytes = 8192;

  /// Whether `name` is to be asked for when it is offered. All that this
  /// program knows are wanted but `sasl`, which depends on what there is to log
  /// in with.
  void want(std::string_view name, bool wanted) noexcept;

  /// The server has these: `sasl=PLAIN,EXTERNAL batch` (CAP LS and NEW). What
  /// was refused before may be asked for once more.
  void offer(std::string_view list);
  /// The server has these no more (CAP DEL).
  void withdraw(std::string_view list);
  /// The lists to ask for, each short enough for one CAP REQ. Their answers are
  /// awaited in that order.
  std::vector<std::string> request();
  /// CAP ACK: these are agreed on, or, after a `-`, not any more.
  void acknowledge(std::string_view list);
  /// CAP NAK: what the oldest CAP REQ asked for cannot be had together. Gives
  /// the lists to ask for instead: each of it alone, or nothing when it was
  /// alone.
  std::vector<std::string> refuse(std::string_view list);
  /// Whether answers are still to come.
  bool waiting() const noexcept;

  /// Whether `name` was agreed on; false for what this program does not know.
  bool has(std::string_view name) const noexcept;
  /// The value of what is offered, "" without one; nothing when it is not.
  std::optional<std::string_view> value(std::string_view name) const noexcept;
  const offers& offered() const noexcept;

  /// All is as before the connect, but for what is wanted.
  void clear();

private:
  /// One bit for each known capability.
  using names = std::uint64_t;

  std::vector<std::string> ask(names which, bool alone);

  offers offered_;
  std::size_t bytes_ = 0; ///< of `offered_`
  names unwanted_ = default_unwanted();
  names enabled_ = 0;
  names refused_ = 0;
  std::vector<names> asked_; ///< one for each CAP REQ

  static names default_unwanted() noexcept;
};

} // namespace convoy::protocol

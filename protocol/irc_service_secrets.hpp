// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// What stands for a secret where it is shown.
inline constexpr std::string_view secret_mask = "***";

/// Whether `name` is that of a service on some network, or written as
/// `nick@server`, which only services are.
bool is_known_service(std::string_view name) noexcept;

/// A line to a service as it may be shown and stored.
struct shown_line {
  std::string text;
  /// The words that are not in it; they point into what was given.
  std::vector<std::string_view> secrets;
};

/// What may be shown of one line to `service`: what is behind a command that
/// takes a password is masked, but for a channel or nick that comes first and
/// can be nothing else. NickServ and its like are for passwords, so of what is
/// no command of theirs nothing is shown.
shown_line show_to_service(std::string_view service, std::string_view line);

/// What services were told a short while ago, so that it is not shown when they
/// or the server repeat it.
class irc_service_secrets {
public:
  /// Words; the oldest are forgotten for more.
  static constexpr std::size_t limit = 64;
  static constexpr std::chrono::minutes lifetime{2};

  /// What may be shown of `text`, whose lines go to `service` one by one:
  /// behind one with a secret nothing is. Its secrets are remembered, but for
  /// `names`, which are known anyway.
  std::string tell(std::string_view service, std::string_view text,
                   std::initializer_list<std::string_view> names, instant now);
  /// `text`, which comes from a service, without what it was told.
  std::string hide(std::string text, instant now);
  void clear() noexcept;

private:
  struct told {
    std::string word;
    instant until;
  };

  void remember(const std::vector<std::string_view>& words,
                std::initializer_list<std::string_view> names, instant now);

  std::vector<told> told_; ///< the oldest first
};

} // namespace convoy::protocol

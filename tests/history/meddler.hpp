// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace convoy::history {

/// Stands between two who talk and sometimes does not pass on what it got as it
/// should: a fault in the program, for the one behind it.
class meddler {
public:
  using receiver = std::function<void(const std::string&)>;

  enum class habit { none, drop, repeat, swap };

  explicit meddler(habit what) : habit_(what) {}

  /// Passes on one item, or does what it must not do.
  void pass(const std::string& item, const receiver& to) {
    if (held_) {
      to(item);
      to(*std::exchange(held_, std::nullopt));
      return;
    }
    const auto is_due = habit_ != habit::none && ++seen_ % period == 0
                        && seen_ <= most * period;
    if (is_due && habit_ == habit::swap) {
      held_ = item;
      return;
    }
    if (!is_due || habit_ != habit::drop)
      to(item);
    if (is_due && habit_ == habit::repeat)
      to(item);
  }
  /// The connection between the two has ended.
  void forget() {
    held_.reset();
  }

private:
  /// So many are passed on as they are before the next that is not.
  static constexpr std::size_t period = 20;
  /// So many times, for the two have to come to an end.
  static constexpr std::size_t most = 3;

  habit habit_;
  std::size_t seen_ = 0;
  std::optional<std::string> held_;
};

} // namespace convoy::history

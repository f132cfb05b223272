// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/latencies.hpp"
#include "tests/bench/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace convoy::bench {

namespace {

constexpr std::size_t line_size = 190;
constexpr std::size_t number_size = 10;
/// Stands before the number of a message and nowhere else.
constexpr char mark = '~';
constexpr std::int64_t second = 1'000'000'000;

/// A message line whose number is still to be written, with CR LF.
std::string blank_line() {
  constexpr std::string_view filler =
      "the quick brown fox jumps over the lazy dog and runs on, ";
  auto line = fmt::format(":bob!bob@bench.example PRIVMSG #bench :{}{:0{}} ",
                          mark, 0, number_size);
  while (line.size() < line_size - 2)
    line += filler.substr(0, line_size - 2 - line.size());
  line += '\r';
  line += '\n';
  return line;
}

class stream_load final : public load {
public:
  explicit stream_load(const options& chosen)
      : load(chosen),
        window_(static_cast<std::size_t>(chosen.number("window"))),
        count_(static_cast<std::size_t>(chosen.number("count"))),
        rate_(chosen.number("rate")),
        expected_(static_cast<std::size_t>(chosen.number("sessions"))),
        streams_(users()),
        line_(blank_line()),
        number_at_(line_.find(mark) + 1) {
    for (auto& stream : streams_) {
      stream.deliveries.resize(window_);
      stream.sent_at.resize(window_);
    }
  }

  measures run() override {
    await_users();
    open_sessions(expected_.size());
    require(!stream(count_ / 10).cut);
    latencies_ = {};
    const auto before = completed_;
    const auto deliveries_before = deliveries_;
    const auto spent = stream(count_);
    const auto messages = static_cast<double>(completed_ - before);
    const auto deliveries =
        static_cast<double>(deliveries_ - deliveries_before);
    require(messages > 0);
    return {{"messages", messages},
            {"deliveries", deliveries},
            {"cpu_us", spent.cpu_ns / messages / 1e3},
            {"cpu_us_delivery", spent.cpu_ns / deliveries / 1e3},
            {"p50_ms", latencies_.percentile(0.5) / 1e6},
            {"p99_ms", latencies_.percentile(0.99) / 1e6},
            {"seconds", spent.seconds},
            {"cut", spent.cut ? 1 : 0}};
  }

private:
  /// The messages of one user.
  struct user_stream {
    std::uint64_t sent = 0;
    /// Messages that all sessions of the user have.
    std::uint64_t completed = 0;
    /// Of the messages under way, by number modulo the window.
    std::vector<std::size_t> deliveries;
    std::vector<std::int64_t> sent_at;
  };

  /// Streams `count` more messages and waits until they have arrived.
  cost stream(std::size_t count) {
    target_ += count;
    if (rate_ == 0) {
      for (std::size_t i = 0; i < streams_.size(); ++i)
        send(i, window_);
      return measure([this] {
        return completed_ == target_ ? loop::finished : loop::never;
      });
    }
    const auto started = monotonic_ns();
    const auto first = sent_;
    return measure([this, started, first] {
      if (completed_ == target_)
        return loop::finished;
      const auto due = [this, started, first] {
        return started
               + static_cast<std::int64_t>(sent_ - first) * second / rate_;
      };
      while (sent_ < target_ && due() <= monotonic_ns())
        if (!send(sent_ % streams_.size(), 1))
          return loop::never;
      return sent_ < target_ ? due() : loop::never;
    });
  }

  /// Sends up to `count` messages to a user, as far as the window allows.
  /// @returns whether any was sent.
  bool send(std::size_t user, std::size_t count) {
    auto& stream = streams_[user];
    const auto now = monotonic_ns();
    lines_.clear();
    for (; count > 0 && sent_ < target_
           && stream.sent - stream.completed < window_;
         --count) {
      auto* digits = line_.data() + number_at_;
      auto number = stream.sent;
      for (auto i = number_size; i > 0; --i, number /= 10)
        digits[i - 1] = static_cast<char>('0' + number % 10);
      lines_ += line_;
      stream.sent_at[stream.sent % window_] = now;
      stream.deliveries[stream.sent % window_] = 0;
      ++stream.sent;
      ++sent_;
    }
    if (!lines_.empty())
      irc().send(user, lines_);
    return !lines_.empty();
  }

  void on_event(std::size_t index, std::string_view text,
                std::int64_t now) override {
    const auto found = text.find(mark);
    if (found == std::string_view::npos)
      return;
    std::uint64_t number = 0;
    const auto* digits = text.data() + found + 1;
    std::from_chars(digits,
                    digits + std::min(number_size, text.size() - found - 1),
                    number);
    if (number != expected_[index])
      throw std::runtime_error(
          fmt::format("session {}: expected message {}, got {}", index,
                      expected_[index], text));
    ++expected_[index];
    ++deliveries_;
    auto& stream = streams_[user_of(index)];
    latencies_.add(now - stream.sent_at[number % window_]);
    if (++stream.deliveries[number % window_]
        == expected_.size() / streams_.size()) {
      ++stream.completed;
      ++completed_;
    }
  }

  void on_idle(std::size_t index) override {
    const auto user = user_of(index);
    const auto& stream = streams_[user];
    if (rate_ == 0 && stream.sent - stream.completed <= window_ / 2)
      send(user, window_);
  }

  std::size_t window_;
  std::size_t count_;
  std::int64_t rate_;
  std::vector<std::uint64_t> expected_;
  std::vector<user_stream> streams_;
  std::string line_;
  std::size_t number_at_;
  std::string lines_;
  std::size_t target_ = 0;
  std::size_t sent_ = 0;
  std::size_t completed_ = 0;
  std::size_t deliveries_ = 0;
  latencies latencies_;
};

} // namespace

std::unique_ptr<load> make_stream_load(int argc, char** argv) {
  auto known = load::common_options();
  known.emplace("window", "256");
  known.emplace("rate", "0");
  return std::make_unique<stream_load>(options(argc, argv, std::move(known)));
}

} // namespace convoy::bench

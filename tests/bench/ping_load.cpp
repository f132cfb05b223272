// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/latencies.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/websocket_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace convoy::bench {

namespace {

class ping_load final : public load {
public:
  explicit ping_load(const options& chosen)
      : load(chosen),
        in_flight_(static_cast<std::size_t>(chosen.number("in-flight"))),
        count_(static_cast<std::size_t>(chosen.number("count"))),
        pingers_(static_cast<std::size_t>(chosen.number("sessions"))) {
    for (auto& pings : pingers_)
      pings.sent_at.resize(in_flight_);
  }

  measures run() override {
    await_users();
    open_sessions(pingers_.size());
    require(!ping(count_ / 10).cut);
    latencies_ = {};
    const auto before = answered_;
    const auto spent = ping(count_);
    const auto answered = static_cast<double>(answered_ - before);
    require(answered > 0);
    return {{"requests", answered},
            {"cpu_us", spent.cpu_ns / answered / 1e3},
            {"p50_ms", latencies_.percentile(0.5) / 1e6},
            {"p99_ms", latencies_.percentile(0.99) / 1e6},
            {"seconds", spent.seconds},
            {"cut", spent.cut ? 1 : 0}};
  }

private:
  /// The pings of one session.
  struct series {
    std::uint64_t sent = 0;
    std::uint64_t answered = 0;
    std::vector<std::int64_t> sent_at;
  };

  /// Sends `count` more pings and waits for all answers.
  cost ping(std::size_t count) {
    target_ += count;
    for (std::size_t i = 0; i < pingers_.size(); ++i)
      on_idle(i);
    return measure(
        [this] { return answered_ == target_ ? loop::finished : loop::never; });
  }

  void on_event(std::size_t index, std::string_view text,
                std::int64_t now) override {
    if (text.find(R"("event":"pong")") == std::string_view::npos)
      return;
    constexpr std::string_view key = R"("id":")";
    const auto* end = text.data() + text.size();
    std::uint64_t id = 0;
    const auto found = text.find(key);
    if (found != std::string_view::npos)
      std::from_chars(text.data() + found + key.size(), end, id);
    auto& pings = pingers_[index];
    if (id != ++pings.answered)
      throw std::runtime_error(fmt::format(
          "session {}: expected pong {}, got {}", index, pings.answered, text));
    latencies_.add(now - pings.sent_at[id % in_flight_]);
    ++answered_;
  }

  void on_idle(std::size_t index) override {
    auto& pings = pingers_[index];
    std::string frames;
    const auto now = monotonic_ns();
    while (pings.sent - pings.answered < in_flight_ && sent_ < target_) {
      const auto id = ++pings.sent;
      pings.sent_at[id % in_flight_] = now;
      append_masked(frames, opcode::text,
                    fmt::format(R"({{"method":"ping","id":"{}"}})", id));
      ++sent_;
    }
    if (!frames.empty())
      session(index).send(frames);
  }

  std::size_t in_flight_;
  std::size_t count_;
  std::vector<series> pingers_;
  std::size_t target_ = 0;
  std::size_t sent_ = 0;
  std::size_t answered_ = 0;
  latencies latencies_;
};

} // namespace

std::unique_ptr<load> make_ping_load(int argc, char** argv) {
  auto known = load::common_options();
  known.emplace("in-flight", "16");
  return std::make_unique<ping_load>(options(argc, argv, std::move(known)));
}

} // namespace convoy::bench

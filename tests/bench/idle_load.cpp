// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/load.hpp"

namespace convoy::bench {

namespace {

class idle_load final : public load {
public:
  explicit idle_load(const options& chosen)
      : load(chosen),
        sessions_(static_cast<std::size_t>(chosen.number("sessions"))) {}

  measures run() override {
    await_users();
    open_sessions(1);
    const auto before = server().resident_kib();
    open_sessions(sessions_);
    const auto after = server().resident_kib();
    const auto registration = irc().last_registration() - server().started();
    return {{"sessions", static_cast<double>(sessions_)},
            {"one_session_kib", static_cast<double>(before)},
            {"all_sessions_kib", static_cast<double>(after)},
            {"registered_s", static_cast<double>(registration) / 1e9}};
  }

private:
  void on_event(std::size_t, std::string_view, std::int64_t) override {}

  std::size_t sessions_;
};

} // namespace

std::unique_ptr<load> make_idle_load(int argc, char** argv) {
  return std::make_unique<idle_load>(
      options(argc, argv, load::common_options()));
}

} // namespace convoy::bench

// SPDX-License-Identifier: Apache-2.0
#include "convoy_server.hpp"

#include "failure.hpp"
#include "store_place.hpp"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>
#include <string_view>

namespace convoy::scenarios {

namespace {

/// The default options, without those that are given.
std::vector<std::string> arguments(const convoy_server::settings& how) {
  std::vector<std::string> defaults{
      "--listen=127.0.0.1:0", "--internal-listen=127.0.0.1:0",
      "--store=" + store_of(how.directory),
      "--key-file=" + how.directory + "/convoy.key",
      // No test talks to the world.
      "--default-connection="};
  if (!how.bare) {
    defaults.emplace_back("--password-cost=min");
    defaults.emplace_back("--irc-allow-private");
    // Scenarios about the limit set it.
    defaults.emplace_back("--irc-flood-interval=0");
  }
  std::vector<std::string> result{how.program, "serve"};
  for (const auto& option : defaults) {
    auto name = option.substr(0, option.find('='));
    if (std::none_of(how.options.begin(), how.options.end(),
                     [&](const auto& given) {
                       return given.substr(0, given.find('=')) == name;
                     }))
      result.push_back(option);
  }
  result.insert(result.end(), how.options.begin(), how.options.end());
  return result;
}

} // namespace

std::optional<std::uint16_t> listening_port(const std::string& log,
                                            const std::string& listener) {
  static const std::regex event("\\bevent\"?[=:] ?\"?listening\\b");
  static const std::regex port("\\bport\"?[=:] ?\"?([0-9]+)");
  std::regex who("\\blistener\"?[=:] ?\"?" + listener + "\\b");
  std::istringstream lines(log);
  std::smatch found;
  for (std::string line; std::getline(lines, line);)
    if (std::regex_search(line, event) && std::regex_search(line, who)
        && std::regex_search(line, found, port))
      return static_cast<std::uint16_t>(std::stoul(found[1]));
  return std::nullopt;
}

void convoy_server::start(const settings& how,
                          std::chrono::milliseconds limit) {
  settings_ = how;
  start_again(limit);
}

void convoy_server::launch(const settings& how) {
  settings_ = how;
  launch();
}

void convoy_server::launch() {
  if (running())
    throw failure("convoy runs already");
  if (settings_.program.empty())
    throw failure("convoy was never started");
  if (process_)
    earlier_log_ += process_->errors();
  process_ =
      std::make_unique<process>(world_.io(), command{arguments(settings_),
                                                     settings_.environment,
                                                     settings_.directory,
                                                     {}});
}

void convoy_server::start_again(std::chrono::milliseconds limit) {
  launch();
  std::optional<std::uint16_t> outside;
  std::optional<std::uint16_t> inside;
  world_.wait(limit, [&] {
    outside = listening_port(process_->errors(), "public");
    inside = listening_port(process_->errors(), "internal");
    return (outside && inside) || process_->exit_code();
  });
  if (auto code = process_->exit_code())
    throw failure("convoy serve ended with exit code " + std::to_string(*code));
  if (!outside || !inside)
    throw failure("convoy serve did not say where it listens in time");
  public_port_ = *outside;
  internal_port_ = *inside;
}

void convoy_server::signal(int number) {
  if (process_)
    process_->signal(number);
}

int convoy_server::wait_for_exit(std::chrono::milliseconds limit) {
  if (!process_)
    throw failure("convoy was never started");
  if (!world_.wait(limit, [&] { return process_->exit_code().has_value(); }))
    throw failure("convoy did not exit in time");
  return *process_->exit_code();
}

bool convoy_server::running() const noexcept {
  return process_ && !process_->exit_code();
}

std::size_t convoy_server::peak_memory() const {
  std::ifstream status("/proc/" + std::to_string(id()) + "/status");
  constexpr std::string_view peak = "VmHWM:";
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(peak))
      return std::stoul(line.substr(peak.size())) / 1024;
  throw failure("convoy does not run");
}

int convoy_server::id() const {
  if (!running())
    throw failure("convoy does not run");
  return process_->id();
}

std::uint16_t convoy_server::public_port() const noexcept {
  return public_port_;
}

std::uint16_t convoy_server::internal_port() const noexcept {
  return internal_port_;
}

std::string convoy_server::log() const {
  return process_ ? earlier_log_ + process_->errors() : earlier_log_;
}

} // namespace convoy::scenarios

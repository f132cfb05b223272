// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace convoy::scenarios {

/// What to start and in which surroundings.
struct command {
  std::vector<std::string> arguments;             ///< the program first
  std::map<std::string, std::string> environment; ///< all of it
  std::string directory;
  std::string input; ///< the whole standard input
};

/// A child that ends with us: by its own id when this object goes, and by the
/// kernel when the runner dies.
class process {
public:
  /// @throws std::system_error when it cannot be started.
  process(boost::asio::io_context& io, const command& what);
  ~process();
  process(const process&) = delete;
  process& operator=(const process&) = delete;

  int id() const noexcept;
  void signal(int number);
  /// What it wrote so far.
  const std::string& output() const noexcept;
  const std::string& errors() const noexcept;
  /// Its exit code (128 + N when signal N ended it), once it has ended and
  /// everything it wrote has been read.
  std::optional<int> exit_code() const noexcept;

private:
  struct state;
  std::shared_ptr<state> state_;
};

} // namespace convoy::scenarios

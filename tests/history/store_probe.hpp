// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/fact.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;

namespace convoy::history {

/// Looks into the store of a node, past all of Convoy's code.
class store_probe {
public:
  using row = std::vector<std::string>;

  virtual ~store_probe() = default;

  /// Gives each row of the answer to `take`, its values as text.
  /// @throws std::runtime_error when the store does not answer.
  virtual void ask(const std::string& sql,
                   const std::function<void(const row&)>& take) = 0;

  /// Names of the users by their ids: what stands before the `@` of the email.
  std::map<std::string, std::string> users();
  /// Reports the last number of each journal as `journal_ended`.
  void note_ends(const std::function<void(fact_kind)>& note);
  /// Reports all rows of the journal, all nonces and all counters.
  void note_all(const std::function<void(fact_kind)>& note);
};

class sqlite_probe final : public store_probe {
public:
  /// @throws std::runtime_error when the store cannot be opened.
  explicit sqlite_probe(const std::string& path);

  void ask(const std::string& sql,
           const std::function<void(const row&)>& take) override;

private:
  struct closer {
    void operator()(sqlite3* db) const;
  };

  std::unique_ptr<sqlite3, closer> db_;
};

} // namespace convoy::history

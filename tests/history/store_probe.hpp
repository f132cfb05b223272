// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/fact.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>

struct sqlite3;

namespace convoy::history {

/// Looks into the SQLite store of a node, past all of Convoy's code.
class store_probe {
public:
  /// @throws std::runtime_error when the store cannot be opened.
  explicit store_probe(const std::string& path);

  /// Names of the users by their ids: what stands before the `@` of the email.
  std::map<std::int64_t, std::string> users();
  /// Reports the last number of each journal as `journal_ended`.
  void note_ends(const std::function<void(fact_kind)>& note);
  /// Reports all rows of the journal and all nonces.
  void note_all(const std::function<void(fact_kind)>& note);

private:
  struct closer {
    void operator()(sqlite3* db) const;
  };
  class query;

  std::unique_ptr<sqlite3, closer> db_;
};

} // namespace convoy::history

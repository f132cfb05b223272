// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/store/store.hpp"
#include "net/metrics.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace convoy::actors {

/// The one writer of the store (design §2). What has come in while a commit was
/// under way is committed together with the next one (group commit).
class archive_state {
public:
  static inline const char* name = "archive";

  archive_state(caf::stateful_actor<archive_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(std::shared_ptr<store::database> database,
                      const net::meters& meters);

private:
  void on_append(append& what);
  void commit();
  void commit_each(const std::vector<append>& group);
  void refuse(std::span<const append> group, const std::string& reason);
  caf::result<bool> on_ping();
  void on_outage(const store::store_error& why);

  caf::stateful_actor<archive_state>* self_;
  std::shared_ptr<store::database> database_;
  net::stopwatch commit_time_;
  std::vector<append> waiting_;
  std::size_t waiting_events_ = 0;
  std::string outage_; ///< why nothing can be written; "" when it can
};

/// Runs on a thread of its own, which its spawner gives it.
caf::behavior archive(caf::stateful_actor<archive_state>* self,
                      std::shared_ptr<store::database> database,
                      const net::meters* meters);

struct archive_reader_state {
  static inline const char* name = "archive_reader";
};

/// Answers questions to the store; the same as to threads.
caf::behavior archive_reader(caf::stateful_actor<archive_reader_state>* self,
                             std::shared_ptr<store::database> database);

} // namespace convoy::actors

// SPDX-License-Identifier: Apache-2.0
#include "actors/archive.hpp"

#include "actors/store/nonce_taken.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"

#include <caf/sec.hpp>

#include <type_traits>

namespace convoy::actors {

namespace {

/// A commit is not put off for longer than it takes to gather so many events.
constexpr std::size_t max_commit = 4096;

/// Of a history that is cleared; everybody's commits wait for them.
constexpr std::size_t rows_cleared_at_once = 1000;

/// Runs a step of the store; what it throws becomes an error message.
template <class F>
auto guarded(F step) -> caf::result<std::invoke_result_t<F>> {
  try {
    return step();
  } catch (const std::exception& why) {
    net::log::error("store-failed", {{"reason", why.what()}});
    return caf::make_error(caf::sec::runtime_error, why.what());
  }
}

} // namespace

caf::behavior archive_state::start(std::shared_ptr<store::database> database,
                                   const net::meters& meters) {
  database_ = std::move(database);
  commit_time_ = meters.commit;
  survive_strays(self_);
  return {
      [this](append& what) { on_append(what); },
      [this](const flush&) { commit(); },
      [this](const ping_store&) { return on_ping(); },
      [this](const store_job& what) {
        return guarded([&] {
          // It may read what waits, or write over it.
          commit();
          what.run(*database_);
          return true;
        });
      },
      [this](const save_connection& what) {
        return guarded([&] {
          // What waits may hold an older record of it.
          commit();
          database_->put_connection(what.user, what.record);
          return true;
        });
      },
      [this](const erase_connection& what) -> caf::result<bool> {
        auto is_more = false;
        auto done = guarded([&] {
          commit();
          is_more = !database_->delete_connection(what.user, what.connection_id,
                                                  rows_cleared_at_once);
          return true;
        });
        if (!is_more)
          return done;
        // Others' commits have their turn between.
        return self_->make_response_promise<bool>().delegate(
            caf::actor_cast<caf::actor>(self_), what);
      },
      [this](const make_account& what) {
        return guarded([&] {
          account_made result{store::create_verdict::created, what.account};
          result.verdict =
              database_->create_account(result.account, what.allowed);
          return result;
        });
      },
      [this](const set_password& what) {
        return guarded([&] {
          database_->set_password(what.user, what.hash);
          return true;
        });
      },
      [this](const set_remote_address& what) {
        return guarded([&] {
          database_->set_remote_address(what.user, what.address);
          return true;
        });
      },
      [this](const store_file& what) {
        return guarded([&] {
          return file_stored{database_->add_file(what.file, what.room)};
        });
      },
      [this](const clear_history& what) {
        return guarded([&] {
          // What is on its way goes too.
          commit();
          return database_->clear_history(what.user, what.connection_id,
                                          what.conversation_id, what.last,
                                          rows_cleared_at_once);
        });
      },
      [this](const put_profile& what) {
        return guarded([&] {
          database_->put_profile(what.profile);
          return true;
        });
      },
      [this](const delete_profile& what) {
        return guarded([&] {
          database_->delete_profile(what.id);
          return true;
        });
      },
      [this](const open_session& what) {
        return guarded([&] {
          database_->create_session(what.session);
          return true;
        });
      },
      [this](const extend_session& what) {
        return guarded([&] {
          database_->extend_session(what.token_hash, what.expires);
          return true;
        });
      },
      [this](const close_session& what) {
        return guarded([&] {
          database_->delete_session(what.token_hash);
          return true;
        });
      },
      [this](const save_sts_policy& what) {
        return guarded([&] {
          if (what.policy)
            database_->put_sts_policy(*what.policy);
          else
            database_->delete_sts_policy(what.host);
          return true;
        });
      },
  };
}

void archive_state::on_append(append& what) {
  // `flush` lands behind all that is already in the mailbox.
  if (waiting_.empty())
    self_->send(self_, flush{});
  waiting_events_ += what.batch->events.size();
  waiting_.push_back(std::move(what));
  if (waiting_events_ >= max_commit)
    commit();
}

void archive_state::commit() {
  if (waiting_.empty())
    return;
  const auto group = std::exchange(waiting_, {});
  waiting_events_ = 0;
  try {
    std::vector<const store::journal_batch*> batches;
    batches.reserve(group.size());
    for (const auto& each : group)
      batches.push_back(each.batch.get());
    const auto begun = self_->clock().now();
    database_->append(batches);
    commit_time_.add(self_->clock().now() - begun);
  } catch (const store::store_outage& why) {
    on_outage(why);
    return refuse(group, why.what());
  } catch (const std::exception& why) {
    net::log::warning("group-commit-failed", {{"reason", why.what()}});
    return commit_each(group);
  }
  outage_.clear();
  for (const auto& each : group)
    self_->send(each.user, appended{each.mark});
}

/// One bad batch does not fail the others.
void archive_state::commit_each(const std::vector<append>& group) {
  for (auto each = group.begin(); each != group.end(); ++each) {
    try {
      database_->append({each->batch.get()});
      self_->send(each->user, appended{each->mark});
    } catch (const store::store_outage& why) {
      on_outage(why);
      return refuse({each, group.end()}, why.what());
    } catch (const store::nonce_taken& why) {
      self_->send(each->user,
                  append_failed{each->mark, why.what(), true, true});
    } catch (const store::store_conflict& why) {
      self_->send(each->user, append_failed{each->mark, why.what(), true});
    } catch (const std::exception& why) {
      self_->send(each->user, append_failed{each->mark, why.what()});
    }
  }
}

void archive_state::refuse(std::span<const append> group,
                           const std::string& reason) {
  for (const auto& each : group)
    self_->send(each.user, append_failed{each.mark, reason});
}

/// While nothing can be written, whether something can is tried.
caf::result<bool> archive_state::on_ping() {
  try {
    database_->ping_writer(!outage_.empty());
    outage_.clear();
    return true;
  } catch (const store::store_error& why) {
    on_outage(why);
    return caf::make_error(caf::sec::runtime_error, why.what());
  }
}

/// Damage is said each time.
void archive_state::on_outage(const store::store_error& why) {
  const auto is_damaged =
      dynamic_cast<const store::store_damage*>(&why) != nullptr;
  if (is_damaged)
    net::log::error("store-damaged", {{"reason", why.what()}});
  else if (outage_.empty())
    net::log::error("store-failed", {{"reason", why.what()}});
  outage_ = why.what();
}

caf::behavior archive(caf::stateful_actor<archive_state>* self,
                      std::shared_ptr<store::database> database,
                      const net::meters* meters) {
  return self->state.start(std::move(database), *meters);
}

caf::behavior archive_reader(caf::stateful_actor<archive_reader_state>* self,
                             std::shared_ptr<store::database> database) {
  survive_strays(self);
  return {
      [database](const store_job& what) {
        return guarded([&] {
          what.run(*database);
          return true;
        });
      },
      [database](const load_user& what) {
        return guarded(
            [&] { return found_user{database->load_user(what.id)}; });
      },
      [database](const find_account& what) {
        return guarded(
            [&] { return found_account{database->find_account(what.email)}; });
      },
      [database](const read_account& what) {
        return guarded(
            [&] { return found_account{database->find_account(what.id)}; });
      },
      [database](const read_file& what) {
        return guarded([&] {
          return found_file{database->find_file(what.user, what.id)};
        });
      },
      [database](const find_session& what) {
        return guarded([&] {
          return found_session{
              database->find_session(what.token_hash, what.now)};
        });
      },
      [database](const find_wanted&) {
        return guarded([&] { return found_wanted{database->wanted_users()}; });
      },
      [database](const read_history& what) {
        return guarded(
            [&] { return found_history{database->history(what.query)}; });
      },
      [database](const ping_store&) {
        return guarded([&] {
          database->ping();
          return true;
        });
      },
  };
}

} // namespace convoy::actors

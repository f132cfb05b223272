// SPDX-License-Identifier: Apache-2.0
#include "actors/connection_wish.hpp"
#include "actors/profile_wish.hpp"
#include "actors/user.hpp"
#include "net/log.hpp"
#include "protocol/connection_url.hpp"
#include "protocol/text.hpp"

// What REST reads and changes of a user (spec/rest-api.md §6).
namespace convoy::actors {

namespace {

rest_result no(unsigned status, std::string message, std::string path = "/") {
  return {{}, refused{status, std::move(message), std::move(path)}};
}

} // namespace

protocol::node_view user_state::about() const {
  return {site_->default_connection, site_->video_service,
          site_->forced_connection};
}

std::string user_state::encode(const read_user& what) const {
  return encode_user(account_, about(), connections_,
                     what.connections || what.conversations, what.conversations,
                     what.csrf);
}

/// Their highlight words act from the next message on. Of two changes at a time
/// the store knows which came last.
caf::result<rest_result> user_state::on_account_changed() {
  auto promise = self_->make_response_promise<rest_result>();
  self_->request(node_->reader(number(id_)), store_deadline, read_account{id_})
      .then(
          [this, promise](const found_account& now) mutable {
            if (now.account) {
              account_.roles = now.account->roles;
              account_.highlight_keywords = now.account->highlight_keywords;
            }
            promise.deliver(rest_result{encode({}), {}});
          },
          [promise](caf::error& why) mutable {
            promise.deliver(std::move(why));
          });
  return promise;
}

/// Commits a record; the answer is the connection as it is then.
caf::result<rest_result>
user_state::save(const protocol::connection_record& record) {
  auto promise = self_->make_response_promise<rest_result>();
  self_->request(node_->archive, store_deadline, save_connection{id_, record})
      .then(
          [this, promise, id = record.id](bool) mutable {
            const auto* view = find(id);
            promise.deliver(view ? rest_result{encode_connection(*view), {}}
                                 : no(404, "Connection not found."));
          },
          [this, promise](const caf::error& why) mutable {
            net::log::error("connection-not-saved",
                            {{"user", to_string(id_)},
                             {"reason", self_->system().render(why)}});
            promise.deliver(no(503, "The store does not answer."));
          });
  return promise;
}

caf::result<rest_result> user_state::on_create(const create_connection& wish) {
  if (connections_.size() >= node_->config.max_connections_per_user)
    return no(400, "Too many connections.");
  if (site_->forced_connection
      && !is_same_server(wish.url, site_->default_connection))
    return no(400, "Will only accept forced connection URL.", "/url");
  auto made = make_connection_record(wish, account_.email);
  if (auto* problem = std::get_if<refused>(&made))
    return rest_result{{}, *problem};
  auto& record = std::get<protocol::connection_record>(made);
  if (connections_.contains(record.id) || erasing_.contains(record.id))
    return no(400, "Connection already exists.", "/url");
  auto& view = connections_[record.id];
  view.record = record;
  auto result = save(record);
  spawn_connection(record.id);
  if (!record.conversations.empty()) {
    auto batch = std::make_shared<store::journal_batch>();
    batch->user = id_;
    for (const auto& each : record.conversations)
      batch->changed.emplace_back(record.id, each);
    commit(std::move(batch), {}, {});
  }
  return result;
}

caf::result<rest_result> user_state::on_update(const update_connection& wish) {
  const auto id = protocol::to_lower(wish.connection_id);
  auto* view = find(id);
  if (!view)
    return no(404, "Connection not found.");
  auto asked = wish;
  if (site_->forced_connection && wish.url)
    asked.url = with_allowed_params(view->record.url, *wish.url);
  auto changed = change_connection_record(asked, view->record);
  if (auto* problem = std::get_if<refused>(&changed))
    return rest_result{{}, *problem};
  auto& change = std::get<record_change>(changed);
  if (change.record.wanted && view->state == "disconnecting")
    return no(424, "Disconnecting.", "/wanted_state");
  change.record.conversations = std::move(view->record.conversations);
  view->record = std::move(change.record);
  if (const auto i = actors_.find(id); i != actors_.end())
    self_->send(i->second, reconfigure{view->record, change.reconnect});
  return save(view->record);
}

caf::result<rest_result> user_state::on_remove(const remove_connection& wish) {
  const auto id = protocol::to_lower(wish.connection_id);
  if (find(id)) {
    if (const auto i = actors_.find(id); i != actors_.end())
      self_->send(i->second, leave{});
    fail_commands(id);
    connections_.erase(id);
    idle_.look_later();
  }
  // Also when we do not know it: an earlier try may have failed.
  if (!erasing_.insert(id).second)
    return no(503, "The store does not answer.");
  auto promise = self_->make_response_promise<rest_result>();
  // Without a deadline: until the store is done, the id must stay unused.
  self_->request(node_->archive, caf::infinite, erase_connection{id_, id})
      .then(
          [this, promise, id](bool) mutable {
            erasing_.erase(id);
            promise.deliver(rest_result{"{}", {}});
          },
          [this, promise, id](const caf::error& why) mutable {
            erasing_.erase(id);
            net::log::error("connection-not-erased",
                            {{"user", to_string(id_)},
                             {"reason", self_->system().render(why)}});
            promise.deliver(no(503, "The store does not answer."));
          });
  return promise;
}

rest_result user_state::on_has(const has_conversation& what) {
  auto* view = find(protocol::to_lower(what.connection_id));
  if (!view)
    return no(404, "Connection not found.");
  if (!what.conversation_id.empty()
      && !view->find(protocol::to_lower(what.conversation_id)))
    return no(404, "Conversation not found.");
  return {"{}", {}};
}

} // namespace convoy::actors

// SPDX-License-Identifier: Apache-2.0
#include "actors/user.hpp"

#include "actors/irc_connection.hpp"
#include "actors/profile_wish.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"
#include "protocol/text.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

/// From looking a login up until the user hears of it.
constexpr std::chrono::minutes longest_way_in{1};

attached node_stops() {
  return {{}, {}, 0, "The node stops: connect again.", false};
}

} // namespace

caf::behavior user_state::start(node_ptr home, protocol::user_id id) {
  node_ = std::move(home);
  id_ = id;
  counted_ = net::presence{node_->meters->users};
  counted_at_home_ = net::presence{node_->meters->homes};
  idle_.start(self_, node_, id_, [this] { return is_used(); });
  self_->set_down_handler([this](const caf::down_msg& down) { on_down(down); });
  load();
  return loading();
}

void user_state::load() {
  const auto fail = [this](const caf::error& why) {
    net::log::error(
        "user-not-loaded",
        {{"user", to_string(id_)}, {"reason", self_->system().render(why)}});
    self_->quit(why);
  };
  const auto read = [this, fail](const all_profiles& found) {
    profiles_ = found.profiles;
    self_->request(node_->reader(number(id_)), store_deadline, load_user{id_})
        .then([this](const found_user& user) { on_loaded(user); }, fail);
  };
  self_->request(node_->site, store_deadline, get_site{})
      .then(
          [this, read, fail](const site_is& now) {
            site_ = now.site;
            self_->request(node_->profiles, store_deadline, get_profiles{})
                .then(read, fail);
          },
          fail);
}

// -- life cycle ---------------------------------------------------------------

caf::behavior user_state::loading() {
  self_->set_default_handler(caf::skip);
  return {
      [this](const go_away&) { self_->quit(); },
  };
}

caf::behavior user_state::active() {
  survive_strays(self_);
  return {
      [this](connection_output& output) { on_output(std::move(output)); },
      [this](const appended& done) { on_appended(done.mark); },
      [this](const append_failed& why) { on_append_failed(why); },
      [this](const append_again&) { append_again_now(); },
      [this](const store_is& now) { on_store(now); },
      [this](const attach& wish) { return on_attach(wish); },
      [this](const revoke& what) { on_revoke(what); },
      [this](const ask& what) { on_ask(what); },
      [this](const read_user& what) {
        return rest_result{encode(what), {}};
      },
      [this](const list_connections&) {
        return rest_result{encode_connections(connections_), {}};
      },
      [this](const list_conversations&) {
        return rest_result{encode_conversations(connections_), {}};
      },
      [this](const account_changed&) { return on_account_changed(); },
      [this](const site_is& now) { site_ = now.site; },
      [this](const create_connection& wish) { return on_create(wish); },
      [this](const update_connection& wish) { return on_update(wish); },
      [this](const remove_connection& wish) { return on_remove(wish); },
      [this](const mark_read& what) { return on_mark_read(what); },
      [this](const mark_notifications_read&) {
        return on_mark_notifications_read();
      },
      [this](const has_conversation& what) { return on_has(what); },
      [this](const respawn& what) { on_respawn(what); },
      [this](const all_profiles& now) { on_profiles(now); },
      [this](const look_around&) { idle_.on_look_around(); },
      [this](const go_away& why) { on_stop(why); },
  };
}

caf::behavior user_state::leaving() {
  self_->set_default_handler(caf::drop);
  self_->set_down_handler([this](const caf::down_msg& down) {
    on_down(down);
    end_if_done();
  });
  return {
      [this](connection_output& output) { on_output(std::move(output)); },
      [this](const appended& done) {
        on_appended(done.mark);
        end_if_done();
      },
      [this](const append_failed& why) { on_append_failed(why); },
      [this](const append_again&) { append_again_now(); },
      [](const attach&) { return node_stops(); },
      [this](const go_away& why) {
        if (why.how == go_away::manner::at_once)
          drop_everything();
      },
  };
}

caf::behavior user_state::dropping() {
  self_->set_default_handler(caf::drop);
  self_->set_down_handler([this](const caf::down_msg& down) {
    on_down(down);
    if (actors_.empty())
      self_->quit();
  });
  return {
      [](const attach&) { return node_stops(); },
  };
}

void user_state::on_loaded(const found_user& found) {
  if (!found.user || found.user->account.disabled) {
    net::log::warning("user-not-found", {{"user", to_string(id_)}});
    return self_->quit(caf::sec::invalid_argument);
  }
  account_ = found.user->account;
  seq_ = delivered_ = found.user->last_seq;
  for (const auto& record : found.user->connections) {
    auto& view = connections_[record.id];
    view.record = record;
    spawn_connection(record.id);
  }
  self_->become(active());
  idle_.look_later();
}

/// Their connections go by it when they connect the next time.
void user_state::on_profiles(const all_profiles& now) {
  profiles_ = now.profiles;
  for (auto& [id, view] : connections_) {
    auto profile = profile_of(*profiles_, id);
    view.service_accounts = profile.service_accounts;
    if (const auto i = actors_.find(id); i != actors_.end())
      self_->send(i->second, new_profile{std::move(profile)});
  }
}

void user_state::on_stop(const go_away& why) {
  // Whoever has been sent away hears no answer.
  if (why.how == go_away::manner::in_order)
    drop_all_prepared({why.reason, {}});
  for (const auto& each : sessions_)
    self_->send(each.session, why);
  if (why.how == go_away::manner::sessions)
    return;
  if (why.how == go_away::manner::at_once)
    return drop_everything();
  for (const auto& [id, actor] : actors_)
    self_->send(actor, leave{});
  self_->become(leaving());
  end_if_done();
}

/// The user may live elsewhere in a moment. What is not committed has not been
/// shown either.
void user_state::drop_everything() {
  outgoing_.clear();
  for (const auto& [id, actor] : actors_)
    self_->send(actor, leave{true});
  self_->become(dropping());
  if (actors_.empty())
    self_->quit();
}

void user_state::end_if_done() {
  if (actors_.empty() && outgoing_.empty())
    self_->quit();
}

/// Whether there is anything to be here for: a session, a connection that is
/// up or wanted, or something that is not done yet.
bool user_state::is_used() const {
  return !sessions_.empty() || !outgoing_.empty() || !open_.empty()
         || !prepared_.empty()
         || std::ranges::any_of(connections_, [](const auto& each) {
              return each.second.record.wanted
                     || each.second.state != "disconnected";
            });
}

void user_state::spawn_connection(const std::string& id) {
  auto& view = connections_.at(id);
  auto profile = profile_of(*profiles_, id);
  view.service_accounts = profile.service_accounts;
  auto actor = self_->spawn<caf::monitored>(
      irc_connection, node_,
      connection_start{caf::actor_cast<caf::actor>(self_), id_, account_.email,
                       view.record, std::move(profile), account_.remote_address,
                       is_listed(id, *profiles_, *site_) ? id : ""});
  actors_[id] = actor;
}

void user_state::on_respawn(const respawn& what) {
  if (connections_.contains(what.connection_id)
      && !actors_.contains(what.connection_id))
    spawn_connection(what.connection_id);
}

void user_state::on_down(const caf::down_msg& down) {
  const auto gone = [&](const caf::actor& actor) {
    return actor.address() == down.source;
  };
  if (std::erase_if(sessions_,
                    [&](const auto& each) { return gone(each.session); })
          > 0
      && sessions_.empty())
    tell_of_sessions();
  idle_.look_later();
  const auto i = std::ranges::find_if(
      actors_, [&](const auto& pair) { return gone(pair.second); });
  if (i == actors_.end())
    return;
  const auto id = i->first;
  actors_.erase(i);
  if (down.reason) {
    net::log::error("connection-actor-died",
                    {{"user", to_string(id_)},
                     {"connection", id},
                     {"reason", self_->system().render(down.reason)}});
    fail_commands(id);
    self_->delayed_send(self_, std::chrono::seconds{4}, respawn{id});
  }
}

/// Answers what a connection can no longer answer. It may have written it.
void user_state::fail_commands(const std::string& connection_id) {
  std::vector<protocol::irc_answer> lost;
  for (const auto& [ticket, command] : open_)
    if (command.connection_id == connection_id)
      lost.push_back({ticket,
                      "Connection closed.",
                      {},
                      {},
                      std::string(protocol::unknown_outcome)});
  settle(lost);
}

// -- sessions -----------------------------------------------------------------

attached user_state::on_attach(const attach& wish) {
  // Whoever stands in for sessions elsewhere comes for each of them.
  const auto is_new =
      std::ranges::count(sessions_, wish.session, &subscriber::session) == 0;
  if (is_new && sessions_.size() >= node_->config.max_sessions_per_user)
    return {{}, {}, 0, "Too many sessions.", false};
  if (is_revoked(wish.token_hash))
    return {{}, {}, 0, "Need to log in first.", true};
  if (is_new) {
    self_->monitor(wish.session);
    sessions_.push_back({wish.session, wish.format, wish.token_hash});
    if (sessions_.size() == 1)
      tell_of_sessions();
  }
  if (!wish.base_url.empty())
    base_url_ = wish.base_url;
  if (!wish.remote_address.empty()
      && wish.remote_address != account_.remote_address) {
    account_.remote_address = wish.remote_address;
    caf::anon_send(node_->archive,
                   set_remote_address{id_, wish.remote_address});
    for (const auto& [id, actor] : actors_)
      self_->send(actor, person_at{wish.remote_address});
  }
  if (outage_told_)
    tell_store(wish.session, wish.format);
  return {caf::actor_cast<caf::actor>(self_),
          account_.stream,
          delivered_,
          {},
          false,
          id_,
          wish.may_send};
}

/// A fleet would rather move those who have none.
void user_state::tell_of_sessions() {
  if (node_->homes)
    self_->send(node_->directory, has_sessions{id_, !sessions_.empty()});
}

void user_state::on_revoke(const revoke& what) {
  for (const auto& each : sessions_)
    if (each.token_hash == what.token_hash)
      self_->send(each.session, go_away{1008, "Need to log in first."});
  revoked_.emplace_back(what.token_hash, self_->clock().now());
}

bool user_state::is_revoked(const std::string& token_hash) {
  const auto now = self_->clock().now();
  while (!revoked_.empty() && now - revoked_.front().second > longest_way_in)
    revoked_.pop_front();
  return std::ranges::count(revoked_, token_hash,
                            &decltype(revoked_)::value_type::first)
         != 0;
}

void user_state::on_ask(const ask& what) {
  if (what.request.what == protocol::method::load)
    on_load(what);
  else
    on_send(what);
}

void user_state::on_load(const ask& what) {
  const auto& request = what.request;
  // It says what nobody has been shown yet.
  if (store_fails() && !outgoing_.empty())
    return refuse(what, store_failed());
  const auto json =
      encode_user(account_, about(), connections_, request.want_connections,
                  request.want_conversations);
  auto frame =
      encode_load(request, json, account_.stream, seq_, node_->wall_clock());
  answer_later(what.session, {what.ticket, std::make_shared<const std::string>(
                                               std::move(frame))});
}

void user_state::on_send(const ask& what) {
  const auto& request = what.request;
  if (store_fails())
    return refuse(what, store_failed());
  if (request.connection_id.empty())
    return refuse(what, {"Invalid input.", "/connection_id"});
  if (request.message.empty())
    return refuse(what, {"Invalid input.", "/message"});
  if (!has_actor(request))
    return refuse_for_now(what, no_connection());
  if (request.nonce.empty() && prepared_.empty())
    return pass_on(what, {});
  prepare(what);
}

bool user_state::has_actor(const protocol::request& request) const {
  const auto id = protocol::to_lower(request.connection_id);
  return connections_.contains(id) && actors_.contains(id);
}

protocol::json_problem user_state::no_connection() {
  return {"Connection not found.", "/connection_id"};
}

/// `begun` is when its nonce did, which is in the store.
void user_state::pass_on(const ask& what, protocol::timestamp begun) {
  const auto& request = what.request;
  const auto id = protocol::to_lower(request.connection_id);
  const auto ticket = ++last_ticket_;
  open_.emplace(ticket,
                open_command{what.session, what.ticket, request, id, begun});
  self_->send(actors_.at(id),
              execute{{ticket, request.conversation_id, request.message},
                      take_recounted(id)});
}

answer user_state::error_to(const ask& what,
                            const protocol::json_problem& why) const {
  auto frame = encode_error(what.request, why.message, why.path,
                            node_->wall_clock(), why.code);
  return {what.ticket, std::make_shared<const std::string>(std::move(frame))};
}

/// Nothing came of it, so it need not wait for what is not committed yet.
void user_state::refuse(const ask& what, const protocol::json_problem& why) {
  self_->send(what.session, error_to(what, why));
}

void user_state::answer_later(const caf::actor& session, answer reply) {
  if (outgoing_.empty())
    self_->send(session, std::move(reply));
  else
    outgoing_.back().answers.push_back({session, std::move(reply)});
}

protocol::connection_view* user_state::find(std::string_view connection_id) {
  const auto i = connections_.find(connection_id);
  return i == connections_.end() ? nullptr : &i->second;
}

caf::behavior user(caf::stateful_actor<user_state>* self, node_ptr home,
                   protocol::user_id id) {
  return self->state.start(std::move(home), id);
}

} // namespace convoy::actors

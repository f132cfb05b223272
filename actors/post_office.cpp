// SPDX-License-Identifier: Apache-2.0
#include "actors/post_office.hpp"

#include "actors/away_listener.hpp"
#include "actors/letter.hpp"
#include "actors/strays.hpp"
#include "actors/user_commands.hpp"
#include "net/log.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <utility>

namespace convoy::actors {

namespace {

/// After so long it is seen that the bus was away.
constexpr std::chrono::seconds look_pause{2};

/// Whose subject it is: `convoy.user.7` is that of 7.
protocol::user_id whose(std::string_view subject) {
  const auto digits = subject.substr(subject.rfind('.') + 1);
  return protocol::user_id{protocol::whole_number(digits).value_or(0)};
}

/// `{"KEY":value}`, and what else is said.
protocol::json_writer news(std::string_view key, protocol::user_id user) {
  protocol::json_writer out;
  out.begin_object().field(key, true).field("user", number(user));
  return out;
}

protocol::user_id user_in(protocol::json_object& head) {
  return protocol::user_id{head.number("user").value_or(0)};
}

} // namespace

caf::behavior post_office_state::start(std::weak_ptr<const node> home) {
  node_ = std::move(home);
  survive_strays(self_);
  self_->set_down_handler([this](const caf::down_msg& down) { on_down(down); });
  const auto here = node_.lock();
  news_ = listen(*here->bus, everybody, caf::actor_cast<caf::actor>(self_));
  connects_ = here->bus->connects();
  self_->delayed_send(self_, look_pause, tick{});
  return {
      [this](const bus_delivery& what) { on_letter(what.message); },
      [this](const bus_result& what) { on_expelled(what); },
      [this](const deliver_to& who) { on_deliver_to(who); },
      [this](const revoke& what) {
        auto out = news("revoke", what.user);
        tell_all(out.field("token", what.token_hash).end_object().take());
      },
      [this](const expel_user& who) { return on_expel(who); },
      [this](const readmit_user& who) {
        tell_all(news("readmit", who.id).end_object().take());
      },
      [this](const site_is&) { tell_all(R"({"site":true})"); },
      [this](const all_profiles&) { tell_all(R"({"profiles":true})"); },
      [this](const tick&) { on_tick(); },
  };
}

// -- who lives here -----------------------------------------------------------

void post_office_state::on_deliver_to(const deliver_to& who) {
  if (!who.actor) {
    residents_.erase(who.user);
    return;
  }
  const auto here = node_.lock();
  auto& mine = residents_[who.user];
  mine.user = who.actor;
  mine.listeners = {};
  if (!mine.letters)
    mine.letters = listen(*here->bus, subject_of(who.user),
                          caf::actor_cast<caf::actor>(self_));
}

void post_office_state::on_letter(const net::bus_message& what) {
  if (what.subject == everybody)
    on_news(what.body);
  else
    on_command(whose(what.subject), what);
}

/// Who is not here any more is somewhere else in a moment: nothing is said.
void post_office_state::on_command(protocol::user_id id,
                                   const net::bus_message& what) {
  const auto i = residents_.find(id);
  if (i == residents_.end())
    return;
  protocol::json_object head{open_letter(what.body).head};
  const auto verb = head.string("do").value_or("");
  if (verb == "rest")
    return on_rest(i->second.user, head, what.reply_to);
  if (verb == "expel")
    return on_expel_here(id, head, what.reply_to);
  if (verb == "attach" || verb == "keep" || verb == "ask") {
    const auto format = format_of(head.string("ts").value_or(""));
    return self_->send(listener_of(id, i->second, format), bus_delivery{what});
  }
  net::log::warning("bus-command-unknown", {{"command", verb}});
}

void post_office_state::on_rest(const caf::actor& user,
                                protocol::json_object& head,
                                const std::string& reply_to) {
  const auto reply = [here = node_, reply_to](const rest_result& what) {
    if (const auto home = here.lock())
      home->bus->publish(reply_to, encode_result(what));
  };
  const auto command = decode_command(head);
  if (!command)
    return reply({{}, refused{501, "The user's home is of another version."}});
  std::visit(
      [&](const auto& each) {
        self_->request(user, store_deadline, each)
            .then([reply](const rest_result& what) { reply(what); },
                  [reply](const caf::error&) {
                    reply({{}, refused{503, "The store does not answer."}});
                  });
      },
      *command);
}

/// The account is closed; what stands in for it is told by the news.
void post_office_state::on_expel_here(protocol::user_id id,
                                      protocol::json_object& head,
                                      const std::string& reply_to) {
  self_
      ->request(node_.lock()->directory, caf::infinite,
                expel_user{id, head.string("reason").value_or("")})
      .then(
          [here = node_, reply_to](bool) {
            if (const auto home = here.lock())
              home->bus->publish(reply_to, seal_letter("{}"));
          },
          [](const caf::error&) {
            // Whoever waits hears nothing, and tries again.
          });
}

caf::actor post_office_state::listener_of(protocol::user_id id, resident& who,
                                          protocol::ts_format format) {
  auto& mine = who.listeners[static_cast<std::size_t>(format)];
  if (!mine) {
    mine = self_->spawn<caf::monitored>(
        away_listener, away_listener_start{node_.lock(), who.user, id, format});
    listeners_.emplace(mine.address(), id);
  }
  return mine;
}

void post_office_state::on_down(const caf::down_msg& down) {
  const auto gone = listeners_.extract(down.source);
  if (gone.empty())
    return;
  const auto i = residents_.find(gone.mapped());
  if (i == residents_.end())
    return;
  for (auto& each : i->second.listeners)
    if (each && each.address() == down.source)
      each = nullptr;
}

// -- what every node is to hear -----------------------------------------------

void post_office_state::tell_all(std::string text) {
  node_.lock()->bus->publish(
      everybody, std::make_shared<const std::string>(std::move(text)));
}

/// What is stored is read again; so nothing is done that the store does not
/// say.
void post_office_state::on_news(std::string_view text) {
  protocol::json_object head{text};
  const auto says = [&](std::string_view key) {
    return head.boolean(key).value_or(false);
  };
  const auto here = node_.lock();
  if (says("revoke"))
    self_->send(here->directory,
                revoke{head.string("token").value_or(""), user_in(head)});
  if (says("expel"))
    caf::anon_send(
        here->directory,
        expel_user{user_in(head), head.string("reason").value_or("")});
  if (says("readmit"))
    self_->send(here->directory, readmit_user{user_in(head)});
  if (says("site"))
    self_->send(here->site, read_again{});
  if (says("profiles"))
    self_->send(here->profiles, read_again{});
  if (says("homeless"))
    on_homeless(head.number("node"));
}

/// One node is told when another lets go of a few: all need not look.
void post_office_state::on_homeless(std::optional<std::uint64_t> whom) {
  const auto here = node_.lock();
  if (!here->homes)
    return;
  if (!whom)
    return self_->send(here->homes, start_wanted{});
  if (here->lease)
    self_->request(here->lease, store_deadline, get_lease{})
        .then(
            [this, whom](const lease_is& mine) {
              const auto home = node_.lock();
              if (home && mine.epoch != 0
                  && static_cast<std::uint64_t>(mine.epoch) == *whom)
                self_->send(home->homes, start_wanted{});
            },
            [](const caf::error&) {
              // It looks by itself before long.
            });
}

/// The account is closed already; this is for those who have it open. Answered
/// once it is known that its home has let go of it, here or elsewhere.
caf::result<bool> post_office_state::on_expel(const expel_user& who) {
  auto out = news("expel", who.id);
  tell_all(out.field("reason", who.reason).end_object().take());
  auto promise = self_->make_response_promise<bool>();
  self_->request(node_.lock()->directory, caf::infinite, who)
      .then([this, promise, who](bool) { expel_there(who, promise); },
            [promise](caf::error& why) mutable {
              promise.deliver(std::move(why));
            });
  return promise;
}

void post_office_state::expel_there(const expel_user& who,
                                    caf::typed_response_promise<bool> promise) {
  const auto ticket = ++last_ticket_;
  expelling_.emplace(ticket, std::move(promise));
  protocol::json_writer letter;
  letter.begin_object().field("do", "expel").field("reason", who.reason);
  ask_bus(*node_.lock()->bus, subject_of(who.id),
          seal_letter(letter.end_object().take()), store_deadline,
          caf::actor_cast<caf::actor>(self_), ticket);
}

void post_office_state::on_expelled(const bus_result& what) {
  auto waiting = expelling_.extract(what.ticket);
  if (waiting.empty())
    return;
  // Where nobody listens nobody has them.
  const auto* failure = std::get_if<net::bus_failure>(&what.answer);
  if (!failure || *failure == net::bus_failure::no_responders)
    waiting.mapped().deliver(true);
  else
    waiting.mapped().deliver(caf::make_error(caf::sec::request_timeout));
}

/// What was said while the bus was away nobody has heard.
void post_office_state::on_tick() {
  self_->delayed_send(self_, look_pause, tick{});
  const auto here = node_.lock();
  const auto now = here->bus->connects();
  if (std::exchange(connects_, now) == now)
    return;
  self_->send(here->site, read_again{});
  self_->send(here->profiles, read_again{});
  if (here->homes)
    self_->send(here->homes, start_wanted{});
}

caf::behavior post_office(caf::stateful_actor<post_office_state>* self,
                          std::weak_ptr<const node> home) {
  return self->state.start(std::move(home));
}

} // namespace convoy::actors

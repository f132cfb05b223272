// SPDX-License-Identifier: Apache-2.0
#include "actors/away_listener.hpp"

#include "actors/away_words.hpp"
#include "actors/letter.hpp"
#include "actors/strays.hpp"

#include <algorithm>

namespace convoy::actors {

away_listener_state::~away_listener_state() {
  if (!how_.home)
    return;
  for (const auto& [ticket, each] : open_)
    send(each.reply_to, lost_head);
  // They find whoever has the user now.
  how_.home->bus->publish(events_of(how_.id, how_.format),
                          seal_letter(moved_head));
}

caf::behavior away_listener_state::start(away_listener_start how) {
  how_ = std::move(how);
  wanted_ = self_->clock().now();
  survive_strays(self_);
  self_->monitor(how_.user);
  self_->set_down_handler([this](const caf::down_msg&) { self_->quit(); });
  self_->delayed_send(self_, interest, tick{});
  return {
      [this](const bus_delivery& what) { on_letter(what.message); },
      [this](const deliver& what) { on_deliver(what); },
      [this](const answer& reply) { on_answer(reply); },
      [this](const tick&) { on_tick(); },
      // The sessions elsewhere go when the user has gone.
      [](const go_away&) {},
  };
}

void away_listener_state::on_tick() {
  const auto left = wanted_ + interest - self_->clock().now();
  if (left.count() <= 0 && open_.empty())
    return self_->quit();
  self_->delayed_send(
      self_, std::max<protocol::instant::duration>(left, interest / 3), tick{});
}

// -- from elsewhere -----------------------------------------------------------

void away_listener_state::on_letter(const net::bus_message& what) {
  const auto [line, body] = open_letter(what.body);
  protocol::json_object head{line};
  const auto verb = head.string("do").value_or("");
  wanted_ = self_->clock().now();
  if (verb == "attach")
    on_attach(head, what.reply_to);
  else if (verb == "keep")
    on_keep(head, what.reply_to);
  else
    on_ask(head, body, what.reply_to);
}

/// Somebody has opened a session: the user is to know from where.
void away_listener_state::on_attach(protocol::json_object& head,
                                    const std::string& reply_to) {
  attach wish;
  wish.remote_address = head.string("remote_address").value_or("");
  wish.base_url = head.string("base_url").value_or("");
  join(std::move(wish), reply_to);
}

void away_listener_state::join(attach wish, const std::string& reply_to) {
  wish.format = how_.format;
  wish.session = caf::actor_cast<caf::actor>(self_);
  self_->request(how_.user, store_deadline, std::move(wish))
      .then(
          [this, reply_to](const attached& to) {
            if (!to.refusal.empty())
              return send(reply_to, lost_head);
            stream_ = to.stream;
            published_ = std::max(published_, to.seq);
            place(reply_to, {});
          },
          [this, reply_to](const caf::error&) { send(reply_to, lost_head); });
}

void away_listener_state::on_keep(protocol::json_object& head,
                                  const std::string& reply_to) {
  // One that does not know us: whoever it knew is gone.
  if (stream_.empty())
    return send(reply_to, lost_head);
  const auto from = head.string("from").value_or("");
  auto asked = head.strings("asks").value_or(std::vector<std::string>{});
  std::erase_if(asked, [&](const auto& number) {
    return std::ranges::none_of(open_, [&](const auto& each) {
      return each.second.from == origin{from, number};
    });
  });
  place(reply_to, asked);
}

void away_listener_state::on_ask(protocol::json_object& head,
                                 std::string_view frame,
                                 const std::string& reply_to) {
  if (open_.size() >= max_open)
    return send(reply_to, again_head);
  // Whoever asks may not have heard yet that the user has moved: the answer
  // stands on events that it has not.
  if (stream_.empty())
    join({}, {});
  const auto ticket = ++last_ticket_;
  open_.emplace(ticket, open_ask{reply_to,
                                 {head.string("from").value_or(""),
                                  head.string("number").value_or("")}});
  self_->send(how_.user, ask{ticket, caf::actor_cast<caf::actor>(self_),
                             protocol::decode_request(frame)});
}

// -- from the user ------------------------------------------------------------

void away_listener_state::on_answer(const answer& reply) {
  const auto open = open_.extract(reply.ticket);
  if (open.empty())
    return;
  // The user has not let us in: nobody knows behind what it is to be shown.
  if (stream_.empty())
    return send(open.mapped().reply_to, lost_head);
  send(open.mapped().reply_to, answer_head(published_), *reply.frame);
}

void away_listener_state::on_deliver(const deliver& what) {
  published_ = std::max(published_, what.last);
  how_.home->bus->publish(events_of(how_.id, how_.format), write_events(what));
}

// -- to elsewhere -------------------------------------------------------------

void away_listener_state::place(const std::string& reply_to,
                                const std::vector<std::string>& open) {
  send(reply_to, write_place({stream_, published_, open}));
}

void away_listener_state::send(const std::string& reply_to,
                               std::string_view head, std::string_view body) {
  if (!reply_to.empty())
    how_.home->bus->publish(reply_to, seal_letter(head, body));
}

caf::behavior away_listener(caf::stateful_actor<away_listener_state>* self,
                            away_listener_start how) {
  return self->state.start(std::move(how));
}

} // namespace convoy::actors

// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/paste.hpp"
#include "actors/user.hpp"
#include "net/log.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// What a user keeps of its conversations: how far they are read, their history,
// and texts that became files.
namespace convoy::actors {

namespace {

/// `{"read_seq":17}`
std::string read_up_to(protocol::event_seq seq) {
  protocol::json_writer out;
  out.begin_object().field("read_seq", std::uint64_t{seq}).end_object();
  return out.take();
}

} // namespace

// -- read state ---------------------------------------------------------------

/// The next event: what is read of a conversation is as it is now.
protocol::event user_state::read_event(protocol::connection_view& view,
                                       const protocol::conversation& mine) {
  recounted_[view.record.id].insert(mine.id);
  protocol::event what;
  what.kind = protocol::event_kind::read;
  what.time = node_->wall_clock();
  what.connection_id = view.record.id;
  what.conversation_id = mine.id;
  what.name = mine.name;
  what.unread = mine.unread;
  what.notifications = mine.notifications;
  what.extra = read_up_to(mine.read_seq);
  what.seq = ++seq_;
  return what;
}

/// Everything in it has been read; where that changes a counter all sessions
/// are told.
void user_state::set_read(protocol::connection_view& view,
                          protocol::conversation& mine) {
  const auto is_news = mine.unread > 0 || mine.notifications > 0;
  mine.unread = 0;
  mine.notifications = 0;
  mine.read_seq = is_news ? seq_ + 1 : seq_;
  // Whoever counts what was not read is late.
  std::erase_if(recounts_, [&](const auto& each) {
    return each.second.connection_id == view.record.id
           && each.second.conversation_id == mine.id;
  });
  auto batch = std::make_shared<store::journal_batch>();
  batch->user = id_;
  if (is_news)
    batch->events.push_back(read_event(view, mine));
  batch->changed.emplace_back(view.record.id, mine);
  commit(std::move(batch), {}, {});
}

caf::result<rest_result> user_state::on_mark_read(const mark_read& what) {
  auto* view = find(protocol::to_lower(what.connection_id));
  if (!view)
    return rest_result{{}, refused{404, "Connection not found."}};
  if (what.conversation_id.empty())
    return rest_result{"{}", {}};
  auto* mine = view->find(protocol::to_lower(what.conversation_id));
  if (!mine)
    return rest_result{{}, refused{404, "Conversation not found."}};
  if (outgoing_.size() >= node_->config.max_uncommitted_events)
    return rest_result{{}, refused{503, "The store does not answer."}};
  if (what.seq && *what.seq <= mine->read_seq)
    return rest_result{"{}", {}};
  if (what.seq && *what.seq < seq_) {
    auto promise = self_->make_response_promise<rest_result>();
    count_again(*view, mine->id, *what.seq, [promise](bool is_done) mutable {
      promise.deliver(
          is_done
              ? rest_result{"{}", {}}
              : rest_result{{}, refused{503, "The store does not answer."}});
    });
    return promise;
  }
  if (const auto i = actors_.find(view->record.id); i != actors_.end())
    self_->send(i->second,
                person_read{mine->id, mine->last_time == protocol::timestamp{}
                                          ? node_->wall_clock()
                                          : mine->last_time});
  set_read(*view, *mine);
  return rest_result{"{}", {}};
}

rest_result user_state::on_mark_notifications_read() {
  if (outgoing_.size() >= node_->config.max_uncommitted_events)
    return {{}, refused{503, "The store does not answer."}};
  auto batch = std::make_shared<store::journal_batch>();
  batch->user = id_;
  for (auto& [id, view] : connections_)
    for (auto& mine : view.record.conversations) {
      if (mine.notifications == 0)
        continue;
      mine.notifications = 0;
      // Those of now are seen, whatever is being counted.
      for (auto& [number, each] : recounts_)
        if (each.connection_id == id && each.conversation_id == mine.id)
          each.notifications = 0;
      batch->events.push_back(read_event(view, mine));
      batch->changed.emplace_back(id, mine);
    }
  commit(std::move(batch), {}, {});
  return {"{}", {}};
}

/// The server's read marker: the person has read elsewhere.
void user_state::on_read(protocol::connection_view& view, std::string_view id,
                         protocol::timestamp when) {
  auto* mine = view.find(id);
  if (!mine || (mine->unread == 0 && mine->notifications == 0))
    return;
  if (when >= mine->last_time)
    return set_read(view, *mine);
  // One at a time, however many markers a server sends.
  const auto i = std::ranges::find_if(recounts_, [&](const auto& each) {
    return each.second.connection_id == view.record.id
           && each.second.conversation_id == mine->id;
  });
  if (i == recounts_.end())
    return count_again(view, mine->id, when, [](bool) {});
  auto& next = i->second.next;
  next = std::max(next.value_or(when), when);
}

/// Has the store count what is not read. It has all that is numbered by now, or
/// says that it has not; what comes from now on is counted here.
void user_state::count_again(const protocol::connection_view& view,
                             const std::string& id, read_point up_to,
                             std::function<void(bool)> done) {
  const auto number = ++last_recount_;
  const auto is_told_upstream =
      std::holds_alternative<protocol::event_seq>(up_to);
  recounts_.emplace(number, recount{view.record.id, id});
  ask_store(
      self_, node_->archive,
      [user = id_, connection_id = view.record.id, id, up_to,
       last = seq_](store::database& db) {
        const auto* seq = std::get_if<protocol::event_seq>(&up_to);
        return db.count_unread(
            user, connection_id, id,
            seq ? *seq
                : db.last_message(user, connection_id, id,
                                  std::get<protocol::timestamp>(up_to)),
            last);
      },
      [this, number, is_told_upstream, done](const store::read_count& found) {
        const auto i = recounts_.find(number);
        const auto what = i == recounts_.end() ? recount{} : i->second;
        on_counted(number, found, is_told_upstream);
        done(true);
        auto* now = what.next ? find(what.connection_id) : nullptr;
        if (now)
          on_read(*now, what.conversation_id, *what.next);
      },
      [this, number, done](const caf::error& why) {
        recounts_.erase(number);
        net::log::error("unread-not-counted",
                        {{"user", to_string(id_)},
                         {"reason", self_->system().render(why)}});
        done(false);
      });
}

void user_state::on_counted(std::uint64_t number,
                            const store::read_count& found,
                            bool is_told_upstream) {
  const auto i = recounts_.find(number);
  if (i == recounts_.end())
    return;
  const auto since = std::move(i->second);
  recounts_.erase(i);
  auto* view = find(since.connection_id);
  auto* mine = view ? view->find(since.conversation_id) : nullptr;
  // Nothing that was read is unread again.
  if (!mine || found.seq <= mine->read_seq)
    return;
  mine->read_seq = found.seq;
  mine->unread = found.unread + since.unread;
  mine->notifications =
      std::min(mine->notifications, found.notifications + since.notifications);
  auto batch = std::make_shared<store::journal_batch>();
  batch->user = id_;
  batch->events.push_back(read_event(*view, *mine));
  batch->changed.emplace_back(view->record.id, *mine);
  commit(std::move(batch), {}, {});
  const auto actor = actors_.find(view->record.id);
  if (is_told_upstream && actor != actors_.end()
      && found.when != protocol::timestamp{})
    self_->send(actor->second, person_read{mine->id, found.when});
}

// -- history ------------------------------------------------------------------

/// `/clear history`: answered with the conversation once its messages are gone.
void user_state::on_clear(const std::string& connection_id,
                          const std::string& id, protocol::ticket ticket,
                          protocol::event_seq last) {
  const auto answer = [this, ticket](std::string error, std::string result) {
    settle({{ticket, std::move(error), {}, std::move(result)}});
  };
  self_
      ->request(node_->archive, store_deadline,
                clear_history{id_, connection_id, id, last})
      .then(
          [this, connection_id, id, ticket, last, answer](bool all_gone) {
            // Others' commits have their turn between.
            if (!all_gone)
              return on_clear(connection_id, id, ticket, last);
            auto* view = find(connection_id);
            auto* mine = view ? view->find(id) : nullptr;
            if (!mine)
              return answer("Unknown target.", {});
            set_read(*view, *mine);
            answer({}, encode_conversation(connection_id, *mine));
          },
          [this, answer](const caf::error& why) {
            net::log::error("history-not-cleared",
                            {{"user", to_string(id_)},
                             {"reason", self_->system().render(why)}});
            answer("The store does not answer.", {});
          });
}

// -- pastes -------------------------------------------------------------------

/// Stores the text as a file and tells the connection where it is.
void user_state::on_paste(protocol::irc_paste paste, const caf::actor& source) {
  const auto fail = [this, source, id = paste.id](std::string problem) {
    self_->send(source, paste_saved{id, {}, std::move(problem)});
  };
  const auto& config = node_->config;
  const auto base = config.base_url.empty() ? base_url_ : config.base_url;
  if (base.empty())
    return fail("Cannot link to a text of that length: the address of this"
                " node is not known.");
  auto file = make_paste(id_, std::move(paste.text), node_->wall_clock());
  const auto url = base + "/file/" + to_string(id_) + "/" + file.id;
  self_
      ->request(node_->archive, store_deadline,
                store_file{std::move(file), config.max_file_bytes_per_user})
      .then(
          [this, source, id = paste.id, url, fail](const file_stored& done) {
            if (done.verdict == store::file_verdict::stored)
              self_->send(source, paste_saved{id, url, {}});
            else
              fail("There is no room left for your files.");
          },
          [this, fail](const caf::error& why) {
            net::log::error("paste-not-stored",
                            {{"user", to_string(id_)},
                             {"reason", self_->system().render(why)}});
            fail("The store does not answer.");
          });
}

} // namespace convoy::actors

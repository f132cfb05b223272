// SPDX-License-Identifier: Apache-2.0
#include "actors/paste.hpp"
#include "actors/user.hpp"
#include "net/log.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

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

/// Everything in it has been read; where that changes a counter all sessions
/// are told.
void user_state::set_read(protocol::connection_view& view,
                          protocol::conversation& mine) {
  const auto is_news = mine.unread > 0 || mine.notifications > 0;
  mine.unread = 0;
  mine.notifications = 0;
  mine.read_seq = is_news ? ++seq_ : seq_;
  auto batch = std::make_shared<store::journal_batch>();
  batch->user = id_;
  if (is_news) {
    recounted_[view.record.id].insert(mine.id);
    protocol::event what;
    what.kind = protocol::event_kind::read;
    what.time = node_->wall_clock();
    what.connection_id = view.record.id;
    what.conversation_id = mine.id;
    what.name = mine.name;
    what.extra = read_up_to(mine.read_seq);
    what.seq = mine.read_seq;
    batch->events.push_back(std::move(what));
  }
  batch->changed.emplace_back(view.record.id, mine);
  commit(std::move(batch), {}, {});
}

rest_result user_state::on_mark_read(const mark_read& what) {
  auto* view = find(protocol::to_lower(what.connection_id));
  if (!view)
    return {{}, refused{404, "Connection not found."}};
  if (what.conversation_id.empty())
    return {"{}", {}};
  auto* mine = view->find(protocol::to_lower(what.conversation_id));
  if (!mine)
    return {{}, refused{404, "Conversation not found."}};
  if (outgoing_.size() >= node_->config.max_uncommitted_events)
    return {{}, refused{503, "The store does not answer."}};
  if (const auto i = actors_.find(view->record.id); i != actors_.end())
    self_->send(i->second,
                person_read{mine->id, mine->last_time == protocol::timestamp{}
                                          ? node_->wall_clock()
                                          : mine->last_time});
  set_read(*view, *mine);
  return {"{}", {}};
}

/// The server's read marker: the person has read elsewhere. When something is
/// newer than it, the counters stay.
void user_state::on_read(protocol::connection_view& view, std::string_view id,
                         protocol::timestamp when) {
  auto* mine = view.find(id);
  if (mine && when >= mine->last_time
      && (mine->unread > 0 || mine->notifications > 0))
    set_read(view, *mine);
}

// -- history ------------------------------------------------------------------

/// `/clear history`: answered with the conversation once its messages are gone.
void user_state::on_clear(const std::string& connection_id,
                          const std::string& id, protocol::ticket ticket,
                          protocol::event_seq last) {
  const auto answer = [this, ticket](std::string error, std::string result) {
    for (auto& each :
         take_answers({{ticket, std::move(error), {}, std::move(result)}}))
      answer_later(each.session, std::move(each.reply));
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

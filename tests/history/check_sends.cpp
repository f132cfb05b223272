// SPDX-License-Identifier: Apache-2.0
#include "tests/history/evidence.hpp"

#include <algorithm>
#include <set>

// What was said: answered once, written once, and the answer is true (P4).
namespace convoy::history {

namespace {

/// All requests with one nonce, or one without.
struct utterance {
  std::string user;
  std::string nonce;
  std::string text;
  std::vector<const evidence::request*> requests;
};

/// The answers of one utterance, counted by what they claim.
struct claims {
  std::size_t sent = 0;    ///< it was written
  std::size_t refused = 0; ///< it was not written, and never will be
  std::size_t later = 0;   ///< it was not written yet: the client may repeat it
  std::size_t unknown = 0; ///< nobody knows
};

claims count(const utterance& what) {
  claims result;
  auto is_open = false;
  for (const auto* request : what.requests) {
    is_open = is_open || request->answers.empty();
    for (const auto& each : request->answers) {
      const auto& answer = *each.what;
      if (answer.sent)
        ++result.sent;
      else if (answer.code == "unknown")
        ++result.unknown;
      else if (may_be_repeated(answer.code))
        ++result.later;
      else
        ++result.refused;
    }
  }
  // What was said again may have been written since.
  if (is_open)
    result.later = 0;
  return result;
}

std::vector<utterance> utterances(const evidence& all) {
  std::vector<utterance> result;
  for (const auto& [user, requests] : all.requests()) {
    std::map<std::string, std::size_t> known;
    for (const auto& each : requests) {
      const auto& said = *each.said.what;
      if (said.nonce.empty()) {
        result.push_back({user, "", said.text, {&each}});
        continue;
      }
      const auto [at, is_new] = known.try_emplace(said.nonce, result.size());
      if (is_new)
        result.push_back({user, said.nonce, said.text, {}});
      result[at->second].requests.push_back(&each);
    }
  }
  return result;
}

class inquiry {
public:
  inquiry(const evidence& all, std::vector<violation>& found)
      : all_(all), found_(found) {
    for (const auto& [number, link] : all.links()) {
      if (!link.opened.what)
        continue;
      for (const auto& line : link.heard)
        heard_[link.opened.what->user][line.what->text].push_back(&line);
      if (link.closed && !link.closed->what->complete)
        unread_[link.opened.what->user].push_back(&link);
    }
  }

  void look(const utterance& what) {
    what_ = &what;
    for (const auto* request : what.requests)
      check_answers(*request);
    const auto said = count(what);
    // In a fleet it is what a node says that does not reach the home, which
    // may know better when it is asked again.
    const auto is_open_still = said.unknown > 0 && !all_.is_fleet();
    if (const auto kinds = (said.sent > 0 ? 1 : 0) + (said.refused > 0 ? 1 : 0)
                           + (is_open_still ? 1 : 0);
        kinds > 1)
      complain("got different answers: sent " + std::to_string(said.sent)
               + " times, refused " + std::to_string(said.refused)
               + " times, unknown " + std::to_string(said.unknown) + " times");
    check_written(said);
    check_kept(said);
  }

  /// The server heard nothing that nobody has said.
  void check_strays(const std::vector<utterance>& said) {
    std::map<std::string, std::set<std::string>> known;
    for (const auto& each : said)
      known[each.user].insert(each.text);
    for (const auto& [user, lines] : heard_)
      for (const auto& [text, all] : lines)
        if (!known[user].contains(text))
          found_.push_back({promise::answered_once, user, 0, "",
                            "the IRC server got \"" + text + "\" "
                                + when(all.front()->at)
                                + ", which no session has sent"});
    for (const auto& each : all_.strays())
      found_.push_back({promise::answered_once,
                        all_.user_of(each.what->session), 0, "",
                        each.what->session + ' ' + when(each.at)
                            + " got an answer to the request " + each.what->id
                            + ", which it had not made"});
  }

  /// What the store remembers is what was answered.
  void check_nonces(const std::vector<utterance>& said) {
    std::map<std::pair<std::string, std::string>, claims> known;
    for (const auto& each : said)
      if (!each.nonce.empty())
        known[{each.user, each.nonce}] = count(each);
    std::set<std::pair<std::string, std::string>> kept;
    for (const auto& each : all_.nonces()) {
      const auto& row = *each.what;
      const auto complain_of = [&](const std::string& what) {
        found_.push_back(
            {promise::answered_once, row.user, 0, row.nonce, what});
      };
      if (!kept.insert({row.user, row.nonce}).second)
        complain_of("the store has the nonce twice");
      const auto answers = known[{row.user, row.nonce}];
      if (answers.sent > 0 && (!row.answered || !row.error.empty()))
        complain_of("was answered `sent`, but the store remembers "
                    + (row.answered ? '"' + row.error + '"'
                                    : std::string("no answer")));
      if (answers.refused > 0 && row.answered && row.error.empty())
        complain_of("was refused, but the store remembers `sent`");
    }
    for (const auto& [name, answers] : known)
      if (answers.sent > 0 && !kept.contains(name))
        found_.push_back({promise::answered_once, name.first, 0, name.second,
                          "was answered `sent`, but the store does not know "
                          "the nonce"});
  }

private:
  void check_answers(const evidence::request& request) {
    const auto& said = *request.said.what;
    if (request.answers.size() > 1)
      complain("request " + said.id + " of " + said.session + " was answered "
               + std::to_string(request.answers.size()) + " times, last "
               + when(request.answers.back().at));
    const auto session = all_.sessions().find(said.session);
    if (request.answers.empty() && all_.is_settled()
        && session != all_.sessions().end() && !session->second.closed)
      complain("request " + said.id + " of " + said.session + ", made "
               + when(request.said.at) + ", was never answered");
  }

  /// What reached the IRC server.
  void check_written(const claims& said) {
    const auto lines = heard_[what_->user][what_->text].size();
    if (lines > 1)
      complain("the IRC server got it " + std::to_string(lines) + " times");
    else if (lines == 1 && said.sent == 0 && said.refused + said.later > 0
             && said.unknown == 0)
      complain("was refused, but the IRC server got it "
               + when(heard_[what_->user][what_->text].front()->at));
    else if (lines == 0 && said.sent > 0 && !may_be_unread())
      complain("was answered `sent`, but the IRC server never got it");
  }

  /// Whether it may have been written to a connection that was not read to its
  /// end.
  bool may_be_unread() {
    return std::ranges::any_of(unread_[what_->user], [&](const auto* link) {
      return std::ranges::any_of(what_->requests, [&](const auto* request) {
        return request->said.where < link->closed->where
               && (request->answers.empty()
                   || request->answers.back().where > link->opened.where);
      });
    });
  }

  /// What became of it in the journal.
  void check_kept(const claims& said) {
    const auto rows = all_.kept_at(what_->user, what_->text);
    const auto seq = rows.empty() ? 0 : rows.back();
    if (rows.size() > 1)
      complain("the journal has it " + std::to_string(rows.size()) + " times",
               seq);
    else if (rows.empty() && said.sent > 0 && !all_.is_cleared(what_->user))
      complain("was answered `sent`, but is not in the journal");
    else if (!rows.empty() && said.sent == 0 && said.unknown == 0
             && said.refused + said.later > 0)
      complain("was refused, but is in the journal", seq);
    else if (!rows.empty() && heard_[what_->user][what_->text].empty()
             && !may_be_unread())
      complain("is in the journal, but the IRC server never got it", seq);
  }

  void complain(const std::string& what, event_number seq = 0) {
    found_.push_back({promise::answered_once, what_->user, seq, what_->nonce,
                      '"' + what_->text + "\" " + what});
  }

  const evidence& all_;
  std::vector<violation>& found_;
  /// Lines by user and text.
  std::map<
      std::string,
      std::map<std::string, std::vector<const evidence::noted<irc_heard>*>>>
      heard_;
  /// Connections of which not all was read, by user.
  std::map<std::string, std::vector<const evidence::link*>> unread_;
  const utterance* what_ = nullptr;
};

} // namespace

void check_sends(const evidence& all, std::vector<violation>& found) {
  const auto said = utterances(all);
  inquiry one(all, found);
  for (const auto& each : said)
    one.look(each);
  one.check_strays(said);
  one.check_nonces(said);
}

} // namespace convoy::history

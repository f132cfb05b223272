// SPDX-License-Identifier: Apache-2.0
#include "tests/history/evidence.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace convoy::history {

evidence::evidence(const std::vector<fact>& facts) {
  for (place where = 0; where < facts.size(); ++where)
    take(facts[where], where);
}

void evidence::take(const fact& one, place where) {
  const auto about = [&](const std::string& name) -> session& {
    auto& mine = sessions_[name];
    mine.facts.push_back(&one);
    return mine;
  };
  const auto noting = [&](const auto& what) {
    return noted<std::decay_t<decltype(what)>>{where, one.at, &what};
  };
  struct visitor {
    evidence& in;
    const decltype(about)& of;
    const decltype(noting)& note;

    void operator()(const node_started& f) {
      in.nodes_.insert(f.node);
    }
    void operator()(const node_killed& f) {
      in.kills_.push_back(note(f).where);
    }
    void operator()(const home_lost& f) {
      in.losses_.push_back(note(f));
    }
    void operator()(const trouble&) {}
    void operator()(const irc_opened& f) {
      in.links_[f.link].opened = note(f);
    }
    void operator()(const irc_joined& f) {
      in.links_[f.link].joined = note(f);
    }
    void operator()(const irc_closed& f) {
      in.links_[f.link].closed = note(f);
    }
    void operator()(const irc_told& f) {
      in.links_[f.link].told.push_back(note(f));
    }
    void operator()(const irc_pinged& f) {
      in.pings_[f.token] = in.links_[f.link].told.size();
    }
    void operator()(const irc_ponged& f) {
      auto& mine = in.links_[f.link];
      mine.acknowledged = std::max(mine.acknowledged, in.pings_[f.token]);
    }
    void operator()(const irc_heard& f) {
      in.links_[f.link].heard.push_back(note(f));
    }
    void operator()(const session_opened& f) {
      in.sessions_[f.session].opened = note(f);
    }
    void operator()(const session_resumed& f) {
      of(f.session);
    }
    void operator()(const session_loaded& f) {
      of(f.session);
    }
    void operator()(const session_saw& f) {
      of(f.session);
    }
    void operator()(const session_said& f) {
      of(f.session);
      auto& all = in.requests_[in.user_of(f.session)];
      in.asked_[{f.session, f.id}] = all.size();
      all.push_back({note(f), {}});
    }
    void operator()(const session_answered& f) {
      of(f.session);
      const auto asked = in.asked_.find({f.session, f.id});
      if (asked == in.asked_.end())
        in.strays_.push_back(note(f));
      else
        in.requests_[in.user_of(f.session)][asked->second].answers.push_back(
            note(f));
    }
    void operator()(const session_closed& f) {
      of(f.session).closed = note(f);
    }
    void operator()(const journal_ended& f) {
      in.ends_.push_back(note(f));
    }
    void operator()(const journal_cleared& f) {
      in.cleared_[f.user].push_back(&f);
    }
    void operator()(const settled&) {
      in.is_settled_ = true;
    }
    void operator()(const journal_has& f) {
      in.journals_[f.user][f.seq].push_back(&f.what);
      if (is_message(f.what.type))
        in.kept_at_[{f.user, f.what.text}].push_back(f.seq);
    }
    void operator()(const nonce_kept& f) {
      in.nonces_.push_back(note(f));
    }
    void operator()(const counters_kept& f) {
      in.counters_.push_back(note(f));
    }
  };
  std::visit(visitor{*this, about, noting}, one.what);
}

const evidence::rows& evidence::journal_of(const std::string& user) const {
  static const rows none;
  const auto found = journals_.find(user);
  return found == journals_.end() ? none : found->second;
}

std::optional<evidence::place>
evidence::loss_after(place where, const std::string& user) const {
  std::optional<place> result;
  const auto take = [&](place at) {
    if (at > where && (!result || at < *result))
      result = at;
  };
  // Who lives on a node of a fleet is named when it is lost.
  if (!is_fleet())
    std::ranges::for_each(kills_, take);
  for (const auto& each : losses_)
    if (each.what->user == user)
      take(each.where);
  return result;
}

bool evidence::may_be_from_before(const link& what,
                                  const noted<home_lost>& loss) {
  const auto& opened = what.opened;
  return loss.what->user == opened.what->user
         && (opened.what->node.empty() || loss.what->node == "all"
             || loss.what->node == opened.what->node)
         && (loss.where > opened.where
             || opened.at - loss.at <= loss.what->grace);
}

std::optional<evidence::place> evidence::loss_of(const link& what) const {
  if (!is_fleet())
    return loss_after(what.opened.where, what.opened.what->user);
  const auto first = std::ranges::find_if(losses_, [&](const auto& each) {
    return may_be_from_before(what, each);
  });
  return first == losses_.end() ? std::nullopt : std::optional(first->where);
}

bool evidence::is_cleared(const std::string& user, event_number seq) const {
  const auto found = cleared_.find(user);
  return found != cleared_.end()
         && std::ranges::any_of(found->second, [&](const auto* each) {
              return each->first <= seq && seq <= each->last;
            });
}

std::string evidence::user_of(const std::string& name) const {
  const auto found = sessions_.find(name);
  return found == sessions_.end() || !found->second.opened.what
             ? ""
             : found->second.opened.what->user;
}

std::vector<event_number> evidence::kept_at(const std::string& user,
                                            const std::string& text) const {
  const auto found = kept_at_.find({user, text});
  return found == kept_at_.end() ? std::vector<event_number>() : found->second;
}

std::string when(moment at) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "at %.3f s",
                std::chrono::duration<double>(at).count());
  return text.data();
}

} // namespace convoy::history

// SPDX-License-Identifier: Apache-2.0
#include "tests/history/spoiling.hpp"

#include <set>

namespace convoy::history {

namespace {

/// Answers that say `sent` to a request with a nonce that was made once.
std::vector<place> only_answers(history& facts) {
  std::map<std::string, std::size_t> uses;
  std::map<std::pair<std::string, std::string>, std::string> nonces;
  for (const auto i : places<session_said>(facts)) {
    const auto& said = *as<session_said>(facts[i]);
    ++uses[said.nonce];
    nonces[{said.session, said.id}] = said.nonce;
  }
  return places<session_answered>(facts, [&](const auto& each) {
    const auto& nonce = nonces[{each.session, each.id}];
    return each.sent && !nonce.empty() && uses[nonce] == 1;
  });
}

/// Where the request is that an answer is for.
place request_at(history& facts, place answer) {
  const auto& given = *as<session_answered>(facts[answer]);
  return places<session_said>(facts,
                              [&](const auto& each) {
                                return each.session == given.session
                                       && each.id == given.id;
                              })
      .at(0);
}

const session_said& request_of(history& facts, place answer) {
  return *as<session_said>(facts[request_at(facts, answer)]);
}

std::string user_of(history& facts, const std::string& session) {
  return as<session_opened>(facts[places<session_opened>(facts,
                                                         [&](const auto& each) {
                                                           return each.session
                                                                  == session;
                                                         })
                                      .at(0)])
      ->user;
}

bool answer_twice(history& facts) {
  const auto where = middle(places<session_answered>(facts));
  if (where)
    insert(facts, *where, facts[*where]);
  return where.has_value();
}

bool answer_nobody(history& facts) {
  const auto where = middle(places<session_answered>(facts));
  if (!where)
    return false;
  auto stray = *as<session_answered>(facts[*where]);
  stray.id += "-other";
  insert(facts, *where, {facts[*where].at, stray});
  return true;
}

bool never_answer(history& facts) {
  std::set<std::string> closed;
  for (const auto i : places<session_closed>(facts))
    closed.insert(as<session_closed>(facts[i])->session);
  const auto where = middle(places<session_answered>(
      facts, [&](const auto& each) { return !closed.contains(each.session); }));
  if (where)
    erase(facts, *where);
  return where.has_value();
}

bool refuse_what_was_sent(history& facts) {
  const auto where = middle(only_answers(facts));
  if (!where)
    return false;
  auto& answer = *as<session_answered>(facts[*where]);
  answer.sent = false;
  answer.problem = "Refused.";
  return true;
}

/// Changes one of several answers to the same nonce.
bool answer_otherwise(history& facts) {
  std::map<std::string, std::size_t> answers;
  std::map<std::pair<std::string, std::string>, std::string> nonces;
  for (const auto i : places<session_said>(facts)) {
    const auto& said = *as<session_said>(facts[i]);
    nonces[{said.session, said.id}] = said.nonce;
  }
  for (const auto i : places<session_answered>(facts)) {
    auto& answer = *as<session_answered>(facts[i]);
    const auto& nonce = nonces[{answer.session, answer.id}];
    if (!nonce.empty() && answer.sent && ++answers[nonce] == 2) {
      answer.sent = false;
      answer.problem = "Refused.";
      return true;
    }
  }
  return false;
}

/// Where the IRC server heard what an answer is about.
std::optional<place> heard(history& facts) {
  const auto answer = middle(only_answers(facts));
  if (!answer)
    return std::nullopt;
  const auto text = request_of(facts, *answer).text;
  return middle(places<irc_heard>(
      facts, [&](const auto& each) { return each.text == text; }));
}

bool write_twice(history& facts) {
  const auto where = heard(facts);
  if (where)
    insert(facts, *where, facts[*where]);
  return where.has_value();
}

/// Of what was said while no connection was up that was not read to its end: on
/// such a one a line may be lost.
bool never_write(history& facts) {
  std::map<link_number, std::pair<std::string, place>> opened;
  for (const auto i : places<irc_opened>(facts)) {
    const auto& link = *as<irc_opened>(facts[i]);
    opened[link.link] = {link.user, i};
  }
  std::multimap<std::string, std::pair<place, place>> unread;
  for (const auto i : places<irc_closed>(facts))
    if (const auto& end = *as<irc_closed>(facts[i]); !end.complete)
      unread.insert({opened[end.link].first, {opened[end.link].second, i}});
  std::set<std::string> sure;
  for (const auto answer : only_answers(facts)) {
    const auto& said = request_of(facts, answer);
    const auto user = user_of(facts, said.session);
    const auto [from, to] = unread.equal_range(user);
    if (std::none_of(from, to, [&](const auto& each) {
          return request_at(facts, answer) < each.second.second
                 && answer > each.second.first;
        }))
      sure.insert(said.text);
  }
  const auto where = middle(places<irc_heard>(
      facts, [&](const auto& each) { return sure.contains(each.text); }));
  if (where)
    erase(facts, *where);
  return where.has_value();
}

bool write_what_nobody_said(history& facts) {
  const auto where = heard(facts);
  if (!where)
    return false;
  auto line = *as<irc_heard>(facts[*where]);
  line.text += " again";
  insert(facts, *where, {facts[*where].at, line});
  return true;
}

bool keep_own_twice(history& facts) {
  const auto answer = middle(only_answers(facts));
  if (!answer)
    return false;
  const auto text = request_of(facts, *answer).text;
  const auto row = middle(places<journal_has>(
      facts, [&](const auto& each) { return each.what.text == text; }));
  if (!row)
    return false;
  auto copy = *as<journal_has>(facts[*row]);
  copy.seq = as<journal_has>(facts[last_rows(facts).at(copy.user)])->seq + 1;
  facts.push_back({facts.back().at, copy});
  return true;
}

bool keep_nonce_twice(history& facts) {
  const auto where = middle(places<nonce_kept>(facts));
  if (where)
    facts.push_back(facts[*where]);
  return where.has_value();
}

bool forget_nonce(history& facts) {
  const auto answer = middle(only_answers(facts));
  if (!answer)
    return false;
  const auto nonce = request_of(facts, *answer).nonce;
  const auto where = middle(places<nonce_kept>(
      facts, [&](const auto& each) { return each.nonce == nonce; }));
  if (where)
    erase(facts, *where);
  return where.has_value();
}

constexpr auto p4 = promise::answered_once;

constexpr fault table[]{
    {"a request is answered twice", p4, answer_twice},
    {"an answer has no request", p4, answer_nobody},
    {"a request is never answered", p4, never_answer},
    {"what was sent is refused", p4, refuse_what_was_sent},
    {"a repeat gets another answer", p4, answer_otherwise},
    {"a message is written twice", p4, write_twice},
    {"a message that is said to be sent is not", p4, never_write},
    {"a message is written that nobody sent", p4, write_what_nobody_said},
    {"one's own message is in the journal twice", p4, keep_own_twice},
    {"a nonce is kept twice", p4, keep_nonce_twice},
    {"a nonce is forgotten", p4, forget_nonce},
};

} // namespace

std::span<const fault> faults_of_sends() {
  return table;
}

} // namespace convoy::history

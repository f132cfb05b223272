// SPDX-License-Identifier: Apache-2.0
#include "tests/history/evidence.hpp"

#include <algorithm>

// The journal of each user by itself, and what was shown of it (P1, P2).
namespace convoy::history {

namespace {

std::string quote(const content& what) {
  return is_message(what.type)
             ? what.type + " from " + what.from + " \"" + what.text + '"'
             : what.type;
}

/// Every number from 1 on is there, once.
void check_numbers(const evidence& all, const std::string& user,
                   const evidence::rows& rows, std::vector<violation>& found) {
  event_number expected = 1;
  for (const auto& [seq, contents] : rows) {
    const auto hole = expected;
    while (expected < seq && all.is_cleared(user, expected))
      ++expected;
    if (expected < seq)
      found.push_back({promise::numbered_once, user, expected, "",
                       "the journal has nothing between "
                           + std::to_string(hole - 1) + " and "
                           + std::to_string(seq)});
    if (contents.size() > 1)
      found.push_back({promise::numbered_once, user, seq, "",
                       "the journal has the number "
                           + std::to_string(contents.size()) + " times: "
                           + quote(*contents[0]) + "; " + quote(*contents[1])});
    expected = seq + 1;
  }
}

/// Whether a frame is what the row became.
bool is_shown_as(const content& row, const content& frame) {
  if (row.type != frame.type || row.connection != frame.connection
      || row.time != frame.time)
    return false;
  return !is_message(row.type)
         || (row.conversation == frame.conversation && row.from == frame.from
             && row.text == frame.text);
}

struct first_view {
  const session_saw* what;
  moment at;
};

/// What sessions saw is in the journal, and it was the same for all.
class shown_events {
public:
  shown_events(const evidence& all, std::vector<violation>& found)
      : all_(all), found_(found) {}

  void look(const std::string& user, const session_saw& shown, moment at) {
    const auto name = shown.session + ' ' + when(at);
    const auto [first, is_new] =
        first_.try_emplace({user, shown.seq}, first_view{&shown, at});
    const auto& seen = *first->second.what;
    if (!is_new
        && (shown.what.digest != seen.what.digest
            || quote(shown.what) != quote(seen.what)))
      found_.push_back({promise::numbered_once, user, shown.seq, "",
                        name + " saw " + quote(shown.what) + ", but "
                            + seen.session + ' ' + when(first->second.at)
                            + " saw " + quote(seen.what)});
    const auto& rows = all_.journal_of(user);
    const auto row = rows.find(shown.seq);
    if (row == rows.end()) {
      if (is_new && !all_.is_cleared(user, shown.seq))
        found_.push_back({promise::committed_before_shown, user, shown.seq, "",
                          name + " saw " + quote(shown.what)
                              + ", which is not in the journal"});
    } else if (is_new
               && std::ranges::none_of(row->second, [&](const auto* each) {
                    return is_shown_as(*each, shown.what);
                  })) {
      found_.push_back({promise::committed_before_shown, user, shown.seq, "",
                        name + " saw " + quote(shown.what)
                            + ", but the journal has "
                            + quote(*row->second.front())});
    }
  }

private:
  const evidence& all_;
  std::vector<violation>& found_;
  std::map<std::pair<std::string, event_number>, first_view> first_;
};

/// Nothing was shown that was not there when the node was dead.
void check_ends(const evidence& all, std::vector<violation>& found) {
  for (const auto& end : all.ends()) {
    const session_saw* last = nullptr;
    moment at{};
    for (const auto& [name, each] : all.sessions()) {
      if (!each.opened.what || each.opened.what->user != end.what->user)
        continue;
      for (const auto* one : each.facts)
        if (const auto* saw = std::get_if<session_saw>(&one->what);
            saw && one->at <= end.at && (!last || saw->seq > last->seq)) {
          last = saw;
          at = one->at;
        }
    }
    if (last && last->seq > end.what->seq
        && !all.is_cleared(end.what->user, last->seq))
      found.push_back(
          {promise::committed_before_shown, end.what->user, last->seq, "",
           last->session + ' ' + when(at) + " saw " + quote(last->what)
               + ", but after the crash the journal ended with "
               + std::to_string(end.what->seq)});
  }
}

} // namespace

void check_stream(const evidence& all, std::vector<violation>& found) {
  for (const auto& [user, rows] : all.journals())
    check_numbers(all, user, rows, found);
  shown_events shown(all, found);
  for (const auto& [name, each] : all.sessions())
    for (const auto* one : each.facts)
      if (const auto* saw = std::get_if<session_saw>(&one->what))
        shown.look(all.user_of(name), *saw, one->at);
  check_ends(all, found);
}

} // namespace convoy::history

// SPDX-License-Identifier: Apache-2.0
#include "tests/history/evidence.hpp"

#include <set>

// The lines of the IRC server: each is in the journal once and in order (P2),
// and all that were read are there (P1).
namespace convoy::history {

namespace {

/// One IRC connection's lines beside the journal of its user.
class transcript {
public:
  transcript(const evidence& all, const evidence::link& link,
             std::vector<violation>& found)
      : all_(all), link_(link), user_(link.opened.what->user), found_(found) {}

  void compare() {
    event_number before = 0;
    const auto kept = kept_lines();
    const auto surely = surely_read(kept);
    for (std::size_t i = 0; i < link_.told.size(); ++i) {
      const auto& line = *link_.told[i].what;
      const auto at = all_.kept_at(user_, line.text);
      if (at.empty()) {
        // Whoever deleted numbers may have deleted this one.
        if (i < surely && !all_.is_cleared(user_))
          complain(promise::committed_before_shown, 0, i,
                   "is not in the journal, "
                       + std::string(i < kept
                                         ? "but a later one is"
                                         : "but was read (PONG) and no node "
                                           "was killed since"));
        continue;
      }
      if (at.size() > 1)
        complain(promise::numbered_once, at[1], i,
                 "is in the journal twice, as " + std::to_string(at[0])
                     + " too");
      if (at.front() < before)
        complain(promise::numbered_once, at.front(), i,
                 "is in the journal before the one that was sent before it");
      before = at.front();
      compare_row(i, line, before);
    }
  }

private:
  /// Up to the last line that is in the journal.
  std::size_t kept_lines() const {
    auto result = link_.told.size();
    while (result > 0 && !is_kept(*link_.told[result - 1].what))
      --result;
    return result;
  }

  /// So many of the first lines must be in the journal: lines are read in
  /// order, those behind which a PONG came are read, and what was read is lost
  /// only with its node.
  std::size_t surely_read(std::size_t kept) const {
    if (link_.acknowledged <= kept)
      return kept;
    const auto loss = all_.loss_of(link_);
    if (!loss)
      return all_.is_settled() ? link_.acknowledged : kept;
    // A user's events are committed in order, so one of the connection that
    // came next in the life of the same node vouches for all before.
    for (const auto& [number, other] : all_.links())
      if (other.opened.what && other.opened.what->user == user_
          && other.opened.where > link_.opened.where
          && other.opened.where < *loss)
        for (const auto& line : other.told)
          if (is_kept(*line.what))
            return link_.acknowledged;
    return kept;
  }

  bool is_kept(const irc_told& line) const {
    return !all_.kept_at(user_, line.text).empty();
  }

  void compare_row(std::size_t i, const irc_told& line, event_number seq) {
    for (const auto* each : all_.journal_of(user_).at(seq))
      if (each->text == line.text
          && (each->from != line.from
              || each->conversation != line.conversation))
        complain(promise::committed_before_shown, seq, i,
                 "is in the journal as from " + each->from + " in "
                     + each->conversation);
  }

  void complain(promise broken, event_number seq, std::size_t line,
                const std::string& what) {
    const auto& told = link_.told[line];
    found_.push_back({broken, user_, seq, "",
                      "line " + std::to_string(line + 1) + " of IRC connection "
                          + std::to_string(told.what->link) + " (\""
                          + told.what->text + "\", " + when(told.at) + ") "
                          + what});
  }

  const evidence& all_;
  const evidence::link& link_;
  const std::string& user_;
  std::vector<violation>& found_;
};

/// What the journal has of conversations was said, by one side or the other.
void check_invented(const evidence& all, std::vector<violation>& found) {
  std::map<std::string, std::set<std::string>> said;
  for (const auto& [number, link] : all.links())
    for (const auto& line : link.told)
      if (link.opened.what)
        said[link.opened.what->user].insert(line.what->text);
  for (const auto& [user, requests] : all.requests())
    for (const auto& each : requests)
      said[user].insert(each.said.what->text);
  for (const auto& [user, rows] : all.journals())
    for (const auto& [seq, contents] : rows)
      for (const auto* each : contents)
        if (each->type == "private" && !each->conversation.empty()
            && !said[user].contains(each->text))
          found.push_back({promise::numbered_once, user, seq, "",
                           "the journal has \"" + each->text + "\" from "
                               + each->from + ", which nobody has said"});
}

} // namespace

void check_lines(const evidence& all, std::vector<violation>& found) {
  for (const auto& [number, link] : all.links())
    if (link.opened.what)
      transcript(all, link, found).compare();
  check_invented(all, found);
}

} // namespace convoy::history

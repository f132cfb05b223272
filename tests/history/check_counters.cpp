// SPDX-License-Identifier: Apache-2.0
#include "tests/history/evidence.hpp"

#include <cstdint>
#include <string_view>

// What is unread, and what mentions somebody, is counted as the journal has it:
// also after a crash.
namespace convoy::history {

namespace {

struct counts {
  std::uint64_t unread = 0;
  std::uint64_t notifications = 0;
};

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
         || (c >= 'a' && c <= 'z') || c == '_';
}

bool has_word(std::string_view text, std::string_view word) {
  const auto ends = [&](std::size_t at) {
    return at >= text.size() || !is_word_character(text[at]);
  };
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if ((at == 0 || ends(at - 1)) && ends(at + word.size()))
      return true;
  return false;
}

/// Behind what was read; a user's nick is the user's name.
counts count(const evidence::rows& journal, const counters_kept& of) {
  counts result;
  for (const auto& [seq, all] : journal)
    for (const auto* each : all) {
      const auto is_counted = each->type == "private" || each->type == "action"
                              || each->type == "error";
      if (seq <= of.read_seq || !is_counted || each->from == of.user
          || each->connection != of.connection
          || each->conversation != of.conversation)
        continue;
      ++result.unread;
      if (of.conversation.starts_with('#') && has_word(each->text, of.user))
        ++result.notifications;
    }
  return result;
}

} // namespace

void check_counters(const evidence& all, std::vector<violation>& found) {
  for (const auto& each : all.counters()) {
    const auto& kept = *each.what;
    if (kept.conversation.empty() || all.is_cleared(kept.user))
      continue;
    const auto expected = count(all.journal_of(kept.user), kept);
    const auto complain = [&](const char* what, std::uint64_t is,
                              std::uint64_t should) {
      if (is != should)
        found.push_back({promise::counted, kept.user, 0, "",
                         kept.conversation + " has " + std::to_string(is) + ' '
                             + what + ", and the journal behind "
                             + std::to_string(kept.read_seq) + " has "
                             + std::to_string(should)});
    };
    complain("unread", kept.unread, expected.unread);
    complain("notifications", kept.notifications, expected.notifications);
  }
}

} // namespace convoy::history

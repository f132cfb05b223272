// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/check.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::history {

/// The facts of a run, sorted by what they are about.
class evidence {
public:
  explicit evidence(const std::vector<fact>& facts);

  /// Where a fact stands in the run.
  using place = std::size_t;

  template <class Kind>
  struct noted {
    place where = 0;
    moment at{};
    const Kind* what = nullptr;
  };

  /// One session from its opening to its end, in order.
  struct session {
    noted<session_opened> opened;
    std::vector<const fact*> facts; ///< all that name it but for the opening
    std::optional<noted<session_closed>> closed;
  };

  /// One IRC connection.
  struct link {
    noted<irc_opened> opened;
    std::optional<noted<irc_joined>> joined;
    std::vector<noted<irc_told>> told;
    std::size_t acknowledged = 0; ///< the first so many of them
    std::vector<noted<irc_heard>> heard;
    std::optional<noted<irc_closed>> closed;
  };

  /// One `send`, with the answers its session got.
  struct request {
    noted<session_said> said;
    std::vector<noted<session_answered>> answers;
  };

  using rows = std::map<event_number, std::vector<const content*>>;

  const std::map<std::string, session>& sessions() const {
    return sessions_;
  }
  const std::map<link_number, link>& links() const {
    return links_;
  }
  /// All sends of a user, in order.
  const std::map<std::string, std::vector<request>>& requests() const {
    return requests_;
  }
  /// Journals by user.
  const std::map<std::string, rows>& journals() const {
    return journals_;
  }
  const rows& journal_of(const std::string& user) const;
  const std::vector<noted<journal_ended>>& ends() const {
    return ends_;
  }
  const std::vector<noted<nonce_kept>>& nonces() const {
    return nonces_;
  }
  const std::vector<noted<counters_kept>>& counters() const {
    return counters_;
  }
  /// Answers that no request asked for.
  const std::vector<noted<session_answered>>& strays() const {
    return strays_;
  }
  bool is_settled() const {
    return is_settled_;
  }
  const std::vector<noted<home_lost>>& losses() const {
    return losses_;
  }
  /// Whether that connection may be one of the home that was lost.
  static bool may_be_from_before(const link& what,
                                 const noted<home_lost>& loss);
  /// Where something has happened to a user's home, behind that place.
  std::optional<place> loss_after(place where, const std::string& user) const;
  /// Where something has happened that what was read from this connection may
  /// be lost with, which may be a little before it was there.
  std::optional<place> loss_of(const link& what) const;
  /// Whether there were several nodes.
  bool is_fleet() const {
    return nodes_.size() > 1;
  }
  /// Whether somebody had that number deleted.
  bool is_cleared(const std::string& user, event_number seq) const;
  bool is_cleared(const std::string& user) const {
    return cleared_.contains(user);
  }
  /// Whose session that is; "" when nobody's.
  std::string user_of(const std::string& name) const;
  /// Where the journal of a user has a message of that text.
  std::vector<event_number> kept_at(const std::string& user,
                                    const std::string& text) const;

private:
  void take(const fact& one, place where);

  std::map<std::string, session> sessions_;
  std::map<link_number, link> links_;
  std::map<std::string, std::vector<request>> requests_;
  /// Where the request of a session and id is in its user's.
  std::map<std::pair<std::string, std::string>, std::size_t> asked_;
  std::map<std::string, std::size_t> pings_; ///< lines before each token
  std::map<std::string, rows> journals_;
  std::map<std::pair<std::string, std::string>, std::vector<event_number>>
      kept_at_;
  std::map<std::string, std::vector<const journal_cleared*>> cleared_;
  std::vector<noted<journal_ended>> ends_;
  std::vector<noted<nonce_kept>> nonces_;
  std::vector<noted<counters_kept>> counters_;
  std::set<std::string> nodes_;
  std::vector<place> kills_;
  std::vector<noted<home_lost>> losses_;
  std::vector<noted<session_answered>> strays_;
  bool is_settled_ = false;
};

/// `at 1.250 s`
std::string when(moment at);

// Each looks for what its file is about.
void check_stream(const evidence& all, std::vector<violation>& found);
void check_sessions(const evidence& all, std::vector<violation>& found);
void check_lines(const evidence& all, std::vector<violation>& found);
void check_sends(const evidence& all, std::vector<violation>& found);
void check_homes(const evidence& all, std::vector<violation>& found);
void check_counters(const evidence& all, std::vector<violation>& found);

} // namespace convoy::history

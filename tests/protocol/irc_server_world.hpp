// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/casemapping.hpp"
#include "tests/protocol/chances.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// What is so on an IRC server with one client that is real, and what happens
/// there without being asked. Others are names that it plays itself.
class irc_server_world {
public:
  /// What it does wrong, to see that a wrong session would be found.
  enum class fault : std::uint8_t {
    none,
    topic_untold, ///< a topic changes without a word
    kick_untold,
    nick_untold
  };

  /// A line to the client. One that is news of what the server knows is neither
  /// lost nor late while the connection is well.
  struct said {
    std::string line;
    bool is_news = true;
  };

  struct channel {
    std::string name;
    std::string topic;
    std::string key;
    bool invited_only = false;
    bool banned = false;
    std::set<std::string> members; ///< the others in it
    bool has_client = false;
  };

  irc_server_world(chances& random, fault what)
      : random_(random),
        fault_(what),
        mapping_(random.percent(50) ? casemapping::rfc1459
                                    : casemapping::ascii) {
    for (const auto* name :
         {"#convoy", "#Conv[oy]", "#secret", "&local", "#\xC3\x84rger", "#b"}) {
      channel made;
      made.name = name;
      for (const auto& each : others_)
        if (random_.percent(40))
          made.members.insert(each);
      if (random_.percent(60))
        made.topic = some_text();
      if (made.name == "#secret")
        made.key = "key";
      made.invited_only = random_.percent(10);
      made.banned = random_.percent(10);
      channels_.emplace(folded(name), std::move(made));
    }
    for (const auto* each : {"multi-prefix",
                             "server-time",
                             "message-tags",
                             "extended-join",
                             "echo-message",
                             "batch",
                             "labeled-response",
                             "account-notify",
                             "away-notify",
                             "chghost",
                             "setname",
                             "invite-notify",
                             "cap-notify",
                             "userhost-in-names",
                             "account-tag",
                             "extended-monitor",
                             "draft/no-implicit-names",
                             "standard-replies",
                             "draft/chathistory",
                             "draft/read-marker",
                             "draft/pre-away"})
      if (random_.percent(50))
        offered_.insert(each);
  }

  // -- what is so -------------------------------------------------------------

  const std::string& nick() const {
    return nick_;
  }
  bool is_registered() const {
    return registered_;
  }
  const std::map<std::string, channel>& channels() const {
    return channels_;
  }
  std::string folded(std::string_view name) const {
    return fold(name, mapping_);
  }
  const std::vector<std::string>& others() const {
    return others_;
  }

  /// What it says next, oldest first.
  std::deque<said> out;

  /// The client has gone.
  void lose_client() {
    for (auto& [key, each] : channels_)
      each.has_client = false;
    nick_.clear();
    enabled_.clear();
    registered_ = negotiating_ = has_user_ = false;
    out.clear();
  }

  // -- what happens without being asked ---------------------------------------

  /// Something that others or the server do.
  void stir() {
    if (!registered_)
      return;
    auto& where = some_channel();
    const auto who = random_.one_of(others_);
    const auto source = ":" + who + "!" + who + "@host.example ";
    switch (random_.below(14)) {
    case 0:
      if (where.members.insert(who).second && where.has_client)
        tell(source + "JOIN " + where.name
             + (enabled_.contains("extended-join") ? " * :Some One" : ""));
      break;
    case 1:
      if (where.members.erase(who) > 0 && where.has_client)
        tell(source + "PART " + where.name + " :bye");
      break;
    case 2:
      set_topic(where, source);
      break;
    case 3:
      if (where.has_client) {
        where.has_client = false;
        if (fault_ != fault::kick_untold)
          tell(source + "KICK " + where.name + " " + nick_ + " :out");
      }
      break;
    case 4:
      if (where.has_client)
        chat(source + "PRIVMSG " + where.name + " :" + some_text());
      break;
    case 5:
      chat(source + "PRIVMSG " + nick_ + " :" + some_text());
      break;
    case 6:
      if (where.has_client)
        tell(source + "MODE " + where.name + " "
             + random_.one_of(
                 std::vector<std::string>{"+o ", "-v ", "+mo ", "+b "})
             + who);
      break;
    case 7:
      tell(source + "INVITE " + nick_ + " " + where.name);
      where.invited_only = false;
      break;
    case 8:
      if (random_.percent(30) && !where.has_client) // forced by an operator
        enter(where);
      break;
    case 9:
      if (random_.percent(20))
        change_nick(some_nick());
      break;
    case 10:
      tell("PING :" + std::to_string(random_.below(1000)));
      break;
    case 11:
      chat(":irc.example NOTICE " + nick_ + " :*** Notice");
      break;
    case 12:
      chat(source + "PRIVMSG " + nick_ + " :\x01VERSION\x01");
      break;
    default:
      where.banned = random_.percent(10);
      where.invited_only = random_.percent(10);
      break;
    }
  }

  std::string some_text() {
    static const std::vector<std::string> all{
        "hello", "a b c", ":colon", "\xC3\xA4\xC3\xB6", "", "x  y"};
    return random_.one_of(all);
  }
  std::string some_nick() {
    static const std::vector<std::string> all{"ann",   "ann_", "Ann",
                                              "a[n]n", "zoe",  "bob"};
    return random_.one_of(all);
  }

protected:
  channel& some_channel() {
    return std::next(channels_.begin(), static_cast<std::ptrdiff_t>(
                                            random_.below(channels_.size())))
        ->second;
  }

  channel* find(std::string_view name) {
    const auto at = channels_.find(folded(name));
    return at == channels_.end() ? nullptr : &at->second;
  }

  bool is_taken(std::string_view name) const {
    return std::any_of(others_.begin(), others_.end(), [&](const auto& each) {
      return protocol::equal(each, name, mapping_);
    });
  }

  std::string me() const {
    return ":" + nick_ + "!ann@client.example ";
  }
  void tell(std::string line) {
    out.push_back({std::move(line), true});
  }
  void chat(std::string line) {
    out.push_back({std::move(line), false});
  }
  void numeric(std::string_view number, const std::string& rest,
               bool is_news = true) {
    out.push_back({":irc.example " + std::string(number) + " "
                       + (nick_.empty() ? "*" : nick_) + " " + rest,
                   is_news || !registered_});
  }

  void change_nick(const std::string& wanted) {
    if (wanted == nick_ || is_taken(wanted))
      return;
    const auto line = me() + "NICK :" + wanted;
    nick_ = wanted;
    if (fault_ != fault::nick_untold)
      tell(line);
  }

  void enter(channel& where) {
    where.has_client = true;
    tell(me() + "JOIN " + where.name
         + (enabled_.contains("extended-join") ? " * :Ann" : ""));
    if (!where.topic.empty()) {
      numeric("332", where.name + " :" + where.topic);
      numeric("333", where.name + " bob!b@h 1795330000", false);
    }
    if (!enabled_.contains("draft/no-implicit-names"))
      names(where);
  }

  void names(const channel& where) {
    std::string list = nick_;
    for (const auto& each : where.members)
      list += " @" + each;
    numeric("353", "= " + where.name + " :" + list, false);
    numeric("366", where.name + " :End of /NAMES list.");
  }

  void set_topic(channel& where, const std::string& source) {
    where.topic = some_text();
    if (where.has_client && fault_ != fault::topic_untold)
      tell(source + "TOPIC " + where.name + " :" + where.topic);
  }

  chances& random_;
  fault fault_;
  casemapping mapping_;
  std::vector<std::string> others_{"bob", "Cleo", "d{an}", "eve"};
  std::map<std::string, channel> channels_; ///< by folded name
  std::set<std::string> offered_;
  std::set<std::string> enabled_;
  std::string nick_;
  bool registered_ = false;
  bool negotiating_ = false;
  bool has_user_ = false;
};

} // namespace convoy::protocol

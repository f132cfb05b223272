// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/casemapping.hpp"
#include "protocol/irc_message.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// A source of chances that is the same for the same seed everywhere.
class chances {
public:
  explicit chances(std::uint64_t seed) : engine_(seed) {
    // nop
  }

  std::size_t below(std::size_t limit) {
    return static_cast<std::size_t>(engine_() % limit);
  }
  bool percent(std::size_t chance) {
    return below(100) < chance;
  }
  template <class Container>
  const auto& one_of(const Container& all) {
    return *std::next(all.begin(),
                      static_cast<std::ptrdiff_t>(below(all.size())));
  }

private:
  std::mt19937_64 engine_;
};

/// An IRC server with one client that is real: what it is told, what it knows,
/// and what it says. Others are names that it plays itself.
class irc_server_model {
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

  irc_server_model(chances& random, fault what)
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

  /// One line of the client.
  void receive(const std::string& text) {
    const auto parsed = parse_irc_line(text);
    if (!parsed)
      return;
    const auto label = parsed->tag("label");
    const auto from = out.size();
    handle(*parsed);
    if (label && enabled_.contains("labeled-response"))
      wrap(from, std::string(*label));
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

private:
  using words_of = std::vector<std::string>;

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

  /// Marks what was said since `from` as the answer to a labelled line.
  void wrap(std::size_t from, const std::string& label) {
    const auto count = out.size() - from;
    if (count == 0)
      return tell("@label=" + label + " :irc.example ACK");
    if (count == 1)
      return add_tag(out[from].line, "label=" + label);
    const auto reference = "b" + std::to_string(++batches_);
    for (auto i = from; i < out.size(); ++i)
      add_tag(out[i].line, "batch=" + reference);
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(from),
               {"@label=" + label + " :irc.example BATCH +" + reference
                    + " labeled-response",
                true});
    tell(":irc.example BATCH -" + reference);
  }

  static void add_tag(std::string& line, const std::string& tag) {
    if (line.starts_with('@'))
      line.insert(1, tag + ";");
    else
      line.insert(0, "@" + tag + " ");
  }

  void handle(const irc_message& what) {
    static const std::map<std::string_view,
                          void (irc_server_model::*)(const irc_message&)>
        rows{{"CAP", &irc_server_model::on_cap},
             {"NICK", &irc_server_model::on_nick},
             {"USER", &irc_server_model::on_user},
             {"JOIN", &irc_server_model::on_join},
             {"PART", &irc_server_model::on_part},
             {"TOPIC", &irc_server_model::on_topic},
             {"NAMES", &irc_server_model::on_names},
             {"WHOIS", &irc_server_model::on_whois},
             {"PRIVMSG", &irc_server_model::on_message},
             {"MODE", &irc_server_model::on_mode},
             {"AWAY", &irc_server_model::on_away},
             {"PING", &irc_server_model::on_ping},
             {"LIST", &irc_server_model::on_list},
             {"INVITE", &irc_server_model::on_invite},
             {"ISON", &irc_server_model::on_ison},
             {"KICK", &irc_server_model::on_kick},
             {"WHO", &irc_server_model::on_who},
             {"MONITOR", &irc_server_model::on_monitor},
             {"SETNAME", &irc_server_model::on_setname},
             {"CHATHISTORY", &irc_server_model::on_history}};
    constexpr std::string_view silent[]{"PASS", "PONG", "TAGMSG", "NOTICE",
                                        "MARKREAD"};
    if (const auto row = rows.find(what.command); row != rows.end())
      (this->*row->second)(what);
    else if (std::find(std::begin(silent), std::end(silent), what.command)
             == std::end(silent))
      numeric("421", what.command + " :Unknown command");
  }

  // -- registration -----------------------------------------------------------

  void on_cap(const irc_message& what) {
    const auto verb = what.param(0);
    const auto client = nick_.empty() ? "*" : nick_;
    if (verb == "LS") {
      negotiating_ = !registered_;
      std::string list;
      for (const auto& each : offered_) {
        list += each + " ";
        if (random_.percent(10))
          tell(":irc.example CAP " + client
               + " LS * :" + std::exchange(list, ""));
      }
      tell(":irc.example CAP " + client + " LS :" + list);
    } else if (verb == "REQ") {
      const auto asked = words(what.last());
      const bool fine =
          std::all_of(asked.begin(), asked.end(), [&](std::string_view each) {
            return offered_.contains(std::string(each));
          });
      if (fine)
        for (const auto each : asked)
          enabled_.insert(std::string(each));
      tell(":irc.example CAP " + client + (fine ? " ACK :" : " NAK :")
           + std::string(what.last()));
    } else if (verb == "END") {
      negotiating_ = false;
      welcome();
    }
  }

  void on_user(const irc_message&) {
    has_user_ = true;
    welcome();
  }

  void on_nick(const irc_message& what) {
    const auto wanted = std::string(what.param(0));
    if (wanted.empty() || what.params.size() > 1)
      return numeric("432", wanted + " :Erroneous nickname");
    if (is_taken(wanted))
      return numeric("433", wanted + " :Nickname is already in use");
    if (!registered_) {
      nick_ = wanted;
      return welcome();
    }
    change_nick(wanted);
  }

  void change_nick(const std::string& wanted) {
    if (wanted == nick_ || is_taken(wanted))
      return;
    const auto line = me() + "NICK :" + wanted;
    nick_ = wanted;
    if (fault_ != fault::nick_untold)
      tell(line);
  }

  void welcome() {
    if (registered_ || negotiating_ || nick_.empty() || !has_user_)
      return;
    registered_ = true;
    numeric("001", ":Welcome " + nick_);
    numeric("002", ":Your host", false);
    numeric("004", "irc.example model-1 iow biklmnopstv", false);
    numeric("005",
            std::string("CASEMAPPING=")
                + (mapping_ == casemapping::ascii ? "ascii" : "rfc1459")
                + " CHANTYPES=#& PREFIX=(ohv)@%+ CHANMODES=beI,k,l,imnpst "
                  "NETWORK=Model MONITOR=9 TARGMAX=JOIN:4 :are supported");
    numeric("375", ":- Message of the day", false);
    numeric("372", ":- Hello", false);
    numeric("376", ":End", false);
  }

  // -- channels ---------------------------------------------------------------

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

  void on_join(const irc_message& what) {
    const auto keys = split(what.param(1));
    std::size_t next = 0;
    for (const auto& name : split(what.param(0))) {
      const auto key = next < keys.size() ? keys[next] : "";
      ++next;
      if (!name.starts_with('#') && !name.starts_with('&')) {
        numeric("403", name + " :No such channel");
        continue;
      }
      auto* where = find(name);
      if (where == nullptr) {
        channel made;
        made.name = name;
        where = &channels_.emplace(folded(name), made).first->second;
      }
      if (where->has_client)
        continue;
      if (!where->key.empty() && where->key != key)
        numeric("475", where->name + " :Cannot join channel (+k)");
      else if (where->invited_only)
        numeric("473", where->name + " :Cannot join channel (+i)");
      else if (where->banned)
        numeric("474", where->name + " :Cannot join channel (+b)");
      else
        enter(*where);
    }
  }

  void on_part(const irc_message& what) {
    for (const auto& name : split(what.param(0))) {
      auto* where = find(name);
      if (where == nullptr) {
        numeric("403", name + " :No such channel", false);
      } else if (!where->has_client) {
        numeric("442", name + " :You're not on that channel", false);
      } else {
        where->has_client = false;
        tell(me() + "PART " + where->name);
      }
    }
  }

  void on_topic(const irc_message& what) {
    auto* where = find(what.param(0));
    if (where == nullptr || !where->has_client)
      return numeric("442", std::string(what.param(0)) + " :Not on it", false);
    if (what.params.size() < 2) {
      if (where->topic.empty())
        return numeric("331", where->name + " :No topic is set");
      return numeric("332", where->name + " :" + where->topic);
    }
    if (random_.percent(20))
      return numeric("482", where->name + " :You're not channel operator",
                     false);
    where->topic = what.param(1);
    tell(me() + "TOPIC " + where->name + " :" + where->topic);
  }

  void set_topic(channel& where, const std::string& source) {
    where.topic = some_text();
    if (where.has_client && fault_ != fault::topic_untold)
      tell(source + "TOPIC " + where.name + " :" + where.topic);
  }

  void on_names(const irc_message& what) {
    if (const auto* where = find(what.param(0)))
      return names(*where);
    numeric("366", std::string(what.param(0)) + " :End of /NAMES list.");
  }

  void on_mode(const irc_message& what) {
    const std::string target(what.param(0));
    const auto modes = what.param(1);
    if (protocol::equal(target, nick_, mapping_)) {
      if (modes.empty())
        numeric("221", "+i", false);
      else
        tell(":" + nick_ + " MODE " + nick_ + " :" + std::string(modes));
    } else if (find(target) == nullptr) {
      numeric("403", target + " :No such channel", false);
    } else if (modes.empty()) {
      numeric("324", target + " +nt", false);
      numeric("329", target + " 1795330000", false);
    } else if (modes == "b" || modes == "+b") {
      numeric("367", target + " x!*@* bob 1795330000", false);
      numeric("368", target + " :End of Channel Ban List", false);
    } else if (random_.percent(50)) {
      numeric("482", target + " :You're not channel operator", false);
    } else {
      tell(me() + "MODE " + target + " " + what.joined(1));
    }
  }

  void on_list(const irc_message&) {
    numeric("321", "Channel :Users Name", false);
    for (const auto& [key, each] : channels_)
      numeric("322",
              each.name + " " + std::to_string(each.members.size()) + " :"
                  + each.topic,
              false);
    numeric("323", ":End of /LIST", false);
  }

  // -- people -----------------------------------------------------------------

  void on_whois(const irc_message& what) {
    const std::string whom(what.last());
    if (!is_taken(whom)) {
      numeric("401", whom + " :No such nick", false);
    } else {
      numeric("311", whom + " u host.example * :Some One", false);
      numeric("319", whom + " :@#convoy +#b", false);
      numeric("312", whom + " irc.example :Here", false);
      numeric("317", whom + " 12 1795330000 :seconds idle", false);
    }
    numeric("318", whom + " :End of /WHOIS list.", false);
  }

  void on_message(const irc_message& what) {
    const std::string target(what.param(0));
    const auto* where = find(target);
    if (where != nullptr ? !where->has_client
                         : !is_taken(target) && target != nick_) {
      numeric(where != nullptr ? "404" : "401", target + " :Cannot send",
              false);
      return;
    }
    if (enabled_.contains("echo-message"))
      chat(me() + "PRIVMSG " + target + " :" + std::string(what.last()));
  }

  void on_away(const irc_message& what) {
    numeric(what.params.empty() ? "305" : "306", ":Away", false);
  }

  void on_ping(const irc_message& what) {
    tell(":irc.example PONG irc.example :" + std::string(what.last()));
  }

  void on_invite(const irc_message& what) {
    numeric("341", what.joined(0), false);
  }

  void on_ison(const irc_message& what) {
    std::string list;
    for (std::size_t i = 0; i < what.params.size(); ++i)
      for (const auto each : words(what.params[i]))
        if (is_taken(each))
          list += std::string(each) + " ";
    numeric("303", ":" + list, false);
  }

  void on_kick(const irc_message& what) {
    auto* where = find(what.param(0));
    const std::string whom(what.param(1));
    if (where == nullptr || !where->has_client)
      return numeric("442", std::string(what.param(0)) + " :Not on it", false);
    if (random_.percent(50) || where->members.erase(whom) == 0)
      return numeric("482", where->name + " :You're not channel operator",
                     false);
    tell(me() + "KICK " + where->name + " " + whom + " :out");
  }

  void on_who(const irc_message& what) {
    const std::string mask(what.param(0));
    if (const auto* where = find(mask))
      for (const auto& each : where->members)
        numeric("352",
                where->name + " u host.example irc.example " + each
                    + " H@ :0 Some One",
                false);
    numeric("315", mask + " :End of /WHO list.", false);
  }

  void on_monitor(const irc_message& what) {
    for (const auto& each : split(what.param(1)))
      numeric(is_taken(each) ? "730" : "731", ":" + each, false);
  }

  void on_setname(const irc_message& what) {
    tell(me() + "SETNAME :" + std::string(what.last()));
  }

  void on_history(const irc_message& what) {
    const auto reference = "h" + std::to_string(++batches_);
    tell(":irc.example BATCH +" + reference + " chathistory "
         + std::string(what.param(1)));
    tell(":irc.example BATCH -" + reference);
  }

  static words_of split(std::string_view list) {
    words_of result;
    while (!list.empty()) {
      const auto word = list.substr(0, list.find(','));
      if (!word.empty())
        result.emplace_back(word);
      list.remove_prefix(std::min(word.size() + 1, list.size()));
    }
    return result;
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
  std::size_t batches_ = 0;
};

} // namespace convoy::protocol

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_message.hpp"
#include "protocol/text.hpp"
#include "tests/protocol/irc_server_world.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// An IRC server with one client that is real: what it answers.
class irc_server_model : public irc_server_world {
public:
  using irc_server_world::irc_server_world;

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

private:
  using words_of = std::vector<std::string>;

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

  std::size_t batches_ = 0; ///< that were begun
};

} // namespace convoy::protocol

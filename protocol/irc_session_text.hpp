// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_message.hpp"
#include "protocol/irc_waiters.hpp"
#include "protocol/json.hpp"

#include <string>
#include <string_view>
#include <vector>

// Small things that several parts of a session say or write.
namespace convoy::protocol {

/// What a person is told who asks for what the server does not have.
inline constexpr const char* not_supported = "The server does not support it.";

/// A service that has a command of its own: `/ns help` is for NickServ.
struct irc_service {
  std::string_view shortcut;
  std::string_view nick;
};
inline constexpr irc_service services[]{
    {"bs", "BotServ"},  {"cs", "ChanServ"}, {"hs", "HostServ"},
    {"ms", "MemoServ"}, {"ns", "NickServ"}, {"os", "OperServ"},
};

/// `text` up to its first LF, without CR and NUL: fit for one IRC line.
std::string one_line(std::string_view text);

/// Whether a server would take `name` for a nick, not for a list or a mask.
bool may_be_nick(std::string_view name) noexcept;

/// Takes who somebody is, or on which server, from 311, 314 or 312.
void take_identity(const irc_message& line, irc_whois& who);
/// Puts that into the object that is open; it is returned.
json_writer& write_identity(const irc_whois& who, json_writer& out);

/// What the tags say of a message, as one JSON object, or "".
std::string describe_tags(const irc_message& line, bool late);

/// The tag that makes a line an answer to that message, with the space after
/// it; "" for "".
std::string reply_tag(std::string_view msgid);

/// What a message says of the one it answers, as one JSON object.
std::string describe_reply(std::string_view msgid);

/// Puts the collected items into the object that is open, as member `key`.
void write_items(std::string_view key, const irc_open_command& command,
                 json_writer& out);

/// Puts the member `participants` into the object that is open.
void write_participants(const std::vector<irc_participant>& all,
                        json_writer& out);

} // namespace convoy::protocol

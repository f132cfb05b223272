// SPDX-License-Identifier: Apache-2.0
#include "actors/connection_wish.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <array>

namespace convoy::actors {

namespace {

using protocol::connection_url;

std::vector<std::string> without_blank(std::vector<std::string> lines) {
  for (auto& line : lines)
    line = protocol::trim(line);
  std::erase(lines, "");
  return lines;
}

/// What is wrong with parameters that say whom to trust: one that is not what
/// it was meant to be would keep everybody out, or send the password in the
/// clear.
std::optional<refused> problem_of(const connection_url& url) {
  if (!url.param("tls_fingerprint").empty()
      && !protocol::is_sha256(url.pinned_certificate()))
    return refused{400,
                   "tls_fingerprint is not a SHA-256 in hex: 64 digits, colons "
                   "allowed.",
                   "/url"};
  const auto sasl = protocol::to_lower_ascii(url.param("sasl"));
  if (sasl.starts_with("scram") && sasl != "scram-sha-256"
      && sasl != "scram-sha-512")
    return refused{400,
                   "sasl is not one of none, plain, external, scram-sha-256, "
                   "scram-sha-512.",
                   "/url"};
  return std::nullopt;
}

/// Whether a change of URL can only take effect with a new connect.
bool needs_reconnect(const connection_url& a, const connection_url& b) {
  static constexpr std::array keys{
      "realname",   "sasl",          "authname",       "tls",
      "tls_verify", "local_address", "tls_fingerprint"};
  return a.host != b.host || a.dial_port() != b.dial_port() || a.user != b.user
         || std::ranges::any_of(keys, [&](const char* key) {
              return a.param(key) != b.param(key);
            });
}

/// Whether a URL says that there is no user any more: `irc://:@host`.
bool names_nobody(std::string_view url) {
  constexpr std::string_view mark = "://";
  const auto at = url.find(mark);
  return at != std::string_view::npos
         && url.substr(at + mark.size()).starts_with(":@");
}

} // namespace

std::variant<protocol::connection_record, refused>
make_connection_record(const create_connection& wish,
                       const std::string& email) {
  auto parsed = protocol::parse_connection_url(wish.url);
  if (const auto* why = std::get_if<protocol::url_error>(&parsed))
    return refused{400, why->message, "/url"};
  auto& url = std::get<connection_url>(parsed);
  if (auto why = problem_of(url))
    return *why;
  protocol::connection_record record;
  record.id = url.connection_id();
  record.name = url.display_name();
  record.password = url.password;
  record.wanted = wish.wanted;
  record.on_connect_commands = without_blank(wish.on_connect_commands);
  const auto asked = protocol::words(wish.conversation_id);
  if (asked.empty())
    add_conversation(record, url.channel, url.channel_key);
  else
    add_conversation(record, asked[0], asked.size() > 1 ? asked[1] : "");
  url.channel.clear();
  url.channel_key.clear();
  if (url.param("nick").empty())
    url.set_param("nick", wanted_nick(url, email));
  record.url = url.to_string();
  return record;
}

std::variant<record_change, refused>
change_connection_record(const update_connection& wish,
                         const protocol::connection_record& old) {
  record_change result;
  auto& record = result.record;
  record.id = old.id;
  record.name = old.name;
  record.url = old.url;
  record.password = old.password;
  record.info = old.info;
  record.memory = old.memory;
  record.certificate = old.certificate;
  record.wanted = wish.wanted.value_or(old.wanted);
  record.on_connect_commands = wish.on_connect_commands
                                   ? without_blank(*wish.on_connect_commands)
                                   : old.on_connect_commands;
  if (!wish.url || wish.url->empty())
    return result;
  auto parsed = protocol::parse_connection_url(*wish.url);
  if (const auto* why = std::get_if<protocol::url_error>(&parsed))
    return refused{400, why->message, "/url"};
  auto& url = std::get<connection_url>(parsed);
  if (auto why = problem_of(url))
    return *why;
  const auto before =
      std::get<connection_url>(protocol::parse_connection_url(old.url));
  // Clients never see the password, so one that is not given is unchanged.
  if (!names_nobody(*wish.url)) {
    if (url.password.empty() && url.user.empty())
      url.user = before.user;
    if (url.password.empty() && url.user == before.user)
      url.password = old.password;
  }
  result.reconnect =
      needs_reconnect(before, url) || url.password != old.password;
  record.password = std::exchange(url.password, {});
  url.channel.clear();
  url.channel_key.clear();
  record.url = url.to_string();
  return result;
}

std::string with_allowed_params(const std::string& url,
                                const std::string& wished) {
  auto old = protocol::parse_connection_url(url);
  const auto parsed = protocol::parse_connection_url(wished);
  auto* result = std::get_if<connection_url>(&old);
  const auto* wish = std::get_if<connection_url>(&parsed);
  if (!result || !wish)
    return wished;
  for (const auto* key : {"nick", "realname", "sasl", "tls", "tls_verify"})
    result->set_param(key, wish->param(key));
  return result->to_string();
}

std::optional<bool> wanted_state(protocol::json_object& wish) {
  const auto text = wish.string("wanted_state");
  if (!text)
    return std::nullopt;
  if (*text != "connected" && *text != "disconnected")
    wish.refuse("wanted_state", "Not in enum list: connected, disconnected.");
  return *text == "connected";
}

void add_conversation(protocol::connection_record& record,
                      std::string_view name, std::string_view key) {
  auto id = protocol::to_lower(name);
  if (id.empty()
      || std::ranges::count(record.conversations, id,
                            &protocol::conversation::id)
             != 0)
    return;
  protocol::conversation fresh;
  fresh.id = std::move(id);
  fresh.name = name;
  fresh.key = key;
  if (protocol::kind_of(name) == protocol::conversation_kind::channel)
    fresh.frozen = protocol::freeze::not_active;
  record.conversations.push_back(std::move(fresh));
}

connection_url connection_url_of(const protocol::connection_record& record) {
  auto parsed = protocol::parse_connection_url(record.url);
  auto* url = std::get_if<connection_url>(&parsed);
  return url ? std::move(*url) : connection_url{};
}

void set_nick(protocol::connection_record& record, const std::string& nick) {
  auto parsed = protocol::parse_connection_url(record.url);
  if (auto* url = std::get_if<connection_url>(&parsed)) {
    url->set_param("nick", nick);
    record.url = url->to_string();
  }
}

std::string wanted_nick(const connection_url& url, const std::string& email) {
  if (const auto asked = url.param("nick"); !asked.empty())
    return std::string{asked};
  auto nick = email.substr(0, email.find('@'));
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || c == '_';
  };
  std::ranges::replace_if(
      nick, [&](char c) { return !is_word(c); }, '_');
  if (nick.empty())
    return "guest";
  // RFC 2812 §2.3.1: a nick does not start with a digit.
  if (nick.front() >= '0' && nick.front() <= '9')
    nick.insert(nick.begin(), '_');
  return nick;
}

} // namespace convoy::actors

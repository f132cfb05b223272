// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

namespace {

/// Numerics without an `ERR_` name among the errors (spec §8).
bool is_error_numeric(std::string_view command) {
  constexpr std::string_view nameless[]{"416", "437", "470", "479"};
  return command.size() == 3 && (command[0] == '4' || command[0] == '5')
         && std::find(std::begin(nameless), std::end(nameless), command)
                == std::end(nameless);
}

} // namespace

bool may_be_nick(std::string_view name) noexcept {
  constexpr std::size_t max_nick = 64;
  return !name.empty() && name.size() <= max_nick
         && name.find_first_of(" ,:*?!@$#&") == std::string_view::npos;
}

std::string one_line(std::string_view text) {
  std::string result;
  const auto first = text.substr(0, text.find('\n'));
  std::copy_if(first.begin(), first.end(), std::back_inserter(result),
               [](char c) { return c != '\r' && c != '\0'; });
  return result;
}

std::string
irc_session::impl::line(std::initializer_list<std::string_view> params) {
  std::string result;
  for (auto param : params) {
    if (!result.empty())
      result += ' ';
    result += param;
  }
  return result;
}

std::string
irc_session::impl::text_line(std::initializer_list<std::string_view> params,
                             std::string_view trailing) {
  return line(params).append(" :").append(trailing);
}

event irc_session::impl::make(event_kind kind, const conversation* where,
                              context& ctx) const {
  event result;
  result.kind = kind;
  result.time = ctx.time;
  result.connection_id = settings.connection_id;
  result.conversation_id = where != nullptr ? where->id : "";
  result.name = where != nullptr ? where->name : settings.name;
  return result;
}

void irc_session::impl::tell(event_kind kind, const conversation* where,
                             std::string from, std::string text,
                             context& ctx) const {
  auto what = make(kind, where, ctx);
  what.from = std::move(from);
  what.text = std::move(text);
  ctx.out.events.push_back(std::move(what));
}

void irc_session::impl::tell_notice(std::string text, context& ctx) const {
  tell(event_kind::notice, nullptr, settings.connection_id, std::move(text),
       ctx);
}

void irc_session::impl::tell_error(std::string text, context& ctx) const {
  tell(event_kind::error, nullptr, server_name(), std::move(text), ctx);
}

void irc_session::impl::tell_frozen(const conversation& what,
                                    context& ctx) const {
  auto frozen = make(event_kind::frozen, &what, ctx);
  frozen.text = what.frozen;
  frozen.topic = what.topic;
  frozen.extra = what.info;
  ctx.out.events.push_back(std::move(frozen));
}

void irc_session::impl::tell_info(context& ctx) const {
  auto what = make(event_kind::info, nullptr, ctx);
  what.extra = info();
  ctx.out.events.push_back(std::move(what));
}

void irc_session::impl::tell_fallback(const irc_message& line,
                                      context& ctx) const {
  const bool skip_nick = !line.params.empty() && is_me(line.params.front());
  const bool error = line.command == "ERROR" || is_error_numeric(line.command);
  tell(error ? event_kind::error : event_kind::notice, nullptr,
       settings.connection_id, line.joined(skip_nick ? 1 : 0), ctx);
}

void irc_session::impl::freeze(conversation& what, std::string reason,
                               context& ctx) const {
  what.frozen = std::move(reason);
  tell_frozen(what, ctx);
}

std::string irc_session::impl::info() const {
  json_writer out;
  out.begin_object().field("authenticated", authenticated);
  out.key("capabilities").begin_object();
  for (const auto& [name, value] : capabilities.offered())
    out.field(name, true);
  out.end_object();
  if (!settings.certificate_fingerprint.empty())
    out.key("certificate")
        .begin_object()
        .field("fingerprint", settings.certificate_fingerprint)
        .field("sha256", settings.certificate_sha256)
        .end_object();
  out.field("nick", nick);
  if (!real_host.empty())
    out.field("real_host", real_host);
  if (socket) {
    out.key("socket")
        .begin_object()
        .field("address", socket->address)
        .field("port", std::uint64_t{socket->port})
        .field("tls", socket->tls)
        .key("local_address");
    if (socket->local_address.empty())
      out.null();
    else
      out.string(socket->local_address);
    out.end_object();
  }
  if (server_op)
    out.field("server_op", true);
  if (supports.utf8_only)
    out.field("utf8_only", true);
  if (!version.empty()) {
    out.field("version", version)
        .field("available_user_modes", user_modes)
        .field("available_channel_modes", channel_modes);
  }
  out.end_object();
  return out.take();
}

std::string irc_session::impl::server_name() const {
  return real_host.empty() ? settings.connection_id : real_host;
}

bool irc_session::impl::same(std::string_view a,
                             std::string_view b) const noexcept {
  return protocol::equal(a, b, supports.mapping);
}

bool irc_session::impl::is_me(std::string_view name) const {
  return same(name, nick);
}

bool irc_session::impl::is_service(std::string_view name) const {
  return std::any_of(
      settings.profile.service_accounts.begin(),
      settings.profile.service_accounts.end(),
      [&](const std::string& each) { return equal_ascii(each, name); });
}

conversation* irc_session::impl::find(std::string_view name) {
  const auto known = conversations.find(to_lower(name));
  if (known != conversations.end())
    return &known->second;
  // Only these are letters to some servers and not to `to_lower`.
  if (name.find_first_of("[]\\^{}|~") == std::string_view::npos)
    return nullptr;
  for (auto& [id, each] : conversations)
    if (same(each.name, name))
      return &each;
  return nullptr;
}

std::string irc_session::impl::id_of(std::string_view name) {
  const auto* known = find(name);
  return known != nullptr ? known->id : to_lower(name);
}

conversation* irc_session::impl::find_or_make(std::string_view name,
                                              std::size_t limit, context& ctx) {
  if (auto* known = find(name); known != nullptr || name.empty())
    return known;
  if (conversations.size() >= limit)
    return nullptr;
  conversation made;
  made.id = to_lower(name);
  made.name = name;
  // So that a later `/join` does join it.
  if (supports.is_channel(name))
    made.frozen = freeze::not_active;
  std::erase(ctx.out.removed, made.id);
  ctx.out.changed.push_back(made.id);
  auto id = made.id;
  return &conversations.emplace(std::move(id), std::move(made)).first->second;
}

} // namespace convoy::protocol

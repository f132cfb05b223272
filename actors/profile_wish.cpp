// SPDX-License-Identifier: Apache-2.0
#include "actors/profile_wish.hpp"

#include "protocol/connection_url.hpp"
#include "protocol/json.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

using protocol::connection_profile;
using protocol::connection_url;

constexpr std::size_t most_services = 50;

std::optional<connection_url> parse(std::string_view text) {
  auto parsed = protocol::parse_connection_url(text);
  if (auto* url = std::get_if<connection_url>(&parsed))
    return std::move(*url);
  return std::nullopt;
}

/// Whether `key` is there to say that it has no value.
bool is_null(const protocol::json_object& wish, std::string_view key) {
  return !wish.has(key) && std::ranges::count(wish.keys(), key) != 0;
}

std::optional<std::size_t> read_limit(protocol::json_object& wish,
                                      std::string_view key, std::size_t least,
                                      std::size_t most) {
  const auto value = wish.number(key);
  if (!value)
    return std::nullopt;
  if (*value < least || *value > most)
    wish.refuse(key, "Expected a number from " + std::to_string(least) + " to "
                         + std::to_string(most) + ".");
  return static_cast<std::size_t>(*value);
}

bool is_service_name(std::string_view name) {
  return !name.empty() && name.size() <= 64
         && std::ranges::none_of(name, [](unsigned char c) {
              return c <= ' ' || c == ',' || c == ':' || c == 0x7f;
            });
}

void read_services(protocol::json_object& wish, connection_profile& to) {
  auto names = wish.strings("service_accounts");
  if (!names)
    return;
  if (names->size() > most_services
      || !std::ranges::all_of(*names, is_service_name))
    return wish.refuse("service_accounts", "Expected at most "
                                               + std::to_string(most_services)
                                               + " nicks.");
  to.service_accounts = std::move(*names);
}

void read_webirc(protocol::json_object& wish, connection_profile& to) {
  auto password = wish.string("webirc_password");
  if (!password)
    return;
  const auto is_bad = [](unsigned char c) {
    return c <= ' ' || c == 0x7f;
  };
  if (password->size() > 200 || password->starts_with(':')
      || std::ranges::any_of(*password, is_bad))
    return wish.refuse("webirc_password",
                       "Expected a word of at most 200 bytes.");
  to.webirc_password = std::move(*password);
}

/// Whether this is the default connection, and the only one.
void read_default(protocol::json_object& wish,
                  const connection_profile& profile, site_settings& site) {
  const auto is_default = is_same_server(profile.url, site.default_connection);
  const auto wanted = wish.boolean("is_default").value_or(false);
  const auto forced = wish.boolean("is_forced");
  if (wanted && !is_default)
    site.default_connection = profile.url;
  if (forced && (wanted || is_default))
    site.forced_connection = *forced;
  else if (forced && *forced)
    wish.refuse("is_forced", "Only the default connection can be forced.");
}

template <class Value>
void put_optional(std::optional<Value>& to, std::optional<std::size_t> found,
                  bool is_null) {
  if (found)
    to = Value(*found);
  else if (is_null)
    to.reset();
}

void write_profile(protocol::json_writer& out,
                   const connection_profile& profile, const site_settings& site,
                   bool for_admin) {
  const auto url = parse(profile.url);
  const auto is_default = is_same_server(profile.url, site.default_connection);
  out.begin_object()
      .field("id", profile.id)
      .field("url", profile.url)
      .field("is_default", is_default)
      .field("is_forced", is_default && site.forced_connection)
      .field("skip_queue", skips_queue(profile, url ? url->host : ""))
      .field("max_bulk_message_size",
             std::uint64_t{profile.max_bulk_message_size})
      .field("max_message_length", std::uint64_t{profile.max_message_length})
      .field("service_accounts", profile.service_accounts);
  if (for_admin)
    out.field("webirc_password", profile.webirc_password);
  if (profile.flood_burst)
    out.field("flood_burst", std::uint64_t{*profile.flood_burst});
  if (profile.flood_interval)
    out.field("flood_interval",
              static_cast<std::uint64_t>(profile.flood_interval->count()));
  out.end_object();
}

} // namespace

connection_profile profile_of(const profile_map& known,
                              std::string_view connection_id) {
  if (const auto i = known.find(connection_id); i != known.end())
    return i->second;
  connection_profile result;
  result.id = connection_id;
  return result;
}

bool skips_queue(const connection_profile& profile, std::string_view host) {
  return profile.skip_queue.value_or(host == "localhost" || host == "127.0.0.1"
                                     || host == "::1");
}

bool is_same_server(std::string_view a, std::string_view b) {
  const auto one = parse(a);
  const auto other = parse(b);
  return one && other && one->host == other->host
         && one->dial_port() == other->dial_port();
}

std::optional<connection_profile> read_profile(protocol::json_object& wish,
                                               const profile_map& known,
                                               site_settings& site) {
  const auto text = wish.required_string("url");
  if (!wish.ok())
    return std::nullopt;
  auto parsed = protocol::parse_connection_url(text);
  if (const auto* why = std::get_if<protocol::url_error>(&parsed)) {
    wish.refuse("url", why->message);
    return std::nullopt;
  }
  const auto& url = std::get<connection_url>(parsed);
  auto result = profile_of(known, url.connection_id());
  result.url = url.to_string();
  result.max_bulk_message_size =
      read_limit(wish, "max_bulk_message_size", 1, 32)
          .value_or(result.max_bulk_message_size);
  result.max_message_length = read_limit(wish, "max_message_length", 32, 2048)
                                  .value_or(result.max_message_length);
  read_services(wish, result);
  read_webirc(wish, result);
  if (const auto skip = wish.boolean("skip_queue"))
    result.skip_queue = skip;
  else if (is_null(wish, "skip_queue"))
    result.skip_queue.reset();
  put_optional(result.flood_burst, read_limit(wish, "flood_burst", 1, 1000),
               is_null(wish, "flood_burst"));
  put_optional(result.flood_interval,
               read_limit(wish, "flood_interval", 0, 3'600'000),
               is_null(wish, "flood_interval"));
  read_default(wish, result, site);
  if (!wish.ok())
    return std::nullopt;
  return result;
}

profile_map listed_profiles(const profile_map& known,
                            const site_settings& site) {
  auto result = known;
  if (const auto url = parse(site.default_connection)) {
    auto profile = profile_of(known, url->connection_id());
    if (profile.url.empty())
      profile.url = url->to_string();
    result.emplace(profile.id, std::move(profile));
  }
  return result;
}

bool is_listed(std::string_view connection_id, const profile_map& known,
               const site_settings& site) {
  if (known.contains(connection_id))
    return true;
  const auto url = parse(site.default_connection);
  return url && url->connection_id() == connection_id;
}

std::string encode_profile(const connection_profile& profile,
                           const site_settings& site, bool for_admin) {
  protocol::json_writer out;
  write_profile(out, profile, site, for_admin);
  return out.take();
}

std::string encode_profiles(const profile_map& profiles,
                            const site_settings& site, bool for_admin) {
  protocol::json_writer out;
  out.begin_object().key("profiles").begin_array();
  for (const auto& [id, profile] : profiles)
    write_profile(out, profile, site, for_admin);
  out.end_array().end_object();
  return out.take();
}

} // namespace convoy::actors

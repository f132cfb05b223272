// SPDX-License-Identifier: Apache-2.0
#include "actors/page.hpp"

#include "actors/link_base.hpp"
#include "protocol/base64.hpp"
#include "protocol/connection_url.hpp"
#include "protocol/json_object.hpp"
#include "protocol/text.hpp"
#include "protocol/url_encoding.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

const char* yes_or_no(bool value) {
  return value ? "yes" : "no";
}

/// What the front end's own cookie says: base64 of a JSON object, which is
/// percent-encoded by some browsers.
std::string kept_language(const protocol::http_request& request) {
  const auto text =
      protocol::percent_decode(protocol::cookie(request.cookies, "convos_js"));
  const auto json = text ? protocol::decode_base64(*text) : std::nullopt;
  if (!json)
    return {};
  return protocol::json_object{*json}.string("lang").value_or("");
}

/// The form that an address leads to, with what it begins with.
std::string form_of(const char* form, const char* key, std::string_view value) {
  return form + ('?' + std::string{key}) + '='
         + protocol::percent_encode(value);
}

} // namespace

std::map<std::string, std::string>
page_values(const page& what, const node& home,
            const protocol::http_request& request) {
  const auto& site = what.site;
  return {
      {"BASE_URL", link_base(home.config, request)},
      {"BASE_PATH", base_path(home.config, request)},
      {"FIRST_USER", yes_or_no(what.first_user)},
      {"OPEN_TO_PUBLIC", yes_or_no(site.open_to_public)},
      {"EXISTING_USER", yes_or_no(what.existing_user)},
      {"STATUS", std::to_string(what.status)},
      {"OIDC_LOGIN_URL", ""},
      {"CONTACT_BASE64", protocol::encode_base64(site.contact)},
      {"ORGANIZATION_NAME", site.organization_name},
      {"ORGANIZATION_URL", site.organization_url},
      {"CSRF", what.csrf},
      {"VERSION", home.version},
      {"LANG", page_language(*home.languages(), request)},
  };
}

std::string page_language(const protocol::dictionaries& languages,
                          const protocol::http_request& request) {
  if (auto asked = languages.match(request.param("lang").value_or("")))
    return *asked;
  if (auto kept = languages.match(kept_language(request)))
    return *kept;
  return languages.match_accepted(request.accept_language).value_or("en");
}

std::optional<std::string>
place_of(std::string_view uri,
         const std::vector<protocol::connection_record>& connections) {
  const auto parsed = protocol::parse_connection_url(uri);
  const auto* wanted = std::get_if<protocol::connection_url>(&parsed);
  if (!wanted)
    return std::nullopt;
  const auto is_there = [&](const protocol::connection_record& each) {
    const auto own = protocol::parse_connection_url(each.url);
    const auto* url = std::get_if<protocol::connection_url>(&own);
    return (url && url->host == wanted->host)
           || each.id == wanted->connection_id();
  };
  const auto connection = std::ranges::find_if(connections, is_there);
  if (connection == connections.end())
    return form_of("/settings/connection/add", "uri", uri);
  // In `irc://host/convoy` the channel has lost its sign.
  const auto name = protocol::to_lower(wanted->channel);
  for (const auto& each : connection->conversations)
    if (!name.empty() && (each.id == name || each.id == '#' + name))
      return "/chat/" + protocol::percent_encode(connection->id) + '/'
             + protocol::percent_encode(each.id);
  return form_of("/settings/conversation", "connection_id", connection->id)
         + "&conversation_id=" + protocol::percent_encode(wanted->channel);
}

} // namespace convoy::actors

// SPDX-License-Identifier: Apache-2.0
#include "actors/site_wish.hpp"

#include "protocol/connection_url.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <variant>

namespace convoy::actors {

namespace {

using names = std::set<std::string, std::less<>>;

struct flag_setting {
  const char* name;
  bool site_settings::*value;
};

struct text_setting {
  const char* name;
  std::string site_settings::*value;
  /// What is wrong with a text that is not empty; "" when nothing is.
  const char* (*problem)(std::string_view text);
};

const char* no_problem(std::string_view) {
  return "";
}

/// Whether `text` is a URL that has a host, or an address, behind its scheme.
bool is_url(std::string_view text, std::string_view scheme) {
  const auto is_plain = [](unsigned char c) {
    return c > ' ' && c != 0x7f;
  };
  return text.size() > scheme.size() && text.starts_with(scheme)
         && text[scheme.size()] != '/' && std::ranges::all_of(text, is_plain);
}

bool is_web_url(std::string_view text) {
  return is_url(text, "https://") || is_url(text, "http://");
}

const char* connection_problem(std::string_view text) {
  const auto parsed = protocol::parse_connection_url(text);
  return std::holds_alternative<protocol::url_error>(parsed)
             ? "Connection URL require a scheme and host."
             : "";
}

const char* organization_problem(std::string_view text) {
  return is_web_url(text) ? "" : "Organization URL require a scheme and host.";
}

const char* contact_problem(std::string_view text) {
  return is_web_url(text) || is_url(text, "mailto:") || is_url(text, "irc://")
                 || is_url(text, "ircs://")
             ? ""
             : "Contact URL require a scheme and host.";
}

const char* video_problem(std::string_view text) {
  return is_web_url(text) ? "" : "Video service URL require a scheme and host.";
}

constexpr flag_setting flags[] = {
    {"forced_connection", &site_settings::forced_connection},
    {"open_to_public", &site_settings::open_to_public},
};

constexpr text_setting texts[] = {
    {"contact", &site_settings::contact, contact_problem},
    {"default_connection", &site_settings::default_connection,
     connection_problem},
    {"organization_name", &site_settings::organization_name, no_problem},
    {"organization_url", &site_settings::organization_url,
     organization_problem},
    {"video_service", &site_settings::video_service, video_problem},
};

/// Reads what the object names.
names take(protocol::json_object& from, site_settings& site) {
  names result;
  for (const auto& each : flags)
    if (const auto value = from.boolean(each.name)) {
      site.*each.value = *value;
      result.insert(each.name);
    }
  for (const auto& each : texts)
    if (const auto value = from.string(each.name)) {
      site.*each.value = protocol::trim(*value);
      result.insert(each.name);
    }
  return result;
}

void put(protocol::json_writer& out, const site_settings& site,
         const names& which) {
  for (const auto& each : flags)
    if (which.contains(each.name))
      out.field(each.name, site.*each.value);
  for (const auto& each : texts)
    if (which.contains(each.name))
      out.field(each.name, std::string_view{site.*each.value});
}

names all_names() {
  names result;
  for (const auto& each : flags)
    result.insert(each.name);
  for (const auto& each : texts)
    result.insert(each.name);
  return result;
}

} // namespace

site_settings site_of(const settings& config) {
  site_settings result;
  result.open_to_public = config.open_registration;
  result.forced_connection = config.forced_connection;
  result.default_connection = config.default_connection;
  result.video_service = config.video_service;
  return result;
}

std::optional<site_settings> read_site(protocol::json_object& wish,
                                       const site_settings& now) {
  auto result = now;
  const auto named = take(wish, result);
  for (const auto& each : texts) {
    const auto& text = result.*each.value;
    if (!named.contains(each.name) || text.empty())
      continue;
    if (const std::string_view why = each.problem(text); !why.empty())
      wish.refuse(each.name, std::string{why});
  }
  if (!wish.ok())
    return std::nullopt;
  return result;
}

names apply_change(const site_settings& known, const site_settings& wanted,
                   site_settings& site) {
  names result;
  const auto apply = [&](const auto& each) {
    if (known.*each.value == wanted.*each.value)
      return;
    site.*each.value = wanted.*each.value;
    result.insert(each.name);
  };
  for (const auto& each : flags)
    apply(each);
  for (const auto& each : texts)
    apply(each);
  return result;
}

std::string encode_stored(const site_settings& site, const names& which) {
  protocol::json_writer out;
  out.begin_object();
  put(out, site, which);
  return out.end_object().take();
}

names apply_stored(std::string_view json, site_settings& site) {
  if (json.empty())
    return {};
  protocol::json_object stored{json};
  return take(stored, site);
}

std::string encode_site(const site_settings& site, std::string_view base_url,
                        const std::optional<store::disk_usage>& disk) {
  protocol::json_writer out;
  out.begin_object().field("base_url", base_url);
  put(out, site, all_names());
  if (disk)
    out.key("disk_usage")
        .begin_object()
        .field("block_size", disk->block_size)
        .field("blocks_free", disk->blocks_free)
        .field("blocks_total", disk->blocks_total)
        .field("blocks_used", disk->blocks_total - disk->blocks_free)
        .field("inodes_free", disk->inodes_free)
        .field("inodes_total", disk->inodes_total)
        .field("inodes_used", disk->inodes_total - disk->inodes_free)
        .end_object();
  return out.end_object().take();
}

} // namespace convoy::actors

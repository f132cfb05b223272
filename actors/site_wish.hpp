// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/settings.hpp"
#include "actors/site_settings.hpp"
#include "actors/store/store.hpp"
#include "protocol/json_object.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace convoy::actors {

/// The settings of a site where no admin has set any: as the node was started.
site_settings site_of(const settings& config);

/// The settings that an admin wishes for: what the wish does not name is as it
/// was. Texts are trimmed. Nothing when something is wrong, which `wish` then
/// tells.
std::optional<site_settings> read_site(protocol::json_object& wish,
                                       const site_settings& now);

/// Puts over `site` what differs between what was known and what is wanted; the
/// names of what it was.
std::set<std::string, std::less<>> apply_change(const site_settings& known,
                                                const site_settings& wanted,
                                                site_settings& site);

/// What is stored: an object of the settings with these names.
std::string encode_stored(const site_settings& site,
                          const std::set<std::string, std::less<>>& names);
/// Puts what was stored over `site`; the names of what it was.
std::set<std::string, std::less<>> apply_stored(std::string_view json,
                                                site_settings& site);

/// The `Settings` of spec/rest-api.md §5.
std::string encode_site(const site_settings& site, std::string_view base_url,
                        const std::optional<store::disk_usage>& disk);

} // namespace convoy::actors

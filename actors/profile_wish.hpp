// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/messages.hpp"
#include "actors/site_settings.hpp"
#include "protocol/json_object.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoy::actors {

/// The profile of that connection: what is known, else the defaults.
protocol::connection_profile profile_of(const profile_map& known,
                                        std::string_view connection_id);

/// Whether connects to `host` do not wait for each other (spec §6.3): as the
/// profile says, else on this machine only.
bool skips_queue(const protocol::connection_profile& profile,
                 std::string_view host);

/// Whether two connection URLs name the same server: host and port.
bool is_same_server(std::string_view a, std::string_view b);

/// The profile that an admin wishes for the network of the wish's `url`
/// (spec/rest-api.md §6, 20): what it does not name is as it was, what it names
/// as null has no value. `is_default` and `is_forced` change `site`. Nothing
/// when something is wrong, which `wish` then tells.
std::optional<protocol::connection_profile>
read_profile(protocol::json_object& wish, const profile_map& known,
             site_settings& site);

/// All that are known and the one of the default connection.
profile_map listed_profiles(const profile_map& known,
                            const site_settings& site);

/// Whether the profile of these connections is among those.
bool is_listed(std::string_view connection_id, const profile_map& known,
               const site_settings& site);

/// The `Profile` of spec/rest-api.md §5, with the WEBIRC password for admins
/// only.
std::string encode_profile(const protocol::connection_profile& profile,
                           const site_settings& site, bool for_admin);
/// `{"profiles":[…]}`, by id.
std::string encode_profiles(const profile_map& profiles,
                            const site_settings& site, bool for_admin);

} // namespace convoy::actors

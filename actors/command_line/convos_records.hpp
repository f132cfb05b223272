// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/site_settings.hpp"
#include "actors/store/store.hpp"
#include "protocol/connection_profile.hpp"
#include "protocol/json_object.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

// The JSON files of Convos 8 and 9 (spec/events-and-irc.md §7.1). What is not
// as it should be is noted in `problems`; members that we do not know are
// skipped. A number may be written as a text, and a truth as either.
namespace convoy::actors::command_line {

/// A record, and what was wrong with it: then it is not to be used.
template <class Record>
struct convos_record {
  Record record;
  std::vector<protocol::json_problem> problems;
};

/// `user.json`. The account has the id that Convos gave it, 0 when there is
/// none; `folder` is the name of the folder, which is the email.
convos_record<protocol::account> read_convos_user(const std::string& json,
                                                  const std::string& folder);

/// `connection.json` of the connection `id` of that user. `info` is left out:
/// the network tells it anew.
convos_record<protocol::connection_record>
read_convos_connection(const std::string& json, const std::string& id,
                       const std::string& email);

/// `upload/ID.json`, without the content.
convos_record<store::file_record> read_convos_file(const std::string& json);

/// `settings/connections/ID.json`.
convos_record<protocol::connection_profile>
read_convos_profile(const std::string& json, const std::string& id);

/// Settings, and the names of those that there were.
struct convos_settings {
  site_settings site;
  std::set<std::string, std::less<>> names;
};

/// `settings.json`.
convos_record<convos_settings> read_convos_settings(const std::string& json);

} // namespace convoy::actors::command_line

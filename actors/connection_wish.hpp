// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/account.hpp"
#include "protocol/connection_url.hpp"
#include "protocol/json_object.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace convoy::actors {

/// rest_call → user: make a connection. Answered with its JSON or `refused`.
struct create_connection {
  std::string url;
  std::string conversation_id;
  std::vector<std::string> on_connect_commands;
  bool wanted = true;
};

struct update_connection {
  std::string connection_id;
  std::optional<std::string> url;
  std::optional<std::vector<std::string>> on_connect_commands;
  std::optional<bool> wanted;
};

/// What a REST request is answered with when it is not done.
struct refused {
  unsigned status = 400;
  std::string message;
  std::string path = "/";
};

/// The record for a new connection of the person with that email; or why there
/// is none (spec/rest-api.md §6, 11).
std::variant<protocol::connection_record, refused>
make_connection_record(const create_connection& wish, const std::string& email);

/// A changed record, and whether its change asks for a reconnect (§6, 12). The
/// conversations are not copied.
struct record_change {
  protocol::connection_record record;
  bool reconnect = false;
};
std::variant<record_change, refused>
change_connection_record(const update_connection& wish,
                         const protocol::connection_record& old);

/// The URL of a forced connection with what its person may change of it, as
/// `wished` has it: nick, realname, SASL and TLS. `wished` itself when it is no
/// URL.
std::string with_allowed_params(const std::string& url,
                                const std::string& wished);

/// Reads `wanted_state`: whether it is "connected". A word that is neither that
/// nor "disconnected" is a problem of `wish`.
std::optional<bool> wanted_state(protocol::json_object& wish);

/// Adds a conversation that is not talked in yet. "" adds none, and neither
/// does one that is there.
void add_conversation(protocol::connection_record& record,
                      std::string_view name, std::string_view key);

/// The URL of a record, taken apart.
protocol::connection_url
connection_url_of(const protocol::connection_record& record);

/// Writes another wanted nick into the record's URL.
void set_nick(protocol::connection_record& record, const std::string& nick);

/// The nick a record asks for: of its URL, else made from the email (spec
/// §6.1).
std::string wanted_nick(const protocol::connection_url& url,
                        const std::string& email);

} // namespace convoy::actors

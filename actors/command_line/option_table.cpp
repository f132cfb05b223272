// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/option_table.hpp"

#include "actors/command_line/values.hpp"

#include <algorithm>
#include <array>

namespace convoy::actors::command_line {

namespace {

using values = std::vector<std::string>;
using kind = option_kind;

template <class Value>
using choices = std::pair<std::string_view, Value>;

constexpr std::array<choices<bool>, 2> sync_modes{
    {{"full", true}, {"normal", false}}};
constexpr std::array<choices<protocol::ts_format>, 2> time_formats{
    {{"epoch", protocol::ts_format::epoch}, {"iso", protocol::ts_format::iso}}};
constexpr std::array<choices<password_cost>, 3> costs{
    {{"interactive", password_cost::interactive},
     {"moderate", password_cost::moderate},
     {"min", password_cost::minimum}}};
constexpr std::array<choices<std::string_view>, 4> log_levels{
    {{"debug", "debug"},
     {"info", "info"},
     {"warning", "warning"},
     {"error", "error"}}};
constexpr std::array<choices<std::string_view>, 2> log_formats{
    {{"logfmt", "logfmt"}, {"json", "json"}}};

constexpr unsigned most_threads = 1024;
constexpr unsigned most_lines = 10000;
constexpr unsigned most_attempts = 10000;
constexpr unsigned most_moves = 100;
constexpr unsigned most_resumed = 10'000'000;
constexpr unsigned most_file_bytes = 4'000'000'000;
constexpr unsigned most_journal_bytes = 4'000'000'000;
/// A file is in memory while it is sent or received.
constexpr unsigned most_upload_bytes = 500'000'000;
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
    " data:; font-src 'self'; connect-src 'self'; manifest-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
constexpr double any_duration = 0;
/// What is waited for must have a chance to happen.
constexpr double some_duration = 0.001;
/// A store that is asked in a fifth of it must have time to answer.
constexpr double shortest_lease = 0.5;

/// Reads every value of a list; what was there before goes.
template <class Read>
std::string read_list(const values& from, std::vector<std::string>& to,
                      Read read) {
  std::vector<std::string> result;
  for (const auto& text : from)
    if (auto problem = read(text, result.emplace_back()); !problem.empty())
      return problem;
  to = std::move(result);
  return {};
}

/// A duration in whole seconds; 0 where there is no end.
std::string read_lifetime(std::string_view text, std::chrono::seconds& to) {
  settings::seconds exact{};
  auto problem = read_duration(text, any_duration, exact);
  if (problem.empty())
    to = std::chrono::ceil<std::chrono::seconds>(exact);
  return problem;
}

std::string take(const values& from, std::string& to) {
  to = from.back();
  return {};
}

constexpr unsigned everyone = option::serve | option::user;
constexpr unsigned all_with_store = everyone | option::data;

constexpr option table[]{
    // -- where --------------------------------------------------------------
    {"listen", "HOST:PORT", "127.0.0.1:3000", "Where people reach Convoy",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_address(v.back(), o.listen);
     }},
    {"internal-listen", "HOST:PORT", "127.0.0.1:3001",
     "Health, for operators only", kind::text,
     option::serve | option::healthcheck,
     [](serve_options& o, const values& v) {
       return read_address(v.back(), o.internal_listen);
     }},
    {"base-url", "URL", "", "Where people reach Convoy, for links in answers",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_web_url(v.back(), o.node.base_url);
     }},
    {"web-root", "DIR", "", "Folder of the files to serve", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return take(v, o.web_root);
     }},
    {"i18n-dir", "DIR", "", "Folder of the front end's dictionaries, CODE.po",
     kind::text, option::serve | option::reload,
     [](serve_options& o, const values& v) {
       return take(v, o.i18n_dir);
     }},
    {"content-security-policy", "POLICY", page_policy,
     "What pages may do; empty to say nothing", kind::text,
     option::serve | option::reload,
     [](serve_options& o, const values& v) {
       return read_header_value(v.back(), o.content_security_policy);
     }},
    {"max-upload-size", "BYTES", "40000000", "Of one file that is uploaded",
     kind::number, option::serve,
     [](serve_options& o, const values& v) {
       return read_count(v.back(), most_upload_bytes, o.node.max_upload_bytes);
     }},
    {"allow-origin", "ORIGIN", "",
     "Another origin whose pages may open /events", kind::list,
     option::serve | option::reload,
     [](serve_options& o, const values& v) {
       return read_list(v, o.allowed_origins, read_origin);
     }},
    {"trust-proxy", "ADDRESS", "",
     "Reverse proxy to believe: address, CIDR, loopback, private or link-local",
     kind::list, option::serve | option::reload,
     [](serve_options& o, const values& v) {
       return read_list(v, o.trusted_proxies, read_proxy);
     }},

    // -- store --------------------------------------------------------------
    {"store", "URL", "sqlite:data/convoy.sqlite",
     "Where everything is kept: sqlite:PATH, or"
     " postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
     kind::text, all_with_store,
     [](serve_options& o, const values& v) {
       return read_store(v.back(), o.store);
     }},
    {"store-replica", "URL", "",
     "A copy of a PostgreSQL store that follows it, to look up history in",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return v.back().empty() ? take(v, o.store_replica)
                               : read_store(v.back(), o.store_replica);
     }},
    {"store-sync", "MODE", "full",
     "full survives a power cut, normal a crash of the program", kind::text,
     all_with_store,
     [](serve_options& o, const values& v) {
       return read_choice(v.back(), sync_modes, o.store_full_sync);
     }},
    {"key-file", "FILE", "",
     "Key that seals IRC passwords; convoy.key beside the store when empty",
     kind::text, all_with_store | option::move,
     [](serve_options& o, const values& v) {
       return take(v, o.key_file);
     }},

    {"keep-messages", "DURATION", "0",
     "How long what people say is kept; 0 for ever", kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_lifetime(v.back(), o.node.message_lifetime);
     }},
    {"keep-notices", "DURATION", "90d",
     "How long what servers say is kept; 0 for ever", kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_lifetime(v.back(), o.node.notice_lifetime);
     }},
    {"resume-window", "DURATION", "7d",
     "After which a session that comes back must load anew", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), o.node.resume_window);
     }},
    {"journal-space", "BYTES", "0",
     "Room for what is kept for one person, the oldest goes; 0 for no bound",
     kind::number, option::serve,
     [](serve_options& o, const values& v) {
       unsigned bytes = 0;
       auto problem = read_count(v.back(), most_journal_bytes, bytes);
       if (problem.empty())
         o.node.max_journal_bytes_per_user = bytes;
       return problem;
     }},

    // -- people -------------------------------------------------------------
    {"open-registration", "", "false", "Let anybody make an account",
     kind::flag, option::serve,
     [](serve_options& o, const values& v) {
       return read_bool(v.back(), o.node.open_registration);
     }},
    {"password-cost", "COST", "interactive",
     "Of a password hash: interactive, moderate, or min, for tests only",
     kind::text, everyone,
     [](serve_options& o, const values& v) {
       return read_choice(v.back(), costs, o.node.cost);
     }},
    {"session-lifetime", "DURATION", "30d", "How long a login lasts",
     kind::text, everyone,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), o.node.session_lifetime);
     }},
    {"login-burst", "COUNT", "20",
     "Logins and registrations that one address may try at once, then one in"
     " each interval",
     kind::number, option::serve,
     [](serve_options& o, const values& v) {
       return read_count(v.back(), most_attempts, o.node.login_burst);
     }},
    {"login-interval", "DURATION", "3s",
     "Between logins of one address after the burst; 0 for no limit",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), any_duration, o.node.login_interval);
     }},
    {"account-check-interval", "DURATION", "60s",
     "Between looks for accounts that a command has disabled or deleted",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), some_duration, o.account_check_interval);
     }},
    {"invite-lifetime", "DURATION", "24h", "How long an invitation is good",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), o.node.invite_lifetime);
     }},
    {"default-connection", "URL", "irc://irc.libera.chat:6697/%23convos",
     "Connection of each account that registers; empty for none", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_connection(v.back(), o.node.default_connection);
     }},
    {"forced-connection", "", "false",
     "Let people have the default connection only", kind::flag, option::serve,
     [](serve_options& o, const values& v) {
       return read_bool(v.back(), o.node.forced_connection);
     }},
    {"file-space", "BYTES", "100000000",
     "Room for the files of one person, pastes among them", kind::number,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_count(v.back(), most_file_bytes,
                         o.node.max_file_bytes_per_user);
     }},
    {"video-service", "URL", "", "Where video calls are made", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_web_url(v.back(), o.node.video_service);
     }},

    // -- sessions -----------------------------------------------------------
    {"event-time", "FORMAT", "epoch", "How events tell the time: epoch or iso",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_choice(v.back(), time_formats, o.node.event_time);
     }},
    {"inactive-timeout", "DURATION", "60s",
     "After which a silent WebSocket is dropped", kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), some_duration, o.inactive_timeout);
     }},
    {"ping-interval", "DURATION", "20s", "Between pings of a WebSocket",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), some_duration, o.ping_interval);
     }},
    {"max-resumed-events", "COUNT", "100000",
     "A session that has missed more of them must load anew", kind::number,
     option::serve,
     [](serve_options& o, const values& v) {
       unsigned events = 0;
       auto problem = read_count(v.back(), most_resumed, events);
       if (problem.empty())
         o.node.max_resumed_events = events;
       return problem;
     }},
    {"nonce-lifetime", "DURATION", "24h",
     "How long the answer to a message with a nonce is remembered", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), o.node.nonce_lifetime);
     }},
    {"cleaning-interval", "DURATION", "10m",
     "How often what was kept for long enough is looked for, and deleted",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), o.node.cleaning_interval);
     }},

    // -- IRC ----------------------------------------------------------------
    {"irc-allow-private", "", "false",
     "Let connections reach loopback and private addresses", kind::flag,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_bool(v.back(), o.irc_allow_private);
     },
     "irc-deny-private"},
    {"irc-ca-file", "FILE", "",
     "More authorities for certificates of IRC servers, PEM", kind::text,
     option::serve | option::reload,
     [](serve_options& o, const values& v) {
       return take(v, o.irc_ca_file);
     }},
    {"irc-connect-delay", "DURATION", "4s",
     "First pause before a reconnect, and between connects to one host",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), any_duration, o.node.connect_delay);
     }},
    {"irc-connect-delay-max", "DURATION", "15m",
     "Longest pause before a reconnect", kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), any_duration, o.node.connect_delay_max);
     }},
    {"irc-connect-timeout", "DURATION", "20s",
     "For an IRC server to accept a connect", kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), some_duration, o.irc_connect_timeout);
     }},
    {"irc-read-timeout", "DURATION", "120s",
     "After which a silent IRC server is asked for a sign of life", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), some_duration, o.node.irc_read_timeout);
     }},
    {"irc-command-timeout", "DURATION", "60s",
     "For an IRC server to answer a command", kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), some_duration, o.node.command_timeout);
     }},
    {"irc-names-timeout", "DURATION", "30s",
     "For an IRC server to list who is in a channel", kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), some_duration, o.node.names_timeout);
     }},
    {"irc-nick-interval", "DURATION", "60s",
     "Between attempts to get a nick back that was taken", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), some_duration, o.node.nick_interval);
     }},
    {"irc-flood-burst", "LINES", "5",
     "So many lines leave to a server at once, then one in each interval",
     kind::number, option::serve,
     [](serve_options& o, const values& v) {
       return read_count(v.back(), most_lines, o.node.irc_flood_burst);
     }},
    {"irc-flood-interval", "DURATION", "2s",
     "Between lines to a server after the burst; 0 for no limit", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), any_duration, o.node.irc_flood_interval);
     }},
    {"irc-queue-lines", "LINES", "100",
     "Lines to a server that may wait; a message that finds no room is refused",
     kind::number, option::serve,
     [](serve_options& o, const values& v) {
       return read_count(v.back(), most_lines, o.node.irc_max_queued_lines);
     }},
    {"irc-local-address", "ADDRESS", "",
     "Address to connect to IRC from, where a connection names none",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_ip_address(v.back(), o.node.irc_local_address);
     }},

    // -- fleet --------------------------------------------------------------
    {"bus", "nats://HOST:PORT", "",
     "NATS servers, with commas between: what the nodes of a fleet talk over",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_bus(v.back(), o.bus);
     }},
    {"bus-ca-file", "FILE", "",
     "More authorities for certificates of the bus, PEM", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return take(v, o.bus_ca_file);
     }},
    {"bus-credentials-file", "FILE", "",
     "What lets us use the bus, as NATS' tools write it", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return take(v, o.bus_credentials_file);
     }},
    {"node-id", "NAME", "",
     "Tells the nodes of a fleet apart; the host's name when empty", kind::text,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_node_id(v.back(), o.node_id);
     }},
    {"lease", "DURATION", "10s",
     "A node of a fleet that is silent for so long has lost its users",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), shortest_lease, o.lease);
     }},
    {"drain-window", "DURATION", "5s",
     "Over which a fleet's node that stops spreads what it lets go of",
     kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), any_duration, o.node.drain_window);
     }},
    {"rebalance", "USERS", "6",
     "How many a node with too many hands to others in a minute", kind::number,
     option::serve,
     [](serve_options& o, const values& v) {
       return read_count(v.back(), most_moves, o.node.rebalance);
     }},

    // -- process ------------------------------------------------------------
    {"log-level", "LEVEL", "info", "debug, info, warning or error", kind::text,
     option::serve | option::reload,
     [](serve_options& o, const values& v) {
       return read_choice(v.back(), log_levels, o.log_level);
     }},
    {"log-format", "FORMAT", "logfmt", "logfmt or json", kind::text,
     option::serve | option::reload,
     [](serve_options& o, const values& v) {
       return read_choice(v.back(), log_formats, o.log_format);
     }},
    {"log-requests", "", "false", "Log each HTTP request", kind::flag,
     option::serve | option::reload,
     [](serve_options& o, const values& v) {
       return read_bool(v.back(), o.log_requests);
     }},
    {"threads", "COUNT", "0", "Threads that work; 0 for one on each core",
     kind::number, option::serve,
     [](serve_options& o, const values& v) {
       return read_count(v.back(), most_threads, o.threads);
     }},
    {"stop-timeout", "DURATION", "15s",
     "How long a stop may take before it is forced", kind::text, option::serve,
     [](serve_options& o, const values& v) {
       return read_duration(v.back(), some_duration, o.stop_timeout);
     }},
};

} // namespace

std::span<const option> options() {
  return table;
}

serve_options default_options() {
  serve_options result;
  for (const auto& each : table)
    if (each.kind != kind::list)
      each.set(result, {std::string{each.fallback}});
  return result;
}

std::string variable_name(std::string_view option_name) {
  std::string result = "CONVOY_";
  for (const char c : option_name)
    result += c == '-'               ? '_'
              : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A')
                                     : c;
  return result;
}

found_option find_option(std::string_view name) {
  for (const auto& each : table)
    if (name == each.name || (!name.empty() && name == each.opposite))
      return {&each, name != each.name};
  return {};
}

std::vector<std::string> option_names() {
  std::vector<std::string> result;
  for (const auto& each : table) {
    result.emplace_back(each.name);
    if (!each.opposite.empty())
      result.emplace_back(each.opposite);
  }
  return result;
}

} // namespace convoy::actors::command_line

// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/convos_records.hpp"

#include "actors/connection_wish.hpp"
#include "actors/credentials.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <limits>

namespace convoy::actors::command_line {

namespace {

using protocol::json_object;

/// More than anybody has; what is beyond it is no number of ours.
constexpr std::uint64_t highest_uid = 1'000'000'000;

/// `read` of an object that is read twice, so that a member of another type is
/// no problem.
template <class Read>
auto quietly(const std::string& json, Read read) {
  json_object object{json};
  return read(object);
}

/// A number that may be a text.
std::optional<std::uint64_t>
number_in(json_object& as_number, json_object& as_text, std::string_view key) {
  if (const auto number = as_number.number(key))
    return number;
  const auto text = as_text.string(key);
  return text ? protocol::whole_number(*text) : std::nullopt;
}

std::optional<std::uint64_t> number_in(const std::string& json,
                                       std::string_view key) {
  json_object as_number{json};
  json_object as_text{json};
  return number_in(as_number, as_text, key);
}

bool truth_in(const std::string& json, std::string_view key, bool fallback) {
  if (!quietly(json, [&](json_object& x) { return x.has(key); }))
    return fallback;
  const auto plain =
      quietly(json, [&](json_object& x) { return x.boolean(key); });
  return plain ? *plain : number_in(json, key).value_or(0) != 0;
}

void read_time(json_object& object, std::string_view key,
               protocol::timestamp& to) {
  const auto text = object.string(key);
  if (text && !text->empty() && !protocol::parse_time(*text, to))
    object.refuse(key, "Expected a time.");
}

std::uint32_t count_in(json_object& as_number, json_object& as_text,
                       std::string_view key) {
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(number_in(as_number, as_text, key).value_or(0),
                              std::numeric_limits<std::uint32_t>::max()));
}

bool is_text(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == 0x7f;
  });
}

protocol::conversation read_conversation(json_object& object,
                                         json_object& as_number,
                                         json_object& as_text) {
  protocol::conversation result;
  result.name = object.string("name").value_or("");
  result.id = object.string("conversation_id")
                  .value_or(object.string("dialog_id").value_or(result.name));
  result.id = protocol::to_lower(result.id);
  if (result.name.empty())
    result.name = result.id;
  result.topic = object.string("topic").value_or("");
  result.frozen = object.string("frozen").value_or("");
  result.key = object.string("password").value_or("");
  result.unread = count_in(as_number, as_text, "unread");
  result.notifications = count_in(as_number, as_text, "notifications");
  for (const auto* key : {"name", "password"})
    if (!is_text(object.string(key).value_or("")))
      object.refuse(key, "Control characters are not allowed.");
  return result;
}

void read_conversations(json_object& object, std::string_view key,
                        protocol::connection_record& to) {
  auto conversations = object.objects(key);
  auto as_numbers = object.objects(key);
  auto as_texts = object.objects(key);
  for (std::size_t i = 0; i < conversations.size(); ++i) {
    auto read = read_conversation(conversations[i], as_numbers[i], as_texts[i]);
    object.adopt(conversations[i]);
    if (!read.id.empty()
        && std::ranges::count(to.conversations, read.id,
                              &protocol::conversation::id)
               == 0)
      to.conversations.push_back(std::move(read));
  }
}

} // namespace

convos_record<protocol::account> read_convos_user(const std::string& json,
                                                  const std::string& folder) {
  convos_record<protocol::account> result;
  auto& account = result.record;
  json_object object{json};
  account.email = normal_email(object.string("email").value_or(folder));
  if (auto why = email_problem(account.email); object.ok() && !why.empty())
    object.refuse("email", std::move(why));
  account.password_hash = object.string("password").value_or("");
  account.roles = object.strings("roles").value_or(std::vector<std::string>{});
  account.highlight_keywords =
      object.strings("highlight_keywords").value_or(std::vector<std::string>{});
  account.remote_address =
      object.string("remote_address").value_or(account.remote_address);
  read_time(object, "registered", account.registered);
  if (const auto uid = number_in(json, "uid"); uid && *uid <= highest_uid)
    account.id = static_cast<protocol::user_id>(*uid);
  result.problems = object.problems();
  return result;
}

convos_record<protocol::connection_record>
read_convos_connection(const std::string& json, const std::string& id,
                       const std::string& email) {
  convos_record<protocol::connection_record> result;
  json_object object{json};
  create_connection wish;
  wish.url = object.required_string("url");
  wish.on_connect_commands = object.strings("on_connect_commands")
                                 .value_or(std::vector<std::string>{});
  wish.wanted = wanted_state(object).value_or(true);
  if (!std::ranges::all_of(wish.on_connect_commands, is_text))
    object.refuse("on_connect_commands", "Control characters are not allowed.");
  if (object.ok()) {
    auto made = make_connection_record(wish, email);
    if (const auto* why = std::get_if<refused>(&made))
      object.refuse("url", why->message);
    else
      result.record = std::get<protocol::connection_record>(std::move(made));
  }
  auto& record = result.record;
  record.id = id;
  if (const auto name = object.string("name"); name && !name->empty())
    record.name = *name;
  // What the URL named was joined when the connection was made.
  record.conversations.clear();
  read_conversations(object, "conversations", record);
  read_conversations(object, "dialogs", record);
  result.problems = object.problems();
  return result;
}

convos_record<store::file_record> read_convos_file(const std::string& json) {
  convos_record<store::file_record> result;
  json_object object{json};
  result.record.id = object.required_string("id");
  result.record.name = object.string("filename").value_or(result.record.id);
  read_time(object, "saved", result.record.saved);
  result.record.write_only = truth_in(json, "write_only", false);
  result.problems = object.problems();
  return result;
}

convos_record<protocol::connection_profile>
read_convos_profile(const std::string& json, const std::string& id) {
  constexpr std::uint64_t least_length = 32;
  constexpr std::uint64_t most_length = 2048;
  constexpr std::uint64_t most_lines = 32;
  convos_record<protocol::connection_profile> result;
  auto& profile = result.record;
  json_object object{json};
  profile.id = id;
  profile.url = object.string("url").value_or("");
  if (const auto length = number_in(json, "max_message_length"))
    profile.max_message_length = std::clamp(*length, least_length, most_length);
  if (const auto lines = number_in(json, "max_bulk_message_size"))
    profile.max_bulk_message_size =
        std::clamp<std::uint64_t>(*lines, 1, most_lines);
  if (auto services = object.strings("service_accounts"))
    profile.service_accounts = std::move(*services);
  // Off is its default there, where it is on for this machine.
  if (truth_in(json, "skip_queue", false))
    profile.skip_queue = true;
  profile.webirc_password = object.string("webirc_password").value_or("");
  result.problems = object.problems();
  return result;
}

convos_record<convos_settings> read_convos_settings(const std::string& json) {
  convos_record<convos_settings> result;
  json_object object{json};
  auto& [site, names] = result.record;
  const auto read = [&, &known = names](const char* key, std::string& to) {
    if (auto text = object.string(key)) {
      to = std::move(*text);
      known.emplace(key);
    }
  };
  const auto read_flag = [&, &known = names](const char* key, bool& to) {
    if (object.has(key)) {
      to = truth_in(json, key, false);
      known.emplace(key);
    }
  };
  read_flag("open_to_public", site.open_to_public);
  read_flag("forced_connection", site.forced_connection);
  read("default_connection", site.default_connection);
  read("contact", site.contact);
  read("organization_name", site.organization_name);
  read("organization_url", site.organization_url);
  read("video_service", site.video_service);
  result.problems = object.problems();
  return result;
}

} // namespace convoy::actors::command_line

// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/user_export.hpp"

#include "actors/command_line/new_file.hpp"
#include "actors/command_line/progress_line.hpp"
#include "actors/command_line/store_access.hpp"
#include "actors/credentials.hpp"
#include "actors/store/store.hpp"
#include "protocol/base64.hpp"
#include "protocol/frame.hpp"
#include "protocol/json.hpp"

#include <fstream>
#include <optional>
#include <ostream>
#include <stdexcept>

namespace convoy::actors::command_line {

namespace {

using protocol::json_writer;
using protocol::timestamp;

constexpr std::uint64_t format_version = 1;
constexpr std::size_t page = 1000;

class exporter {
public:
  exporter(store::database& db, std::ostream& out, progress_line& line,
           bool with_secrets)
      : db_(db), out_(out), line_(line), with_secrets_(with_secrets) {
    // nop
  }

  void write(const store::user_state& user, timestamp now);

private:
  json_writer begin(const char* type) const;
  void end(json_writer& line);
  void write_account(const store::user_state& user);
  void write_logins(const store::user_state& user, timestamp now);
  void write_connection(const protocol::connection_record& connection);
  void write_conversation(const std::string& connection_id,
                          const protocol::conversation& what);
  std::uint64_t write_events(const store::user_state& user);
  std::uint64_t write_files(protocol::user_id user);
  void write_file(const store::file_record& file);

  store::database& db_;
  std::ostream& out_;
  progress_line& line_;
  bool with_secrets_;
};

json_writer exporter::begin(const char* type) const {
  json_writer line;
  line.begin_object().field("type", type);
  return line;
}

void exporter::end(json_writer& line) {
  line.end_object();
  out_ << line.take() << '\n';
}

/// The epoch stands for "never".
void add_time(json_writer& line, const char* name, timestamp time) {
  line.key(name);
  if (time == timestamp{})
    line.null();
  else
    line.time(time, protocol::ts_format::iso);
}

/// An encoded object, `{}` for "".
void add_object(json_writer& line, const char* name, const std::string& json) {
  line.key(name).raw(json.empty() ? "{}" : json);
}

void exporter::write(const store::user_state& user, timestamp now) {
  auto head = begin("convoy-export");
  head.field("version", format_version)
      .field("program", "convoy " CONVOY_VERSION)
      .field("email", user.account.email)
      .field("with_secrets", with_secrets_);
  add_time(head, "exported", now);
  end(head);
  write_account(user);
  write_logins(user, now);
  for (const auto& connection : user.connections)
    write_connection(connection);
  const auto events = write_events(user);
  const auto files = write_files(user.account.id);
  auto tail = begin("end");
  tail.field("events", events).field("files", files);
  end(tail);
}

void exporter::write_account(const store::user_state& user) {
  const auto& account = user.account;
  auto line = begin("account");
  line.field("uid", to_string(account.id))
      .field("email", account.email)
      .field("roles", account.roles)
      .field("highlight_keywords", account.highlight_keywords)
      .field("remote_address", account.remote_address)
      .field("disabled", account.disabled)
      .field("stream", account.stream)
      .field("seq", user.last_seq);
  add_time(line, "registered", account.registered);
  if (with_secrets_)
    line.field("password_hash", account.password_hash);
  end(line);
}

void exporter::write_logins(const store::user_state& user, timestamp now) {
  for (const auto& session : db_.sessions_of(user.account.id, now)) {
    auto line = begin("session");
    line.field("remote_address", session.remote_address)
        .field("user_agent", session.user_agent);
    add_time(line, "created", session.created);
    add_time(line, "expires", session.expires);
    add_time(line, "last_seen", session.last_seen);
    end(line);
  }
  for (const auto& token : db_.tokens_of(user.account.id)) {
    auto line = begin("token");
    line.field("id", token.id)
        .field("name", token.name)
        .field("scopes", token.scopes);
    add_time(line, "created", token.created);
    add_time(line, "expires", token.expires);
    add_time(line, "last_used", token.last_used);
    end(line);
  }
}

void exporter::write_connection(const protocol::connection_record& connection) {
  auto line = begin("connection");
  line.field("connection_id", connection.id)
      .field("name", connection.name)
      .field("url", connection.url)
      .field("wanted_state", connection.wanted ? "connected" : "disconnected");
  add_object(line, "info", connection.info);
  add_object(line, "memory", connection.memory);
  if (with_secrets_)
    line.field("password", connection.password)
        .field("certificate", connection.certificate)
        .field("on_connect_commands", connection.on_connect_commands);
  end(line);
  for (const auto& conversation : connection.conversations)
    write_conversation(connection.id, conversation);
}

void exporter::write_conversation(const std::string& connection_id,
                                  const protocol::conversation& what) {
  auto line = begin("conversation");
  line.field("connection_id", connection_id)
      .field("conversation_id", what.id)
      .field("name", what.name)
      .field("topic", what.topic)
      .field("frozen", what.frozen)
      .field("unread", std::uint64_t{what.unread})
      .field("notifications", std::uint64_t{what.notifications})
      .field("read_seq", what.read_seq);
  add_object(line, "info", what.info);
  if (with_secrets_)
    line.field("key", what.key);
  end(line);
}

/// Up to what was the last one when the rest was read.
std::uint64_t exporter::write_events(const store::user_state& user) {
  std::uint64_t count = 0;
  protocol::event_seq after = 0;
  while (after < user.last_seq) {
    const auto events = db_.journal(user.account.id, after, page);
    if (events.empty())
      break;
    for (const auto& event : events) {
      after = event.seq;
      if (after > user.last_seq)
        break;
      auto line = begin("event");
      line.key("event").raw(
          protocol::encode_event(event, protocol::ts_format::iso));
      end(line);
      ++count;
    }
    line_.show("events", std::min(after, user.last_seq), user.last_seq);
  }
  return count;
}

std::uint64_t exporter::write_files(protocol::user_id user) {
  std::uint64_t count = 0;
  std::string after;
  for (;;) {
    const auto entries = db_.files_of(user, after, page);
    for (const auto& entry : entries) {
      after = entry.id;
      // It may have been deleted since.
      if (const auto file = db_.find_file(user, entry.id)) {
        write_file(*file);
        line_.show("files", ++count, 0);
      }
    }
    if (entries.size() < page)
      return count;
  }
}

void exporter::write_file(const store::file_record& file) {
  auto line = begin("file");
  line.field("id", file.id)
      .field("name", file.name)
      .field("content_type", file.content_type)
      .field("write_only", file.write_only)
      .field("size", std::uint64_t{file.content.size()});
  add_time(line, "saved", file.saved);
  line.field("content", protocol::encode_base64(file.content));
  end(line);
}

} // namespace

void export_user(const command& what, const console& io,
                 protocol::timestamp now) {
  expect_store(what.options);
  store::database db{prepare_store(what.options)};
  progress_line line{io, what.quiet};
  db.migrate(line.schema_teller());
  const auto email = normal_email(what.email);
  const auto account = db.find_account(email);
  const auto user = account ? db.load_user(account->id) : std::nullopt;
  if (!user)
    throw std::runtime_error(email + ": there is no such account");
  if (what.output.empty())
    return exporter{db, io.out, line, what.with_secrets}.write(*user, now);
  new_file file{what.output, what.force};
  file.write("");
  std::ofstream out{file.path(), std::ios::binary};
  exporter{db, out, line, what.with_secrets}.write(*user, now);
  if (!out.flush())
    throw std::runtime_error(what.output + ": cannot be written");
  out.close();
  file.keep();
}

} // namespace convoy::actors::command_line

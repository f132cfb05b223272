// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/node_commands.hpp"

#include "actors/command_line/progress_line.hpp"
#include "protocol/json_object.hpp"

#include <ostream>
#include <stdexcept>

namespace convoy::actors::command_line {

namespace {

using protocol::json_object;

constexpr unsigned ok = 200;
constexpr unsigned accepted = 202;
constexpr unsigned unavailable = 503;
constexpr int not_ready = 3;
/// Between two looks at a node that drains.
constexpr std::chrono::milliseconds look_interval{200};

std::string text_of(json_object& from, std::string_view key) {
  return from.string(key).value_or("");
}

std::string count_of(json_object& from, std::string_view key) {
  return with_commas(from.number(key).value_or(0));
}

std::string address_of(const command& what) {
  const auto& where = what.options.internal_listen;
  return where.host + ":" + std::to_string(where.port);
}

[[noreturn]] void fail(const command& what, const node_answer& why) {
  throw std::runtime_error{
      "Convoy at " + address_of(what) + " "
      + (why.status == 0
             ? why.problem
             : "answers " + std::to_string(why.status) + ": " + why.body)};
}

/// `name     value`, so that the values stand below each other.
void line(std::ostream& out, std::string name, const std::string& value) {
  constexpr std::size_t width = 12;
  name.resize(std::max(name.size() + 1, width), ' ');
  out << name << value << '\n';
}

void show_checks(std::ostream& out, json_object& checks,
                 const std::string& title = {}) {
  for (const auto& name : checks.keys())
    if (const auto problem = text_of(checks, name); problem != "ok")
      line(out, title, name + ": " + problem);
}

void show_nodes(std::ostream& out, json_object& report) {
  const std::string* title = nullptr;
  const std::string first = "nodes";
  const std::string next;
  for (auto& each : report.objects("nodes")) {
    title = title ? &next : &first;
    line(out, *title,
         text_of(each, "name") + "  " + text_of(each, "version") + "  "
             + count_of(each, "homes") + " homes"
             + (each.boolean("draining").value_or(false) ? "  draining" : ""));
  }
}

void show_report(std::ostream& out, json_object& report, bool is_ready) {
  line(out, "version", text_of(report, "version"));
  if (const auto name = text_of(report, "node"); !name.empty())
    line(out, "node", name);
  line(out, "ready", is_ready ? "yes" : "no");
  if (auto checks = report.object("checks"))
    show_checks(out, *checks);
  if (auto warnings = report.object("warnings"))
    show_checks(out, *warnings, "warning");
  for (const auto* each : {"sessions", "users", "homes"})
    if (report.has(each))
      line(out, each, count_of(report, each));
  if (auto lease = report.object("lease"))
    line(out, "lease",
         "epoch " + count_of(*lease, "epoch") + ", "
             + count_of(*lease, "milliseconds_left") + " ms left");
  show_nodes(out, report);
}

int show_status(const command& what, const console& io, const ask_node& ask) {
  const auto answer = ask("GET", "/status", {});
  if (answer.status != ok && answer.status != unavailable)
    fail(what, answer);
  json_object report{answer.body};
  if (!report.ok())
    fail(what, answer);
  if (what.json)
    io.out << answer.body << '\n';
  else
    show_report(io.out, report, answer.status == ok);
  return answer.status == ok ? 0 : not_ready;
}

/// The node goes when it has drained; until then it says how far it is.
void drain(const command& what, const console& io, const ask_node& ask) {
  const auto answer = ask("POST", "/drain", {});
  if (answer.status != accepted)
    fail(what, answer);
  std::string shown;
  for (;;) {
    const auto now = ask("GET", "/status", look_interval);
    if (now.is_nobody)
      break;
    if (now.status != ok && now.status != unavailable)
      fail(what, now);
    json_object report{now.body};
    const auto text = count_of(report, "sessions") + " sessions, "
                      + count_of(report, "homes") + " homes";
    if (!what.quiet && text != shown)
      io.out << text << '\n' << std::flush;
    shown = text;
  }
  if (!what.quiet)
    io.out << "drained\n";
}

} // namespace

int run_node_command(const command& what, const console& io,
                     const ask_node& ask) {
  auto code = 0;
  const auto failed = run_and_explain(io, [&] {
    if (what.what == command::kind::status)
      code = show_status(what, io, ask);
    else
      drain(what, io, ask);
  });
  return failed != 0 ? failed : code;
}

} // namespace convoy::actors::command_line

// SPDX-License-Identifier: Apache-2.0
#include "pattern.hpp"
#include "stage.hpp"

#include <csignal>
#include <fstream>
#include <regex>
#include <sstream>

namespace convoy::scenarios {

namespace {

void start_convoy(stage& on, const std::string& options, bool bare) {
  on.convoy.start({on.program, on.directory.path(), on.environment,
                   words(on.names.expand(options)), bare},
                  on.limit);
}

void publish_ports(stage& on) {
  on.names.set("port", std::to_string(on.convoy.public_port()));
  on.names.set("internal.port", std::to_string(on.convoy.internal_port()));
}

void expect_exit(stage& on, int expected) {
  auto code = on.convoy.wait_for_exit(on.limit);
  if (code != expected)
    throw failure("expected\n    convoy exits " + std::to_string(expected)
                  + "\nbut got\n    " + std::to_string(code));
}

/// `contains TEXT`, `lacks TEXT`, `has PATTERN` (a whole line), `is empty`.
bool holds(const std::string& text, const std::string& verb,
           const std::string& what, variables& names) {
  if (verb == "contains")
    return text.find(names.expand(what)) != text.npos;
  if (verb == "lacks")
    return text.find(names.expand(what)) == text.npos;
  if (verb == "is" && what == "empty")
    return text.empty();
  if (verb != "has")
    throw script_error("contains, lacks, has or is empty, not " + verb);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (!mismatch(std::string_view(what), line, names))
      return true;
  return false;
}

/// Checks what a command left behind against the lines under `run`.
void check_run(stage& on, const step& line, const process& done) {
  bool exit_seen = false;
  for (const auto& child : line.children) {
    auto [what, rest] = first_word(child.text);
    bool fine = false;
    if (what == "exit") {
      exit_seen = true;
      fine = std::to_string(*done.exit_code()) == rest;
    } else if (what == "stdout" || what == "stderr") {
      auto [verb, text] = first_word(rest);
      fine = holds(what == "stdout" ? done.output() : done.errors(), verb, text,
                   on.names);
    } else {
      throw script_error("exit, stdout or stderr, not " + what);
    }
    if (!fine)
      throw failure(child.where.to_string() + ": expected\n    " + child.text
                    + "\nbut got exit " + std::to_string(*done.exit_code())
                    + "\nstdout:\n" + done.output() + "stderr:\n"
                    + done.errors());
  }
  if (!exit_seen)
    throw script_error("run needs an exit line under it");
}

} // namespace

void serve(stage& on, const step&, const std::string& rest) {
  start_convoy(on, rest, false);
  publish_ports(on);
}

void serve_bare(stage& on, const step&, const std::string& rest) {
  start_convoy(on, rest, true);
  publish_ports(on);
}

void stop(stage& on, const step&, const std::string&) {
  on.convoy.signal(SIGTERM);
}

void reload(stage& on, const step&, const std::string&) {
  on.convoy.signal(SIGHUP);
}

void restart(stage& on, const step&, const std::string&) {
  on.convoy.signal(SIGTERM);
  expect_exit(on, 0);
  on.convoy.start_again(on.limit);
  publish_ports(on);
}

void kill(stage& on, const step&, const std::string&) {
  on.convoy.signal(SIGKILL);
  expect_exit(on, 128 + SIGKILL);
  on.convoy.start_again(on.limit);
  publish_ports(on);
}

void exits(stage& on, const step&, const std::string& rest) {
  if (rest == "*")
    on.convoy.wait_for_exit(on.limit);
  else
    expect_exit(on, std::stoi("0" + rest));
}

void store(stage& on, const step&, const std::string& rest) {
  if (rest == "locked")
    on.lock = std::make_unique<store_lock>(on.directory.path() + "/store.db");
  else if (rest == "released")
    on.lock.reset();
  else
    throw script_error("store locked, or store released");
}

void log(stage& on, const step&, const std::string& rest) {
  auto [verb, text] = first_word(rest);
  auto check = [&, verb = verb, text = text] {
    return holds(on.convoy.log(), verb, text, on.names);
  };
  if (verb == "lacks" ? !check() : !on.wait(check))
    throw failure("expected the log of convoy\n    " + rest);
}

void memory(stage& on, const step&, const std::string& rest) {
  const auto parts = words(rest);
  if (parts.size() != 3 || parts[0] != "below" || parts[2] != "MiB")
    throw script_error("memory below NUMBER MiB");
  const auto used = on.convoy.peak_memory();
  if (used >= std::stoul("0" + parts[1]))
    throw failure("expected\n    memory " + rest + "\nbut got\n    "
                  + std::to_string(used) + " MiB");
}

void run_command(stage& on, const step& line, const std::string& rest) {
  auto arguments = words(on.names.expand(rest));
  if (arguments.empty())
    throw script_error("run what?");
  if (arguments[0] == "convoy")
    arguments[0] = on.program;
  process child(on.loop.io(), {arguments, on.environment, on.directory.path(),
                               on.names.expand(line.document)});
  if (!on.wait([&] { return child.exit_code().has_value(); }))
    throw failure("the command did not exit in time; stderr:\n"
                  + child.errors());
  check_run(on, line, child);
}

void make_file(stage& on, const step& line, const std::string& rest) {
  auto name = first_word(rest).first;
  std::ofstream out(on.directory.path() + '/' + name, std::ios::binary);
  if (!(out << on.names.expand(line.document)))
    throw script_error("cannot write the file " + name);
}

void set_environment(stage& on, const step&, const std::string& rest) {
  auto equals = rest.find('=');
  if (equals == rest.npos)
    throw script_error("env NAME=VALUE");
  on.environment[rest.substr(0, equals)] =
      on.names.expand(rest.substr(equals + 1));
}

void let(stage& on, const step&, const std::string& rest) {
  auto [name, source] = first_word(rest);
  auto [text, expression] = first_word(source);
  if (!expression.starts_with("~/") || !expression.ends_with("/~"))
    throw script_error("let NAME TEXT ~/…(…)…/~");
  std::regex wanted(expression.substr(2, expression.size() - 4));
  auto value = on.names.expand(text);
  std::smatch found;
  if (!std::regex_search(value, found, wanted) || found.size() < 2)
    throw failure("expected\n    " + expression + "\nin\n    " + value);
  on.names.set(name, found[1].str());
}

} // namespace convoy::scenarios

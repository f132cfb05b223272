// SPDX-License-Identifier: Apache-2.0
#include "scenario.hpp"

#include "stage.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>

namespace convoy::scenarios {

namespace {

constexpr std::size_t log_lines_shown = 40;

const std::map<std::string, step_handler>& handlers() {
  static const std::map<std::string, step_handler> all{
      {"accept", accept},
      {"as", as_browser},
      {"drop", drop},
      {"env", set_environment},
      {"exits", exits},
      {"file", make_file},
      {"hybrid", make_hybrid},
      {"inspircd", make_inspircd},
      {"irc", make_irc_server},
      {"ircclient", make_irc_client},
      {"kill", kill},
      {"let", let},
      {"log", log},
      {"memory", memory},
      {"ngircd", make_ngircd},
      {"refuse", refuse},
      {"reload", reload},
      {"rest", rest_call},
      {"restart", restart},
      {"run", run_command},
      {"serve", serve},
      {"serve-bare", serve_bare},
      {"services", start_services},
      {"stall", stall},
      {"stop", stop},
      {"store", store},
      {"unordered", unordered},
      {"unstall", unstall},
      {"ws", open_websocket},
  };
  return all;
}

/// `30s` or `500ms`.
std::chrono::milliseconds duration(const std::string& text) {
  char* unit = nullptr;
  auto number = std::strtol(text.c_str(), &unit, 10);
  if (std::string_view(unit) == "s")
    return std::chrono::seconds(number);
  if (std::string_view(unit) == "ms")
    return std::chrono::milliseconds(number);
  throw script_error("a time is 30s or 500ms, not " + text);
}

void perform(stage& on, const step& line, const std::string& text) {
  auto [word, rest] = first_word(text);
  if (word == "within") {
    auto [time, inner] = first_word(rest);
    auto usual = std::exchange(on.limit, duration(time));
    if (inner.empty())
      return;
    perform(on, line, inner);
    on.limit = usual;
    return;
  }
  auto found = handlers().find(word);
  if (found != handlers().end())
    found->second(on, line, rest);
  else
    talk(on, word, rest);
  for (const auto& [name, who] : on.peers)
    if (!who->violation.empty())
      throw failure("a promise is broken: " + who->violation, name);
}

/// What servers do when they are told QUIT. The scenario's say nothing by
/// themselves, and Convoy waits a while for them to do it.
void hang_up(stage& on) {
  for (const auto& [name, server] : on.servers)
    for (const auto& each : server->connections())
      each->close();
}

/// Convoy must still run, and stop in order.
void finish(stage& on) {
  if (!on.convoy.running())
    return;
  on.convoy.signal(SIGTERM);
  hang_up(on);
  auto code = on.convoy.wait_for_exit(on.limit);
  if (code != 0)
    throw failure("after the last step: convoy exits " + std::to_string(code)
                  + " on SIGTERM");
}

std::string tail(const std::string& text) {
  auto at = text.size();
  for (std::size_t lines = 0; at > 0; --at)
    if (text[at - 1] == '\n' && ++lines > log_lines_shown)
      break;
  return text.substr(at);
}

std::string last_items(stage& on, const std::string& name) {
  auto found = on.peers.find(name);
  auto hash = name.find('#');
  peer* who = found == on.peers.end() ? nullptr : found->second.get();
  if (auto server = on.servers.find(name.substr(0, hash));
      !who && server != on.servers.end()
      && !server->second->connections().empty())
    who = &on.who(name);
  if (!who)
    return {};
  std::string result = "the last things " + name + " got:\n";
  for (const auto& item : who->taken)
    result += "    " + printable(item) + '\n';
  for (const auto& item : who->inbox)
    result += "  + " + printable(item) + " (not yet expected)\n";
  return result;
}

std::string report(stage& on, const step& line, const std::string& problem,
                   const std::string& name) {
  auto text = line.where.to_string() + ": " + line.text + '\n' + problem;
  if (!text.ends_with('\n'))
    text += '\n';
  text += last_items(on, name);
  auto log = on.convoy.log();
  if (!log.empty())
    text += "the end of convoy's log:\n" + tail(log);
  return text;
}

} // namespace

std::string run_scenario(const std::string& convoy, const std::string& file) {
  const step* current = nullptr;
  step nowhere{{file, 0, {}}, "(before the first step)", {}, {}};
  std::vector<step> steps;
  try {
    steps = load_script(file);
    stage on(std::filesystem::absolute(convoy).string());
    try {
      for (const auto& line : steps) {
        current = &line;
        perform(on, line, line.text);
      }
      finish(on);
      return {};
    } catch (const failure& problem) {
      return report(on, current ? *current : nowhere, problem.what(),
                    problem.peer);
    } catch (const std::exception& problem) {
      return report(on, current ? *current : nowhere,
                    std::string("the scenario is wrong: ") + problem.what(),
                    {});
    }
  } catch (const std::exception& problem) {
    return problem.what() + std::string("\n");
  }
}

} // namespace convoy::scenarios

// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/config_file.hpp"

#include "actors/command_line/nearest.hpp"
#include "actors/command_line/values.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace convoy::actors::command_line {

namespace {

std::string line_place(const std::string& path,
                       const toml::source_region& region) {
  return path + ":" + std::to_string(region.begin.line) + ": ";
}

template <class Number>
std::string shown(Number number) {
  std::array<char, 400> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

/// A value as one would write it on the command line; nothing for what has no
/// such form.
std::optional<std::string> word_of(const toml::node& node) {
  if (const auto* text = node.as_string())
    return text->get();
  if (const auto* number = node.as_integer())
    return shown(number->get());
  if (const auto* fraction = node.as_floating_point())
    return shown(fraction->get());
  if (const auto* truth = node.as_boolean())
    return truth->get() ? "true" : "false";
  return std::nullopt;
}

std::optional<std::vector<std::string>> words_of(const toml::node& node,
                                                 option_kind kind) {
  std::vector<std::string> result;
  const auto add = [&](const toml::node& one) {
    auto word = word_of(one);
    if (word)
      result.push_back(std::move(*word));
    return word.has_value();
  };
  const auto* array = kind == option_kind::list ? node.as_array() : nullptr;
  if (array ? std::all_of(array->begin(), array->end(), add) : add(node))
    return result;
  return std::nullopt;
}

void read_entry(const std::string& path, const toml::key& name,
                const toml::node& node, source& to) {
  const auto key = name.str();
  const auto place = line_place(path, name.source());
  const auto found = find_option(key);
  if (!found.what) {
    to.problems.push_back(place + "unknown key " + in_quotes(key)
                          + "; did you mean "
                          + in_quotes(nearest(key, option_names())) + "?");
    return;
  }
  auto named = place + std::string{key};
  if (auto words = words_of(node, found.what->kind))
    to.add(found, std::move(*words), std::move(named));
  else
    to.problems.push_back(named + ": takes "
                          + (found.what->kind == option_kind::list
                                 ? "a list of texts"
                                 : "one value"));
}

std::string toml_literal(const option& each) {
  switch (each.kind) {
  case option_kind::flag:
  case option_kind::number:
    return std::string{each.fallback};
  case option_kind::list:
    return "[]";
  case option_kind::text:
    break;
  }
  std::string result = "\"";
  for (const char c : each.fallback) {
    if (c == '"' || c == '\\')
      result += '\\';
    result += c;
  }
  return result + "\"";
}

} // namespace

source read_config(const std::string& path) {
  source result;
  std::string text;
  if (const auto why = read_file(path, text); !why.empty()) {
    result.problems.push_back(path + ": " + why);
    return result;
  }
  try {
    const auto table = toml::parse(text, path);
    // A table is sorted by key; people read a file by line.
    std::vector<toml::table::const_iterator> entries;
    for (auto i = table.begin(); i != table.end(); ++i)
      entries.push_back(i);
    std::ranges::sort(entries, {}, [](const auto& entry) {
      return entry->first.source().begin.line;
    });
    for (const auto& entry : entries)
      read_entry(path, entry->first, entry->second, result);
  } catch (const toml::parse_error& error) {
    result.problems.push_back(line_place(path, error.source())
                              + std::string{error.description()});
  }
  return result;
}

std::string default_config() {
  std::string result = "# Configuration of Convoy. A flag of the command line"
                       " is stronger than an\n# environment variable, which is"
                       " stronger than this file.\n";
  for (const auto& each : options()) {
    result += "\n# " + std::string{each.help};
    if (!each.value.empty())
      result += " (" + std::string{each.value} + ")";
    result += ".\n# " + variable_name(each.name) + "\n" + std::string{each.name}
              + " = " + toml_literal(each) + "\n";
  }
  return result;
}

} // namespace convoy::actors::command_line

// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/variables.hpp"

#include "actors/command_line/nearest.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <optional>

namespace convoy::actors::command_line {

namespace {

constexpr std::string_view prefix = "CONVOY_";
constexpr std::string_view file_suffix = "_FILE";
constexpr std::string_view config_name = "CONVOY_CONFIG";

/// `key-file` of `CONVOY_KEY_FILE`; "" when the variable cannot be an option.
std::string option_name(std::string_view variable) {
  std::string result;
  for (const char c : variable.substr(prefix.size())) {
    if (c == '-' || (c >= 'a' && c <= 'z'))
      return {};
    result += c == '_'               ? '-'
              : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a')
                                     : c;
  }
  return result;
}

std::vector<std::string> values_of(const option& what, std::string text) {
  if (what.kind != option_kind::list)
    return {std::move(text)};
  std::ranges::replace(text, ',', ' ');
  const auto parts = protocol::words(text);
  return {parts.begin(), parts.end()};
}

std::optional<std::string> content_of(const std::string& variable,
                                      const std::string& path,
                                      std::vector<std::string>& problems) {
  std::string content;
  if (const auto why = read_file(path, content); !why.empty()) {
    problems.push_back(variable + ": " + path + ": " + why);
    return std::nullopt;
  }
  if (content.ends_with('\n'))
    content.pop_back();
  if (content.ends_with('\r'))
    content.pop_back();
  return content;
}

std::string unknown(const std::string& variable) {
  std::vector<std::string> known{std::string{config_name}};
  for (const auto& name : option_names())
    known.push_back(variable_name(name));
  return variable + ": there is no such option; did you mean "
         + std::string{nearest(variable, known)} + "?";
}

void read_variable(const std::string& variable, const std::string& text,
                   variables& to) {
  auto& problems = to.options.problems;
  if (const auto found = find_option(option_name(variable)); found.what)
    return to.options.add(found, values_of(*found.what, text), variable);
  std::string_view base = variable;
  const bool is_file = base.ends_with(file_suffix);
  if (is_file)
    base.remove_suffix(file_suffix.size());
  const auto found = find_option(option_name(base));
  if (base != config_name && (!is_file || !found.what)) {
    problems.push_back(unknown(variable));
    return;
  }
  auto value =
      is_file ? content_of(variable, text, problems) : std::optional{text};
  if (!value)
    return;
  if (found.what)
    to.options.add(found, values_of(*found.what, std::move(*value)), variable);
  else if (to.config.empty())
    to.config = std::move(*value);
  else
    problems.push_back(variable + ": is given already, as CONVOY_CONFIG");
}

} // namespace

environment read_environment(const char* const* entries) {
  environment result;
  for (; *entries != nullptr; ++entries) {
    const std::string_view entry = *entries;
    if (const auto equals = entry.find('='); equals != std::string_view::npos)
      result.emplace(entry.substr(0, equals), entry.substr(equals + 1));
  }
  return result;
}

variables read_variables(const environment& from) {
  variables result;
  for (auto i = from.lower_bound(std::string{prefix});
       i != from.end() && i->first.starts_with(prefix); ++i)
    read_variable(i->first, i->second, result);
  return result;
}

} // namespace convoy::actors::command_line

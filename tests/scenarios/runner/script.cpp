// SPDX-License-Identifier: Apache-2.0
#include "script.hpp"

#include "variables.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

namespace convoy::scenarios {

namespace {

using parameters = std::map<std::string, std::string>;

void replace_parameters(std::string& line, const parameters& values,
                        const place& where) {
  for (auto at = line.find("{{"); at != line.npos; at = line.find("{{", at)) {
    auto end = line.find("}}", at);
    if (end == line.npos)
      return; // the end of two JSON objects looks alike, their start does not
    auto name = line.substr(at + 2, end - at - 2);
    auto found = values.find(name);
    if (found == values.end())
      throw script_error(where.to_string() + ": no value for {{" + name + "}}");
    line.replace(at, end + 2 - at, found->second);
    at += found->second.size();
  }
}

class loader {
public:
  loader(const std::string& path, parameters values, std::string included_from)
      : path_(path), in_(path), values_(std::move(values)) {
    where_ = {path, 0, std::move(included_from)};
    if (!in_)
      throw script_error(path + where_.included_from + ": cannot be read");
  }

  std::vector<step> load() {
    std::vector<step> result;
    std::string line;
    while (next(line)) {
      auto indent = line.find_first_not_of(" \t");
      if (indent == line.npos || line[indent] == '#'
          || line.substr(indent) == "}")
        continue;
      auto end = line.find_last_not_of(" \t\r");
      step current{where_, line.substr(indent, end + 1 - indent), {}, {}};
      auto mark = current.text.find("<<");
      if (mark != std::string::npos
          && (current.text.starts_with("file ")
              || current.text.starts_with("run "))) {
        current.document = document(current.text.substr(mark + 2));
        current.text.erase(mark);
      }
      if (current.text.starts_with("include ")) {
        for (auto& included : include(current))
          place_step(result, std::move(included), indent);
      } else {
        place_step(result, std::move(current), indent);
      }
    }
    return result;
  }

private:
  bool next(std::string& line) {
    ++where_.line;
    if (!std::getline(in_, line))
      return false;
    // A scenario itself has no parameters.
    if (!where_.included_from.empty())
      replace_parameters(line, values_, where_);
    return true;
  }

  std::string document(const std::string& end) {
    std::string result;
    std::string line;
    auto from = where_;
    while (next(line)) {
      if (line == end)
        return result;
      result += line + '\n';
    }
    throw script_error(from.to_string() + ": no line says " + end);
  }

  std::vector<step> include(const step& from) const {
    auto parts = words(from.text);
    if (parts.size() < 2)
      throw script_error(from.where.to_string() + ": include what?");
    parameters values;
    for (std::size_t i = 2; i < parts.size(); ++i) {
      auto equals = parts[i].find('=');
      values[parts[i].substr(0, equals)] =
          equals == std::string::npos ? "" : parts[i].substr(equals + 1);
    }
    auto file = std::filesystem::path(path_).parent_path() / parts[1];
    return loader(file.lexically_normal().string(), std::move(values),
                  ", included from " + from.where.to_string())
        .load();
  }

  /// Puts a step under the last one that is indented less.
  static void place_step(std::vector<step>& roots, step&& current,
                         std::size_t indent) {
    if (indent > 0 && !roots.empty())
      roots.back().children.push_back(std::move(current));
    else
      roots.push_back(std::move(current));
  }

  std::string path_;
  std::ifstream in_;
  parameters values_;
  place where_;
};

} // namespace

std::string place::to_string() const {
  return file + ':' + std::to_string(line) + included_from;
}

std::vector<step> load_script(const std::string& path) {
  return loader(path, {}, {}).load();
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> result;
  char quote = 0;
  bool open = false;
  for (char c : text) {
    if (quote != 0 ? c == quote : (c == '\'' || c == '"')) {
      quote = quote != 0 ? '\0' : c;
      if (!open)
        result.emplace_back();
      open = true;
    } else if (quote == 0 && (c == ' ' || c == '\t')) {
      open = false;
    } else {
      if (!open)
        result.emplace_back();
      open = true;
      result.back() += c;
    }
  }
  return result;
}

} // namespace convoy::scenarios

// SPDX-License-Identifier: Apache-2.0
#include "pattern.hpp"

#include <algorithm>
#include <cstdlib>
#include <regex>

namespace convoy::scenarios {

namespace {

std::regex compile(const std::string& expression) {
  try {
    return std::regex(expression);
  } catch (const std::regex_error& error) {
    throw script_error("bad regular expression " + expression + ": "
                       + error.what());
  }
}

class json_matcher {
public:
  explicit json_matcher(variables& names) : names_(names) {}

  /// False when they differ; `problem` then says where and how.
  bool match(const json& pattern, const json& value, const std::string& path) {
    switch (pattern.what) {
    case json::kind::any:
      return true;
    case json::kind::rest:
      throw script_error("... stands alone");
    case json::kind::regex:
      return match_regex(pattern, value, path);
    case json::kind::variable:
      return match_variable(pattern, value, path);
    case json::kind::null:
      return value.what == pattern.what || differ(pattern, value, path);
    case json::kind::boolean:
      return (value.what == pattern.what && value.truth == pattern.truth)
             || differ(pattern, value, path);
    case json::kind::number:
      return same_number(pattern, value) || differ(pattern, value, path);
    case json::kind::string:
      return (value.what == pattern.what
              && value.text == names_.expand(pattern.text))
             || differ(pattern, value, path);
    case json::kind::array:
      if (value.what != pattern.what)
        return differ(pattern, value, path);
      return match_elements(pattern, 0, value, 0, path);
    case json::kind::object:
      if (value.what != pattern.what)
        return differ(pattern, value, path);
      return match_members(pattern, value, path);
    }
    return false;
  }

  std::string problem;

private:
  bool differ(const json& pattern, const json& value, const std::string& path) {
    auto expected = pattern.what == json::kind::string
                        ? '"' + names_.expand(pattern.text) + '"'
                        : to_text(pattern);
    problem = (path.empty() ? "/" : path) + ": expected " + expected + ", got "
              + printable(to_text(value));
    return false;
  }

  static bool same_number(const json& a, const json& b) {
    return b.what == json::kind::number
           && (a.text == b.text
               || std::strtod(a.text.c_str(), nullptr)
                      == std::strtod(b.text.c_str(), nullptr));
  }

  bool match_regex(const json& pattern, const json& value,
                   const std::string& path) {
    bool flat =
        value.what == json::kind::string || value.what == json::kind::number;
    return (flat && std::regex_search(value.text, compile(pattern.text)))
           || differ(pattern, value, path);
  }

  bool match_variable(const json& pattern, const json& value,
                      const std::string& path) {
    auto bound = names_.find(pattern.text);
    if (!bound) {
      if (pattern.offset != 0)
        throw script_error("$" + pattern.text + " is not bound");
      names_.set(pattern.text, value);
      return true;
    }
    if (pattern.offset == 0)
      return match(*bound, value, path);
    json sum = *bound;
    sum.text = std::to_string(std::strtoll(sum.text.c_str(), nullptr, 10)
                              + pattern.offset);
    return match(sum, value, path);
  }

  bool match_elements(const json& pattern, std::size_t p, const json& value,
                      std::size_t v, const std::string& path) {
    if (p == pattern.items.size())
      return v == value.items.size() || differ(pattern, value, path);
    if (pattern.items[p].what == json::kind::rest) {
      for (; v <= value.items.size(); ++v) {
        auto before = names_;
        if (match_elements(pattern, p + 1, value, v, path))
          return true;
        names_ = before;
      }
      return false;
    }
    if (v == value.items.size())
      return differ(pattern, value, path);
    return match(pattern.items[p], value.items[v],
                 path + '/' + std::to_string(v))
           && match_elements(pattern, p + 1, value, v + 1, path);
  }

  bool match_members(const json& pattern, const json& value,
                     const std::string& path) {
    bool open = false;
    std::vector<std::string> known;
    for (std::size_t i = 0; i < pattern.items.size(); ++i) {
      if (pattern.items[i].what == json::kind::rest) {
        open = true;
        continue;
      }
      auto key = names_.expand(pattern.keys[i]);
      auto found = std::find(value.keys.begin(), value.keys.end(), key);
      if (found == value.keys.end()) {
        problem = path + '/' + key + ": missing";
        return false;
      }
      auto index = static_cast<std::size_t>(found - value.keys.begin());
      if (!match(pattern.items[i], value.items[index], path + '/' + key))
        return false;
      known.push_back(key);
    }
    for (const auto& key : value.keys)
      if (!open && std::find(known.begin(), known.end(), key) == known.end()) {
        problem = path + '/' + key + ": not expected";
        return false;
      }
    return true;
  }

  variables& names_;
};

/// The line with no colon before a last parameter that does not need one.
std::string without_colon(std::string_view line) {
  std::string result(line);
  auto from = line.starts_with(':') ? line.find(' ') : 0;
  auto colon = line.find(" :", from);
  if (colon != line.npos && colon + 2 < line.size() && line[colon + 2] != ':'
      && line.find(' ', colon + 2) == line.npos)
    result.erase(colon + 1, 1);
  return result;
}

class line_matcher {
public:
  line_matcher(std::string_view pattern, variables& names) : names_(names) {
    if (pattern.size() > 4 && pattern.starts_with("~/")
        && pattern.ends_with("/~")) {
      search_ = true;
      expression_ = pattern.substr(2, pattern.size() - 4);
    } else {
      translate(pattern);
    }
  }

  bool match(const std::string& line) {
    std::smatch found;
    auto expression = compile(expression_);
    if (!(search_ ? std::regex_search(line, found, expression)
                  : std::regex_match(line, found, expression)))
      return false;
    for (std::size_t i = 0; i < captures_.size(); ++i)
      names_.set(captures_[i], found[i + 1].str());
    return true;
  }

private:
  void literal(std::string_view text) {
    for (char c : text) {
      if (std::string_view("^$\\.*+?()[]{}|/").find(c) != std::string::npos)
        expression_ += '\\';
      expression_ += c;
    }
  }

  void translate(std::string_view pattern) {
    while (!pattern.empty()) {
      if (pattern[0] == '*') {
        expression_ += "[^]*";
        pattern.remove_prefix(1);
        continue;
      }
      auto length = pattern[0] == '$' ? name_length(pattern.substr(1)) : 0;
      if (length > 0 && !names_.find(pattern.substr(1, length))) {
        captures_.emplace_back(pattern.substr(1, length));
        expression_ += "([^]*?)";
        pattern.remove_prefix(1 + length);
        continue;
      }
      // Up to the next sign with a meaning; a bound name is a literal.
      auto end = std::min(pattern.find_first_of("*$", 1), pattern.size());
      if (pattern.starts_with("${"))
        end = pattern.find('}') + 1;
      else if (pattern.starts_with("$$"))
        end = 2;
      else if (length > 0)
        end = 1 + length;
      literal(names_.expand(unescape(pattern.substr(0, end))));
      pattern.remove_prefix(end);
    }
  }

  variables& names_;
  std::string expression_;
  std::vector<std::string> captures_;
  bool search_ = false;
};

} // namespace

std::optional<std::string> mismatch(const json& pattern, const json& value,
                                    variables& names) {
  auto trial = names;
  json_matcher matcher(trial);
  if (!matcher.match(pattern, value, ""))
    return matcher.problem;
  names = std::move(trial);
  return std::nullopt;
}

std::optional<std::string> mismatch(std::string_view pattern,
                                    std::string_view line, variables& names) {
  if (line_matcher(pattern, names).match(std::string(line))
      || line_matcher(without_colon(pattern), names).match(without_colon(line)))
    return std::nullopt;
  return "the line differs";
}

} // namespace convoy::scenarios

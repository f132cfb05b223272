// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/source.hpp"

#include "actors/command_line/values.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace convoy::actors::command_line {

namespace {

constexpr std::size_t largest_file = 1024 * 1024;

struct file_closer {
  void operator()(std::FILE* file) const noexcept {
    std::fclose(file);
  }
};

std::string reason(int error) {
  return std::generic_category().message(error);
}

} // namespace

void source::add(found_option found, std::vector<std::string> values,
                 std::string place) {
  const auto before = std::ranges::find(settings, found.what, &setting::what);
  if (before != settings.end()) {
    problems.push_back(place + ": is given already, as " + before->place);
    return;
  }
  // What is neither true nor false stays, to be refused with the others.
  if (bool value = false;
      found.is_opposite && read_bool(values.back(), value).empty())
    values.back() = value ? "false" : "true";
  settings.push_back({found.what, std::move(values), std::move(place)});
}

void source::apply(serve_options& to) {
  for (const auto& each : settings)
    if (auto problem = each.what->set(to, each.values); !problem.empty())
      problems.push_back(each.place + ": " + problem);
}

std::string read_file(const std::string& path, std::string& to) {
  const std::unique_ptr<std::FILE, file_closer> file{
      std::fopen(path.c_str(), "rbe")};
  if (!file)
    return reason(errno);
  std::string content;
  std::array<char, 4096> piece{};
  while (const auto size =
             std::fread(piece.data(), 1, piece.size(), file.get())) {
    content.append(piece.data(), size);
    if (content.size() > largest_file)
      return "is larger than 1 MiB";
  }
  if (std::ferror(file.get()) != 0)
    return reason(errno);
  to = std::move(content);
  return {};
}

} // namespace convoy::actors::command_line

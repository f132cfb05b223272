// SPDX-License-Identifier: Apache-2.0
#include "stage.hpp"

#include "store_place.hpp"

#include <cstdlib>
#include <filesystem>

namespace convoy::scenarios {

temporary_directory::temporary_directory()
    : path_(
        (std::filesystem::temp_directory_path() / "convoy-XXXXXX").string()) {
  if (!::mkdtemp(path_.data()))
    throw failure("cannot make the temporary directory " + path_);
}

temporary_directory::~temporary_directory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

stage::stage(std::string convoy_program) : program(std::move(convoy_program)) {
  const auto& path = directory.path();
  names.set("dir", path);
  names.set("store", store_of(path));
  names.set("key", path + "/convoy.key");
  names.set("convoy", program);
  const char* search = std::getenv("PATH");
  environment["PATH"] = search ? search : "/usr/bin:/bin";
  environment["HOME"] = path;
}

peer& stage::who(const std::string& name) {
  if (auto found = peers.find(name); found != peers.end())
    return *found->second;
  auto hash = name.find('#');
  auto server = servers.find(name.substr(0, hash));
  if (server == servers.end())
    throw script_error("nobody is called " + name);
  std::size_t number =
      hash == name.npos ? 1 : std::stoul("0" + name.substr(hash + 1));
  if (number == 0)
    throw script_error(name + ": connections count from 1");
  const auto& connections = server->second->connections();
  if (!wait([&] { return connections.size() >= number; }))
    throw failure("nobody made connection " + std::to_string(number) + " to "
                  + server->first);
  return *connections[number - 1];
}

bool stage::wait(const std::function<bool()>& done) {
  return loop.wait(limit, done);
}

std::pair<std::string, std::string> first_word(const std::string& text) {
  auto end = text.find_first_of(" \t");
  if (end == text.npos)
    return {text, {}};
  auto next = text.find_first_not_of(" \t", end);
  return {text.substr(0, end), next == text.npos ? "" : text.substr(next)};
}

} // namespace convoy::scenarios

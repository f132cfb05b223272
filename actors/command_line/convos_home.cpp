// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/convos_home.hpp"

#include "actors/command_line/convos_records.hpp"
#include "protocol/json.hpp"
#include "protocol/media_type.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace convoy::actors::command_line {

namespace fs = std::filesystem;

namespace {

/// Whether nothing was wrong.
bool explain(const fs::path& path,
             const std::vector<protocol::json_problem>& problems,
             const complaint& complain) {
  for (const auto& problem : problems)
    complain(path.string() + problem.path + ": " + problem.message);
  return problems.empty();
}

/// When the file was written last: Convos takes that for when an account was
/// made that does not say so itself.
protocol::timestamp written(const fs::path& path) {
  return std::chrono::time_point_cast<std::chrono::microseconds>(
      std::chrono::file_clock::to_sys(fs::last_write_time(path)));
}

/// Key and certificate that Convos made for a connection, PEM.
std::string certificate_of(const fs::path& folder) {
  const auto stem = folder / folder.filename();
  const auto certificate = fs::path{stem.string() + ".cert"};
  const auto key = fs::path{stem.string() + ".key"};
  if (!fs::exists(certificate) || !fs::exists(key))
    return {};
  return read_whole(certificate) + read_whole(key);
}

bool read_connection(const fs::path& folder, store::user_state& to,
                     const complaint& complain) {
  const auto path = folder / "connection.json";
  auto read = read_convos_connection(
      read_whole(path), protocol::to_lower(folder.filename().string()),
      to.account.email);
  if (!explain(path, read.problems, complain))
    return false;
  read.record.certificate = certificate_of(folder);
  to.connections.push_back(std::move(read.record));
  return true;
}

std::vector<fs::path> uploads_of(const fs::path& user) {
  auto result = entries_of(user / "upload");
  std::erase_if(result, [](const fs::path& path) {
    return path.extension() != ".json"
           || path.filename().string().starts_with('.');
  });
  return result;
}

std::optional<convos_user> read_user(const fs::path& folder,
                                     const complaint& complain) {
  const auto path = folder / "user.json";
  auto account = read_convos_user(read_whole(path), folder.filename().string());
  bool fine = explain(path, account.problems, complain);
  convos_user result;
  result.folder = folder;
  result.state.account = std::move(account.record);
  if (result.state.account.registered == protocol::timestamp{})
    result.state.account.registered = written(path);
  for (const auto& entry : entries_of(folder))
    if (fs::exists(entry / "connection.json"))
      fine = read_connection(entry, result.state, complain) && fine;
    else if (entry.filename() != "upload" && fs::is_directory(entry))
      complain(entry.string() + ": has no connection.json, is left out");
  result.files = uploads_of(folder);
  if (!fine)
    return std::nullopt;
  return result;
}

} // namespace

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> result;
  std::error_code error;
  for (fs::directory_iterator i{folder, error}, end; !error && i != end;
       i.increment(error))
    result.push_back(i->path());
  if (error && error != std::errc::no_such_file_or_directory
      && error != std::errc::not_a_directory)
    throw std::runtime_error(folder.string() + ": " + error.message());
  std::ranges::sort(result);
  return result;
}

std::string read_whole(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream content;
  // Nothing to read is not a failure here, but it sets the same bit.
  if (file && file.peek() != std::ifstream::traits_type::eof())
    content << file.rdbuf();
  if (!file.is_open() || file.bad() || !content)
    throw std::runtime_error(path.string() + ": "
                             + std::generic_category().message(errno));
  return std::move(content).str();
}

std::vector<convos_user> read_convos_home(const fs::path& home,
                                          const complaint& complain) {
  if (!fs::is_directory(home))
    throw std::runtime_error(home.string() + ": there is no such folder");
  std::vector<convos_user> result;
  bool any = false;
  for (const auto& folder : entries_of(home)) {
    if (folder.filename().string().find('@') == std::string::npos
        || !fs::exists(folder / "user.json"))
      continue;
    any = true;
    if (auto user = read_user(folder, complain))
      result.push_back(std::move(*user));
  }
  if (!any)
    throw std::runtime_error(home.string()
                             + ": there is no folder with a user.json in it");
  std::ranges::stable_sort(result, {}, [](const convos_user& user) {
    return user.state.account.id;
  });
  return result;
}

std::optional<store::file_record>
read_convos_upload(const fs::path& json, const complaint& complain) {
  auto read = read_convos_file(read_whole(json));
  if (!explain(json, read.problems, complain))
    return std::nullopt;
  auto data = json;
  data.replace_extension(".data");
  if (!fs::exists(data)) {
    complain(data.string() + ": there is no such file");
    return std::nullopt;
  }
  read.record.content = read_whole(data);
  read.record.content_type = protocol::media_type_of(read.record.name);
  return std::move(read.record);
}

} // namespace convoy::actors::command_line

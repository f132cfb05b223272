// SPDX-License-Identifier: Apache-2.0
#include "net/po_files.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <fstream>
#include <gettext-po.h>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <vector>

namespace convoy::net {

namespace {

namespace fs = std::filesystem;

/// What the library's handlers, which get nothing from us, write to.
std::string& first_complaint() {
  thread_local std::string text;
  return text;
}

void complain(int severity, const char* file, std::size_t line,
              const char* text) {
  auto& first = first_complaint();
  if (severity != PO_SEVERITY_WARNING && first.empty()) {
    if (file)
      first = file + std::string{":"};
    if (file && line != static_cast<std::size_t>(-1))
      first += std::to_string(line) + ':';
    first += (first.empty() ? "" : " ")
             + std::string{protocol::trim(text ? text : "")};
  }
  // The library must not go on then (gettext-po.h); it forgets what it has.
  if (severity == PO_SEVERITY_FATAL_ERROR)
    throw std::runtime_error{first};
}

void on_problem(int severity, po_message_t, const char* file, std::size_t line,
                std::size_t, int, const char* text) {
  complain(severity, file, line, text);
}

void on_problem_in_two(int severity, po_message_t, const char* file,
                       std::size_t line, std::size_t, int, const char* text,
                       po_message_t, const char*, std::size_t, std::size_t, int,
                       const char*) {
  complain(severity, file, line, text);
}

struct freer {
  void operator()(po_file* file) const {
    po_file_free(file);
  }
  void operator()(struct po_message_iterator* messages) const {
    po_message_iterator_free(messages);
  }
};

/// `Name: value` lines.
std::map<std::string, std::string> read_header(std::string_view text) {
  std::map<std::string, std::string> result;
  while (!text.empty()) {
    const auto line = protocol::next_part(text, '\n');
    const auto colon = line.find(':');
    if (colon == std::string_view::npos)
      continue;
    auto name = protocol::to_lower_ascii(protocol::trim(line.substr(0, colon)));
    std::ranges::replace(name, '-', '_');
    result[name] = protocol::trim(line.substr(colon + 1));
  }
  return result;
}

protocol::dictionary read_messages(po_file_t file, const std::string& code) {
  protocol::dictionary result{code, {}, {}};
  const std::unique_ptr<struct po_message_iterator, freer> messages{
      po_message_iterator(file, nullptr)};
  while (const auto message = po_next_message(messages.get())) {
    const std::string text = po_message_msgid(message);
    const std::string translation = po_message_msgstr(message);
    if (text.empty())
      result.headers = read_header(translation);
    else if (!translation.empty() && !po_message_is_fuzzy(message)
             && !po_message_is_obsolete(message))
      result.entries[text] = translation;
  }
  return result;
}

std::string read_po_file(const fs::path& path, protocol::dictionaries& to) {
  if (!std::ifstream{path})
    return path.string() + ": cannot be read";
  const po_xerror_handler handler{on_problem, on_problem_in_two};
  first_complaint().clear();
  try {
    const std::unique_ptr<po_file, freer> file{
        po_file_read(path.c_str(), &handler)};
    if (!file)
      return path.string() + ": cannot be read";
    if (first_complaint().empty())
      to.add(read_messages(file.get(), path.stem().string()));
  } catch (const std::runtime_error& why) {
    return why.what();
  }
  return first_complaint();
}

} // namespace

std::string read_po_files(const fs::path& folder, protocol::dictionaries& to) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator each{folder, error}, end; !error && each != end;
       each.increment(error))
    if (each->path().extension() == ".po" && each->is_regular_file(error))
      files.push_back(each->path());
  if (error)
    return folder.string() + ": " + error.message();
  std::ranges::sort(files);
  for (const auto& file : files)
    if (auto wrong = read_po_file(file, to); !wrong.empty())
      return wrong;
  return {};
}

} // namespace convoy::net

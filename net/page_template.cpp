// SPDX-License-Identifier: Apache-2.0
#include "net/page_template.hpp"

#include "net/log.hpp"

#include <fstream>
#include <kainjow/mustache.hpp>
#include <mutex>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

namespace convoy::net {

namespace {

namespace fs = std::filesystem;
namespace mustache = kainjow::mustache;

/// By which a change shows.
struct file_facts {
  std::uintmax_t size = 0;
  fs::file_time_type written;

  bool operator==(const file_facts&) const = default;
};

} // namespace

struct page_template::state {
  explicit state(fs::path from) : file(std::move(from)) {
    // nop
  }

  /// Reads the file when it is not the one that was read; "" or what is wrong.
  std::string refresh();
  std::string read();

  const fs::path file;
  std::mutex mutex;
  std::optional<file_facts> facts;
  std::optional<mustache::mustache> compiled;
  std::string wrong;
};

std::string page_template::state::refresh() {
  std::error_code error;
  file_facts now{fs::file_size(file, error), {}};
  if (!error)
    now.written = fs::last_write_time(file, error);
  if (error) {
    facts.reset();
    return file.string() + ": " + error.message() + '.';
  }
  if (facts != now) {
    facts = now;
    wrong = read();
  }
  return wrong;
}

std::string page_template::state::read() {
  std::ostringstream text;
  std::ifstream from{file, std::ios::binary};
  text << from.rdbuf();
  if (!from || !text)
    return file.string() + ": cannot be read.";
  compiled.emplace(text.str());
  return compiled->is_valid()
             ? ""
             : file.string() + ": " + compiled->error_message() + '.';
}

page_template::page_template(fs::path file)
    : state_(std::make_unique<state>(std::move(file))) {
  // nop
}

page_template::~page_template() = default;

std::string page_template::problem() {
  const std::scoped_lock lock{state_->mutex};
  return state_->refresh();
}

std::string
page_template::render(const std::map<std::string, std::string>& values) {
  const std::scoped_lock lock{state_->mutex};
  if (const auto wrong = state_->refresh(); !wrong.empty()) {
    log::error("page-unusable", {{"reason", wrong}});
    return {};
  }
  mustache::data data;
  for (const auto& [name, value] : values)
    data.set(name, value);
  return state_->compiled->render(data);
}

} // namespace convoy::net

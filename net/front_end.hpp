// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/page_template.hpp"
#include "net/shared_value.hpp"
#include "protocol/dictionaries.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace convoy::net {

/// What the front end is made of, besides the files that are served as they
/// are: its page and its languages. May be used from any thread.
class front_end {
public:
  /// Reads the page of `web_root`, "" for none, where there may be none yet,
  /// and the languages in `i18n_dir`, "" for English only. Throws
  /// `std::runtime_error` with the place.
  front_end(const std::string& web_root, const std::string& i18n_dir);

  /// Reads the languages again. "" or what is wrong, and then nothing has
  /// changed. The page is read again by itself when it has changed.
  std::string read_languages(const std::string& i18n_dir);

  /// As they are now.
  std::shared_ptr<const protocol::dictionaries> languages() const {
    return languages_.get();
  }
  bool has_page() const noexcept {
    return page_.has_value();
  }
  /// See `page_template::render`.
  std::string render(const std::map<std::string, std::string>& values) {
    return page_->render(values);
  }

private:
  shared_value<protocol::dictionaries> languages_;
  std::optional<page_template> page_; ///< nothing without a web root
};

} // namespace convoy::net

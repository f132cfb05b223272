// SPDX-License-Identifier: Apache-2.0
#include "net/front_end.hpp"

#include "net/po_files.hpp"

#include <filesystem>
#include <stdexcept>

namespace convoy::net {

front_end::front_end(const std::string& web_root, const std::string& i18n_dir) {
  auto wrong = read_languages(i18n_dir);
  const std::filesystem::path root{web_root};
  if (wrong.empty() && !root.empty() && !std::filesystem::is_directory(root))
    wrong = "web root " + root.string() + ": not a folder";
  if (!root.empty())
    page_.emplace(root / "index.html");
  if (wrong.empty() && page_ && std::filesystem::exists(root / "index.html"))
    wrong = page_->problem();
  if (!wrong.empty())
    throw std::runtime_error{wrong};
}

std::string front_end::read_languages(const std::string& i18n_dir) {
  protocol::dictionaries found;
  std::string wrong;
  if (!i18n_dir.empty())
    wrong = read_po_files(i18n_dir, found);
  if (wrong.empty())
    languages_.set(std::move(found));
  return wrong;
}

} // namespace convoy::net

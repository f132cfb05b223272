// SPDX-License-Identifier: Apache-2.0
#include "net/static_files.hpp"

#include "net/http_date.hpp"
#include "protocol/media_type.hpp"
#include "protocol/text.hpp"

#include <boost/beast/http/rfc7230.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <sys/stat.h>
#include <utility>

namespace convoy::net {

namespace fs = std::filesystem;

namespace {

bool is_plain_name(const std::string& segment) {
  constexpr std::string_view forbidden{"/\\\0", 3};
  return !segment.empty() && segment.front() != '.'
         && segment.find_first_of(forbidden) == std::string::npos;
}

bool is_below(const fs::path& path, const fs::path& root) {
  return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first
         == root.end();
}

} // namespace

static_files::static_files(const fs::path& root) {
  std::error_code error;
  auto canonical = fs::canonical(root, error);
  if (!error)
    root_ = std::move(canonical);
}

std::optional<static_file>
static_files::find(const std::vector<std::string>& segments, bool gzip) const {
  if (root_.empty())
    return std::nullopt;
  auto wanted = root_;
  if (segments.empty() || (segments.size() == 1 && segments.front().empty()))
    wanted /= "index.html";
  else
    for (const auto& segment : segments) {
      if (!is_plain_name(segment))
        return std::nullopt;
      wanted /= segment;
    }
  auto out = look_at(wanted);
  if (!out)
    return out;
  out->is_immutable =
      segments.size() > 1
      && std::find(segments.begin(), segments.end() - 1, "immutable")
             != segments.end() - 1;
  auto packed = look_at(wanted += ".gz");
  if (!packed || packed->modified < out->modified)
    return out;
  out->has_encodings = true;
  if (gzip) {
    packed->content_type = std::move(out->content_type);
    packed->content_encoding = "gzip";
    packed->has_encodings = true;
    packed->is_immutable = out->is_immutable;
    return packed;
  }
  return out;
}

std::optional<static_file> static_files::look_at(const fs::path& wanted) const {
  std::error_code error;
  auto path = fs::canonical(wanted, error);
  struct stat facts {};
  if (error || !is_below(path, root_) || ::stat(path.c_str(), &facts) != 0
      || !S_ISREG(facts.st_mode))
    return std::nullopt;
  std::array<char, 64> etag{};
  std::snprintf(etag.data(), etag.size(), "\"%llx-%llx.%lx\"",
                static_cast<unsigned long long>(facts.st_size),
                static_cast<unsigned long long>(facts.st_mtim.tv_sec),
                static_cast<unsigned long>(facts.st_mtim.tv_nsec));
  static_file out;
  out.size = static_cast<std::uint64_t>(facts.st_size);
  out.etag = etag.data();
  out.modified =
      protocol::timestamp{std::chrono::seconds{facts.st_mtim.tv_sec}};
  out.last_modified = http_date(out.modified);
  out.content_type = protocol::media_type_of(path.filename().string());
  out.path = std::move(path);
  return out;
}

std::vector<std::pair<std::string, std::string>>
headers_of(const static_file& what, std::chrono::seconds max_age) {
  std::vector<std::pair<std::string, std::string>> out{
      {"ETag", what.etag},
      {"Last-Modified", what.last_modified},
      {"Cache-Control", what.is_immutable
                            ? "max-age=31536000, immutable"
                            : "max-age=" + std::to_string(max_age.count())}};
  if (what.has_encodings)
    out.emplace_back("Vary", "Accept-Encoding");
  if (!what.content_encoding.empty())
    out.emplace_back("Content-Encoding", what.content_encoding);
  return out;
}

bool accepts_gzip(std::string_view field) {
  namespace http = boost::beast::http;
  for (const auto& [coding, parameters] :
       http::ext_list{boost::beast::string_view{field.data(), field.size()}}) {
    if (!boost::beast::iequals(coding, "gzip"))
      continue;
    // Not at all is `q=0`, with up to three more zeros.
    return std::none_of(parameters.begin(), parameters.end(),
                        [](const auto& one) {
                          return boost::beast::iequals(one.first, "q")
                                 && one.second.find_first_not_of("0.")
                                        == boost::beast::string_view::npos;
                        });
  }
  return false;
}

bool matches_etag(std::string_view field, std::string_view etag) {
  while (!field.empty()) {
    auto comma = field.find(',');
    auto one = protocol::trim(field.substr(0, comma));
    if (one.starts_with("W/"))
      one.remove_prefix(2);
    if (one == "*" || one == etag)
      return true;
    field.remove_prefix(comma == std::string_view::npos ? field.size()
                                                        : comma + 1);
  }
  return false;
}

} // namespace convoy::net

// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"

#include <charconv>

// Files, which whoever knows the id may read (spec/rest-api.md §6, 30).
namespace convoy::actors {

namespace {

/// What a browser may show by itself (it never guesses: `nosniff` is said with
/// every answer). All else is offered to be saved, so that
/// nothing runs in our name.
bool may_show(std::string_view type) {
  type = type.substr(0, type.find(';'));
  return type == "text/plain" || type == "image/gif" || type == "image/jpeg"
         || type == "image/png" || type.starts_with("audio/")
         || type.starts_with("video/");
}

/// Without what would end a quoted string (RFC 9110 §5.6.4) or a path.
std::string plain_name(std::string_view name) {
  std::string result;
  for (const auto c : name)
    result +=
        c < ' ' || c == 0x7f || c == '"' || c == '\\' || c == '/' ? '_' : c;
  return result;
}

} // namespace

void rest_call_state::read_stored_file() {
  const auto& owner = segment("uid");
  // A file may be asked for with the extension of its name.
  const auto id = segment("fid").substr(0, segment("fid").find('.'));
  std::uint64_t user = 0;
  const auto* end = owner.data() + owner.size();
  const auto [rest, wrong] = std::from_chars(owner.data(), end, user);
  if (wrong != std::errc{} || rest != end || id.empty())
    return refuse(404, "File not found.");
  self_
      ->request(node_->reader(user), store_deadline,
                read_file{static_cast<protocol::user_id>(user), id})
      .then(
          [this](const found_file& found) {
            if (!found.file)
              return refuse(404, "File not found.");
            const auto& file = *found.file;
            protocol::http_response response{200, file.content,
                                             file.content_type};
            const auto set = [&](const char* header, std::string value) {
              response.headers.emplace_back(header, std::move(value));
            };
            set("Content-Security-Policy", "default-src 'none'; sandbox");
            set("Cache-Control", "max-age=86400");
            if (!may_show(file.content_type))
              set("Content-Disposition",
                  "attachment; filename=\"" + plain_name(file.name) + '"');
            send(std::move(response));
          },
          [this](const caf::error& why) { store_failed(why); });
}

} // namespace convoy::actors

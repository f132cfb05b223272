// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/rest_call.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// Files (spec/rest-api.md §6, 28, 30 and 31): whoever knows the id of one may
// read it, and its owner lists and deletes it.
namespace convoy::actors {

namespace {

constexpr std::uint64_t most_listed = 60;
/// Parts of deleted files that everybody's commits wait for.
constexpr std::size_t parts_swept_at_once = 4;

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

/// One page of the list of files.
struct file_page {
  std::vector<store::file_entry> files;
  bool has_more = false;
  std::string previous; ///< behind which the page before starts
};

file_page read_page(store::database& db, protocol::user_id user,
                    const std::string& after, std::size_t limit) {
  file_page result;
  result.files = db.files_of(user, after, limit + 1);
  result.has_more = result.files.size() > limit;
  if (result.has_more)
    result.files.resize(limit);
  if (!after.empty())
    result.previous = db.newer_file(user, after, limit);
  return result;
}

std::string encode(const file_page& page, const std::string& after) {
  protocol::json_writer out;
  out.begin_object().key("files").begin_array();
  for (const auto& file : page.files)
    out.begin_object()
        .field("id", file.id)
        .field("name", file.name)
        .field("saved", protocol::to_iso(file.saved, false))
        .field("size", file.size)
        .end_object();
  out.end_array();
  if (!after.empty())
    out.field("after", after).field("prev", page.previous);
  if (page.has_more)
    out.field("next", page.files.back().id);
  return out.end_object().take();
}

} // namespace

// -- reading ------------------------------------------------------------------

void rest_call_state::read_stored_file() {
  const auto user = protocol::whole_number(segment("uid"));
  // A file may be asked for with the extension of its name.
  const auto id = segment("fid").substr(0, segment("fid").find('.'));
  if (!user || id.empty())
    return refuse(404, "File not found.");
  const auto owner = static_cast<protocol::user_id>(*user);
  // A file never changes.
  const auto etag = '"' + id + '"';
  const auto is_known = request_.known_etags == "*"
                        || request_.known_etags.find(etag) != std::string::npos;
  const auto is_read = !is_known && request_.method != "HEAD";
  ask_store(
      self_, node_->reader(*user),
      [owner, id, is_read](store::database& db) {
        return db.find_file(owner, id, is_read);
      },
      [this, etag, is_known](std::optional<store::file_record> found) {
        if (!found || found->write_only)
          return refuse(404, "File not found.");
        protocol::http_response response{is_known ? 304U : 200U,
                                         std::move(found->content),
                                         found->content_type};
        response.size = found->size;
        const auto set = [&](const char* header, std::string value) {
          response.headers.emplace_back(header, std::move(value));
        };
        set("Content-Security-Policy", "default-src 'none'; sandbox");
        set("Cache-Control", "max-age=86400");
        set("ETag", etag);
        if (!may_show(found->content_type))
          set("Content-Disposition",
              "attachment; filename=\"" + plain_name(found->name) + '"');
        send(std::move(response));
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::list_files() {
  const std::string after{request_.param("after").value_or("")};
  const auto wish =
      protocol::whole_number(request_.param("limit").value_or(""));
  const auto limit = std::min(wish.value_or(most_listed), most_listed);
  ask_store(
      self_, node_->reader(number(session_->user)),
      [user = session_->user, after, limit](store::database& db) {
        return read_page(db, user, after, limit);
      },
      [this, after](const file_page& page) {
        answer(200, encode(page, after));
      },
      [this](const caf::error& why) { store_failed(why); });
}

// -- deleting -----------------------------------------------------------------

void rest_call_state::delete_files() {
  std::vector<std::string> ids;
  std::string_view list = segment("fid");
  while (!list.empty())
    ids.emplace_back(protocol::trim(protocol::next_part(list, ',')));
  ask_store(
      self_, node_->archive,
      [user = session_->user, ids](store::database& db) {
        return db.delete_files(user, ids);
      },
      [this](std::size_t count) {
        sweep_files([this, count] {
          protocol::json_writer out;
          out.begin_object().field("deleted", std::uint64_t{count});
          answer(200, out.end_object().take());
        });
      },
      [this](const caf::error& why) { store_failed(why); });
}

/// Takes what deleted files hold, and goes on when nothing is left.
void rest_call_state::sweep_files(std::function<void()> next) {
  ask_store(
      self_, node_->archive,
      [](store::database& db) { return db.sweep_files(parts_swept_at_once); },
      [this, next = std::move(next)](bool is_done) mutable {
        if (is_done)
          next();
        else
          sweep_files(std::move(next));
      },
      [this](const caf::error& why) { store_failed(why); });
}

} // namespace convoy::actors

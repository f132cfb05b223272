// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/link_base.hpp"
#include "actors/rest_call.hpp"
#include "actors/secrets.hpp"
#include "actors/upload_form.hpp"
#include "protocol/json.hpp"

#include <algorithm>
#include <utility>

// Uploads (spec/rest-api.md §6, 29): a file that is stored part by part, so
// that nobody's commit waits for all of it.
namespace convoy::actors {

namespace {

/// Bytes of a file that are written with one commit.
constexpr std::size_t part_size = 768 * 1024;
constexpr unsigned go_on = 100;

/// An id that nobody can guess: as long as ours, or longer.
bool is_file_id(std::string_view id) {
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
           || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  };
  return id.size() >= 32 && id.size() <= 64
         && std::ranges::all_of(id, is_plain);
}

/// Telephones call every picture the same.
std::string telling_name(const std::string& name, protocol::timestamp now) {
  if (name != "image.jpg")
    return name;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  return "IMG_" + std::to_string(seconds.time_since_epoch().count()) + ".jpg";
}

/// What was read of a form, on a reader's thread.
struct read_form {
  upload_form form;
  upload_problem problem;
};

} // namespace

/// A file on its way into the store.
struct rest_call_state::upload {
  store::file_record file; ///< its content goes with the parts
  std::string content;
  std::size_t part = 0;
  /// Whether it has a row, known to the archive, which may write it long after
  /// we have given up.
  bool is_begun = false;
};

void rest_call_state::upload_file() {
  if (request_.awaits_body)
    return send({go_on, ""});
  // A large form takes a while to read, for which nobody shall wait who runs
  // on this thread.
  ask_store(
      self_, node_->reader(number(session_->user)),
      [body = std::make_shared<const std::string>(std::move(request_.body)),
       boundary = request_.boundary,
       most = node_->config.max_upload_bytes](store::database&) {
        read_form result;
        result.problem = read_upload(*body, boundary, most, result.form);
        return result;
      },
      [this](read_form read) {
        if (!read.problem.message.empty())
          return refuse(400, read.problem.message, read.problem.path);
        auto& form = read.form;
        if (!form.id.empty() && !is_file_id(form.id))
          return refuse(400,
                        "An id has 32 to 64 letters, digits, hyphens or"
                        " underscores.",
                        "/id");
        const auto now = node_->wall_clock();
        auto what = std::make_shared<upload>();
        what->file = {form.id.empty() ? random_file_id() : form.id,
                      session_->user,
                      telling_name(form.name, now),
                      form.content_type,
                      now,
                      "",
                      form.write_only};
        what->content = std::move(form.content);
        begin_upload(std::move(what));
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::begin_upload(std::shared_ptr<upload> what) {
  ask_store(
      self_, node_->archive,
      [what,
       room = node_->config.max_file_bytes_per_user](store::database& db) {
        const auto verdict =
            db.begin_file(what->file, what->content.size(), room);
        what->is_begun = verdict == store::file_verdict::stored;
        return verdict;
      },
      [this, what](store::file_verdict verdict) {
        switch (verdict) {
        case store::file_verdict::no_room:
          return refuse(
              400,
              "No room for this file: your files may have "
                  + std::to_string(node_->config.max_file_bytes_per_user)
                  + " bytes together.",
              "/file");
        case store::file_verdict::id_taken:
          return refuse(400, "There is a file of that id.", "/id");
        case store::file_verdict::stored:
          return write_part(what);
        }
      },
      [this, what](const caf::error& why) { give_up(what, why); });
}

/// Writes the next part, or ends.
void rest_call_state::write_part(std::shared_ptr<upload> what) {
  const auto from = what->part * part_size;
  const auto is_last = from + part_size >= what->content.size();
  ask_store(
      self_, node_->archive,
      [what, from, is_last](store::database& db) {
        db.add_file_part(what->file.id, what->part,
                         what->content.substr(from, part_size));
        if (is_last)
          db.finish_file(what->file.id);
        return true;
      },
      [this, what, is_last](bool) {
        ++what->part;
        if (is_last)
          show_upload(what->file);
        else
          write_part(what);
      },
      [this, what](const caf::error& why) { give_up(what, why); });
}

/// So that it takes no room; where this fails too, the next start does it.
void rest_call_state::give_up(std::shared_ptr<upload> what,
                              const caf::error& why) {
  ask_store(
      self_, node_->archive,
      [what](store::database& db) {
        if (what->is_begun)
          db.delete_files(what->file.user, {what->file.id});
        return true;
      },
      [this, why](bool) { sweep_files([this, why] { store_failed(why); }); },
      [this, why](const caf::error&) { store_failed(why); });
}

void rest_call_state::show_upload(const store::file_record& file) {
  const auto uid = to_string(file.user);
  protocol::json_writer out;
  out.begin_object()
      .key("files")
      .begin_array()
      .begin_object()
      .field("id", file.id)
      .field("filename", file.name)
      .field("ext", extension_of(file.name))
      .field("saved", protocol::to_iso(file.saved, false))
      .field("uid", uid)
      .field("url", link_base(node_->config, request_) + "/file/" + uid + '/'
                        + file.id)
      .field("write_only", file.write_only)
      .end_object()
      .end_array()
      .end_object();
  answer(200, out.take());
}

} // namespace convoy::actors

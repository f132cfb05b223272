// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/irc_time.hpp"
#include "protocol/json.hpp"

// How far a conversation has been read, on this client or another
// (draft/read-marker).
namespace convoy::protocol {

namespace {

constexpr std::string_view prefix = "timestamp=";

} // namespace

void irc_session::impl::on_markread(const irc_message& line, context& ctx) {
  const auto* where = find(line.param(0));
  const auto marker = line.param(1);
  timestamp when{};
  // `*`: nothing has been read.
  if (where != nullptr && marker.starts_with(prefix)
      && parse_time(marker.substr(prefix.size()), when))
    ctx.out.read.emplace_back(where->id, when);
}

void irc_session::impl::mark_read(std::string_view conversation_id,
                                  timestamp when, context& ctx) {
  const auto* where = find(conversation_id);
  if (where != nullptr && registered && has("draft/read-marker"))
    write(line({"MARKREAD", where->name,
                std::string(prefix) + to_irc_time(when)}),
          ctx);
}

void irc_session::mark_read(std::string_view conversation_id, timestamp when,
                            moment now, irc_steps& out) {
  impl::context ctx{now, now.wall, out};
  impl_->mark_read(conversation_id, when, ctx);
}

} // namespace convoy::protocol

// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"

namespace convoy::protocol {

void irc_session::impl::on_batch(const irc_message& line, context& ctx) {
  if (batches.open(line) != nullptr)
    return;
  const auto done = batches.close(line);
  if (!done)
    return;
  if (const auto whole = join_lines(*done))
    handle(*whole, ctx);
  if (registered && (is_playback(done->type) || is_history_list(done->type)))
    on_playback_end(*done, ctx);
  if (const auto label = done->opening.tag("label"))
    end_label(*label, ctx);
}

bool irc_session::impl::keep_for_batch(const irc_message& line, context& ctx) {
  const bool is_part =
      ctx.batch != nullptr && ctx.batch->collects
      && (line.command == "PRIVMSG" || line.command == "NOTICE")
      && line.params.size() > 1;
  if (!is_part)
    return false;
  if (batches.keep(*ctx.batch, line))
    return true;
  // No room: what there is is one message, and what follows comes by the line.
  if (const auto whole = batches.take(*ctx.batch))
    handle(*whole, ctx);
  return false;
}

} // namespace convoy::protocol

// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"

#include <string>

// FAIL, WARN and NOTE `command code context… :description` (IRCv3
// standard-replies).
namespace convoy::protocol {

const conversation* irc_session::impl::context_of(const irc_message& line) {
  for (std::size_t i = 2; i + 1 < line.params.size(); ++i)
    if (const auto* where = find(line.params[i]))
      return where;
  return nullptr;
}

void irc_session::impl::on_fail(const irc_message& line, context& ctx) {
  if (!ctx.claimed)
    tell(event_kind::error, context_of(line), server_name(),
         std::string(line.last()), ctx);
}

void irc_session::impl::on_remark(const irc_message& line, context& ctx) {
  tell(event_kind::notice, context_of(line), server_name(),
       std::string(line.last()), ctx);
}

irc_session::impl::verdict
irc_session::impl::fail_standard(irc_waiters::iterator command,
                                 const irc_message& line, context& ctx) {
  // Nobody gets the answer of a rejoin, so the line itself is shown.
  const bool unasked = command->who.from == irc_asker::origin::rejoin;
  const auto result = fail(command, line, ctx);
  return result == verdict::claimed && unasked ? verdict::shown : result;
}

} // namespace convoy::protocol

// SPDX-License-Identifier: Apache-2.0
#include "tests/history/fact.hpp"

#include "protocol/json.hpp"

#include <algorithm>
#include <array>

namespace convoy::history {

namespace {

double seconds(moment time) {
  return std::chrono::duration<double>(time).count();
}

/// Writes the members of a fact; its name comes first.
struct writer {
  protocol::json_writer out;

  writer& name(const char* fact) {
    out.field("fact", fact);
    return *this;
  }
  template <class Value>
  writer& put(const char* key, const Value& value) {
    if constexpr (std::is_same_v<Value, link_number>)
      out.field(key, std::uint64_t{value});
    else
      out.field(key, value);
    return *this;
  }
  writer& put(const content& what) {
    put("type", what.type).put("connection", what.connection);
    if (is_message(what.type))
      put("conversation", what.conversation)
          .put("from", what.from)
          .put("text", what.text);
    out.key("time").number(what.time);
    return put("digest", what.digest);
  }

  void operator()(const node_started& f) {
    name("node_started").put("node", f.node);
  }
  void operator()(const node_killed& f) {
    name("node_killed").put("node", f.node);
  }
  void operator()(const home_lost& f) {
    name("home_lost").put("user", f.user).put("node", f.node);
    put("limit", seconds(f.limit)).put("grace", seconds(f.grace));
  }
  void operator()(const trouble& f) {
    name("trouble").put("what", f.what);
  }
  void operator()(const irc_opened& f) {
    name("irc_opened").put("link", f.link).put("user", f.user);
    put("accepted", seconds(f.accepted));
    if (f.beside != 0)
      put("beside", f.beside);
    if (!f.node.empty())
      put("node", f.node);
  }
  void operator()(const irc_joined& f) {
    name("irc_joined").put("link", f.link);
  }
  void operator()(const irc_closed& f) {
    name("irc_closed").put("link", f.link).put("complete", f.complete);
  }
  void operator()(const irc_told& f) {
    name("irc_told").put("link", f.link).put("conversation", f.conversation);
    put("from", f.from).put("text", f.text);
  }
  void operator()(const irc_pinged& f) {
    name("irc_pinged").put("link", f.link).put("token", f.token);
  }
  void operator()(const irc_ponged& f) {
    name("irc_ponged").put("link", f.link).put("token", f.token);
  }
  void operator()(const irc_heard& f) {
    name("irc_heard").put("link", f.link).put("conversation", f.conversation);
    put("text", f.text);
  }
  void operator()(const session_opened& f) {
    name("session_opened").put("session", f.session).put("user", f.user);
    put("node", f.node);
    if (f.since)
      put("since", *f.since).put("stream", f.stream);
  }
  void operator()(const session_resumed& f) {
    name("session_resumed").put("session", f.session);
    put("resumed", f.resumed).put("stream", f.stream);
    put("since", f.since).put("seq", f.seq);
  }
  void operator()(const session_loaded& f) {
    name("session_loaded").put("session", f.session);
    put("stream", f.stream).put("seq", f.seq);
  }
  void operator()(const session_saw& f) {
    name("session_saw").put("session", f.session).put("seq", f.seq).put(f.what);
  }
  void operator()(const session_said& f) {
    name("session_said").put("session", f.session).put("id", f.id);
    put("nonce", f.nonce).put("conversation", f.conversation);
    put("text", f.text);
  }
  void operator()(const session_answered& f) {
    name("session_answered").put("session", f.session).put("id", f.id);
    put("sent", f.sent).put("code", f.code).put("problem", f.problem);
  }
  void operator()(const session_closed& f) {
    name("session_closed").put("session", f.session);
    put("code", std::uint64_t{f.code}).put("by_client", f.by_client);
  }
  void operator()(const journal_ended& f) {
    name("journal_ended").put("user", f.user).put("seq", f.seq);
  }
  void operator()(const journal_cleared& f) {
    name("journal_cleared").put("user", f.user);
    put("first", f.first).put("last", f.last);
  }
  void operator()(const settled&) {
    name("settled");
  }
  void operator()(const journal_has& f) {
    name("journal_has").put("user", f.user).put("seq", f.seq).put(f.what);
  }
  void operator()(const nonce_kept& f) {
    name("nonce_kept").put("user", f.user).put("nonce", f.nonce);
    put("answered", f.answered).put("error", f.error);
  }
  void operator()(const counters_kept& f) {
    name("counters_kept").put("user", f.user);
    put("connection", f.connection).put("conversation", f.conversation);
    put("unread", f.unread).put("notifications", f.notifications);
    put("read_seq", f.read_seq);
  }
};

} // namespace

std::string to_json(const fact& one) {
  writer to;
  to.out.begin_object().field("at", seconds(one.at));
  std::visit(to, one.what);
  to.out.end_object();
  return to.out.take();
}

std::uint64_t digest_of(std::string_view text) {
  std::uint64_t result = 14695981039346656037U;
  for (const auto c : text) {
    result ^= static_cast<unsigned char>(c);
    result *= 1099511628211U;
  }
  return result == 0 ? 1 : result;
}

bool may_be_repeated(std::string_view code) {
  return code == "store" || code == "again";
}

bool is_message(std::string_view type) {
  static constexpr std::array<std::string_view, 6> types{
      "private", "notice", "action", "error", "preformat", "reaction"};
  return std::ranges::find(types, type) != types.end();
}

} // namespace convoy::history

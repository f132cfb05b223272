// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_ignores.hpp"

#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

namespace {

/// So much of a source is compared; no server has longer ones.
constexpr std::size_t max_source = 512;

std::string encode_ignores(const std::vector<std::string>& masks) {
  json_writer out;
  out.begin_object().field("ignores", masks).end_object();
  return out.take();
}

} // namespace

std::optional<std::string> complete_mask(std::string_view text) {
  const auto is_bad = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x7F || c == ',';
  };
  if (text.empty() || text.size() > max_mask || text.front() == ':'
      || std::any_of(text.begin(), text.end(), is_bad))
    return std::nullopt;
  std::string result(text);
  const auto at = result.find('@');
  if (result.find('!') < at)
    return at == std::string::npos ? result + "@*" : result;
  return at == std::string::npos ? result + "!*@*" : "*!" + result;
}

// Goes back to the last `*` only, so it takes no more than the product of both
// lengths.
bool matches_mask(std::string_view mask, std::string_view text,
                  casemapping mapping) {
  const auto pattern = fold(mask, mapping);
  const auto subject = fold(text, mapping);
  std::size_t i = 0;
  std::size_t j = 0;
  auto star = std::string::npos;
  std::size_t resume = 0;
  while (j < subject.size()) {
    if (i < pattern.size() && pattern[i] == '*') {
      star = i++;
      resume = j;
    } else if (i < pattern.size()
               && (pattern[i] == '?' || pattern[i] == subject[j])) {
      ++i;
      ++j;
    } else if (star != std::string::npos) {
      i = star + 1;
      j = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', i) == std::string::npos;
}

bool irc_session::impl::is_ignored(const irc_message& line) const {
  constexpr std::string_view heard[]{"INVITE", "NOTICE", "PRIVMSG", "TAGMSG"};
  if (memory.ignores.empty()
      || std::find(std::begin(heard), std::end(heard), line.command)
             == std::end(heard))
    return false;
  const auto text = std::string_view(line.source).substr(0, max_source);
  const auto source = split_source(text);
  return source.is_person && !is_me(source.nick)
         && std::any_of(memory.ignores.begin(), memory.ignores.end(),
                        [&](const auto& mask) {
                          return matches_mask(mask, text, supports.mapping);
                        });
}

void irc_session::impl::do_ignore(const request& what, context& ctx) {
  const auto given = trim(what.args);
  if (given.empty())
    return answer(what.who, "", "", encode_ignores(memory.ignores), ctx);
  auto mask = complete_mask(given);
  if (!mask)
    return refuse(what.who, "Invalid mask.", ctx, "/message");
  const auto known = find_ignore(*mask);
  if (known == memory.ignores.end()) {
    if (memory.ignores.size() >= max_ignores)
      return refuse(what.who, "Too many ignores.", ctx);
    memory.ignores.push_back(std::move(*mask));
    remember(ctx);
  }
  answer(what.who, "", "", encode_ignores(memory.ignores), ctx);
}

void irc_session::impl::do_unignore(const request& what, context& ctx) {
  const auto mask = complete_mask(trim(what.args));
  if (!mask)
    return refuse(what.who, "Invalid mask.", ctx, "/message");
  const auto known = find_ignore(*mask);
  if (known == memory.ignores.end())
    return refuse(what.who, "Unknown mask.", ctx, "/message");
  memory.ignores.erase(known);
  remember(ctx);
  answer(what.who, "", "", encode_ignores(memory.ignores), ctx);
}

std::vector<std::string>::iterator
irc_session::impl::find_ignore(std::string_view mask) {
  return std::find_if(memory.ignores.begin(), memory.ignores.end(),
                      [&](const auto& each) { return same(each, mask); });
}

} // namespace convoy::protocol

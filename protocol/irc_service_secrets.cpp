// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_service_secrets.hpp"

#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

namespace {

constexpr std::string_view known_services[]{
    "authserv", "botserv",  "chanserv", "groupserv", "helpserv",
    "hostserv", "memoserv", "nickserv", "operserv",  "q",
    "saslserv", "services", "spamserv", "userserv",  "x",
};

/// Those that hold passwords and are not for talk.
constexpr std::string_view account_services[]{"authserv", "nickserv",
                                              "userserv"};

/// A command with a secret behind so many parameters that are none.
struct secret_command {
  std::string_view name;
  std::size_t open = 0;
};

constexpr secret_command secret_commands[]{
    {"auth"},       {"challengeauth"}, {"confirm"},    {"drop", 1},
    {"ghost", 1},   {"group", 1},      {"id"},         {"ident"},
    {"identify"},   {"link", 1},       {"login"},      {"newpass"},
    {"passwd"},     {"password"},      {"recover", 1}, {"regain", 1},
    {"register"},   {"release", 1},    {"resetpass"},  {"sendpass"},
    {"setpass", 1}, {"verify"},
};

/// What else the services that hold passwords know.
constexpr std::string_view harmless_commands[]{
    "acc",      "access",      "ajoin",    "alist",     "cert",
    "enforce",  "freeze",      "ghosts",   "glist",     "help",
    "hold",     "info",        "list",     "listchans", "listlogins",
    "listmail", "listownmail", "logout",   "mark",      "showcommands",
    "status",   "suspend",     "taxonomy", "ungroup",   "unsuspend",
    "update",   "uptime",      "vacation", "version",   "vhost",
};

template <class Table>
bool has_word(const Table& table, std::string_view word) {
  return std::any_of(std::begin(table), std::end(table),
                     [&](auto each) { return equal_ascii(each, word); });
}

bool is_password_setting(std::string_view word) {
  constexpr std::string_view names[]{"pass", "passwd", "password"};
  return has_word(names, word);
}

const secret_command* find_secret_command(std::string_view word) {
  const auto* row = std::find_if(
      std::begin(secret_commands), std::end(secret_commands),
      [&](const auto& each) { return equal_ascii(each.name, word); });
  return row == std::end(secret_commands) ? nullptr : row;
}

/// How many words of a line, of which there is one, are no secret.
std::size_t count_open(std::string_view service,
                       const std::vector<std::string_view>& words) {
  // `SET` is about oneself, the others about a nick.
  constexpr secret_command settings[]{{"set", 1}, {"saset", 2}, {"sset", 2}};
  for (const auto& [name, at] : settings)
    if (equal_ascii(words[0], name))
      return words.size() > at && is_password_setting(words[at]) ? at + 1
                                                                 : words.size();
  if (const auto* command = find_secret_command(words[0])) {
    const bool channel =
        words.size() > 1
        && (words[1].front() == '#' || words[1].front() == '&');
    return 1 + std::max<std::size_t>(command->open, channel ? 1 : 0);
  }
  const bool harmless =
      !has_word(account_services, service.substr(0, service.find('@')))
      || has_word(harmless_commands, words[0]);
  return harmless ? words.size() : 0;
}

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
         || (c >= 'A' && c <= 'Z');
}

/// Shorter words are part of others.
constexpr std::size_t distinct_size = 4;

bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
  return (at == 0 || !is_letter_or_digit(text[at - 1]))
         && (at + size == text.size() || !is_letter_or_digit(text[at + size]));
}

void mask_word(std::string& text, std::string_view word) {
  for (auto at = text.find(word); at != std::string::npos;
       at = text.find(word, at)) {
    if (word.size() < distinct_size && !stands_alone(text, at, word.size())) {
      ++at;
      continue;
    }
    text.replace(at, word.size(), secret_mask);
    at += secret_mask.size();
  }
}

} // namespace

bool is_known_service(std::string_view name) noexcept {
  return name.find('@') != std::string_view::npos
         || has_word(known_services, name);
}

shown_line show_to_service(std::string_view service, std::string_view line) {
  const auto all = words(line);
  const auto open = all.empty() ? 0 : count_open(service, all);
  if (open >= all.size())
    return {std::string(line), {}};
  shown_line result;
  for (std::size_t i = 0; i < open; ++i)
    result.text.append(all[i]).append(1, ' ');
  result.text.append(secret_mask);
  result.secrets.assign(all.begin() + static_cast<std::ptrdiff_t>(open),
                        all.end());
  return result;
}

std::string
irc_service_secrets::tell(std::string_view service, std::string_view text,
                          std::initializer_list<std::string_view> names,
                          instant now) {
  std::string result;
  bool behind_secret = false;
  for (bool first = true; first || !text.empty(); first = false) {
    const auto line = next_part(text, '\n');
    const auto all = words(line);
    auto shown = behind_secret && !all.empty()
                     ? shown_line{std::string(secret_mask), all}
                     : show_to_service(service, line);
    remember(shown.secrets, names, now);
    result.append(first ? "" : "\n").append(shown.text);
    behind_secret = behind_secret
                    || (!all.empty() && find_secret_command(all[0]) != nullptr);
  }
  return hide(std::move(result), now);
}

void irc_service_secrets::remember(
    const std::vector<std::string_view>& words,
    std::initializer_list<std::string_view> names, instant now) {
  for (const auto word : words) {
    if (std::any_of(names.begin(), names.end(),
                    [&](auto each) { return equal_ascii(each, word); }))
      continue;
    std::erase_if(told_, [&](const auto& each) { return each.word == word; });
    if (told_.size() >= limit)
      told_.erase(told_.begin());
    told_.push_back({std::string(word), now + lifetime});
  }
}

std::string irc_service_secrets::hide(std::string text, instant now) {
  std::erase_if(told_, [&](const auto& each) { return each.until <= now; });
  for (const auto& each : told_)
    mask_word(text, each.word);
  return text;
}

void irc_service_secrets::clear() noexcept {
  told_ = {};
}

// -- in a session -------------------------------------------------------------

bool irc_session::impl::keeps_secrets(std::string_view name) const {
  return !is_me(name) && !supports.is_channel(supports.without_status(name))
         && (is_service(name) || is_known_service(name));
}

std::string irc_session::impl::show_told(std::string_view target,
                                         std::string_view text,
                                         const context& ctx) {
  if (!keeps_secrets(target))
    return std::string(text);
  return secrets.tell(target, text, {nick, settings.nick, settings.user},
                      ctx.now.steady);
}

// A line that a person wrote as it is. Nothing of it is shown here, but what a
// service answers may repeat it.
void irc_session::impl::note_quoted(std::string_view text, const context& ctx) {
  const auto line = parse_irc_line(text);
  if (!line)
    return;
  if (equal_ascii(line->command, "PRIVMSG")
      || equal_ascii(line->command, "NOTICE")) {
    for (auto targets = line->param(0); !targets.empty();)
      show_told(next_part(targets, ','), line->last(), ctx);
    return;
  }
  const auto said = line->joined(0);
  const auto* row = std::find_if(
      std::begin(services), std::end(services), [&](const auto& each) {
        return equal_ascii(each.shortcut, line->command);
      });
  if (row != std::end(services))
    show_told(row->nick, said, ctx);
  else if (is_known_service(line->command))
    show_told(line->command, said, ctx);
  else if (find_secret_command(line->command) != nullptr)
    show_told("NickServ", line->command + ' ' + said, ctx);
}

} // namespace convoy::protocol

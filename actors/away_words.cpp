// SPDX-License-Identifier: Apache-2.0
#include "actors/away_words.hpp"

#include "actors/letter.hpp"
#include "protocol/json.hpp"
#include "protocol/json_object.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

using protocol::json_object;
using protocol::json_writer;

json_writer begin(std::string_view verb, protocol::ts_format format) {
  json_writer out;
  out.begin_object().field("do", verb).field("ts", name_of(format));
  return out;
}

std::string end(json_writer& out) {
  out.end_object();
  return out.take();
}

} // namespace

std::string write_attach(const attach& wish) {
  auto out = begin("attach", wish.format);
  out.field("remote_address", wish.remote_address)
      .field("base_url", wish.base_url);
  return end(out);
}

std::string write_keep(protocol::ts_format format, std::string_view from,
                       const std::vector<std::string>& asks) {
  auto out = begin("keep", format);
  out.field("from", from).field("asks", asks);
  return end(out);
}

std::string write_ask(protocol::ts_format format, std::string_view from,
                      std::string_view number) {
  auto out = begin("ask", format);
  out.field("from", from).field("number", number);
  return end(out);
}

std::string write_place(const stream_place& what) {
  json_writer out;
  out.begin_object()
      .field("stream", what.stream)
      .field("seq", std::uint64_t{what.seq})
      .field("open", what.open);
  return end(out);
}

std::optional<stream_place> read_place(std::string_view letter_text) {
  json_object head{open_letter(letter_text).head};
  const auto stream = head.string("stream");
  const auto seq = head.number("seq");
  if (!stream || !seq)
    return std::nullopt;
  return stream_place{
      *stream, *seq, head.strings("open").value_or(std::vector<std::string>{})};
}

std::string answer_head(protocol::event_seq seq) {
  json_writer out;
  out.begin_object().field("seq", std::uint64_t{seq});
  return end(out);
}

answer_letter read_answer(std::string_view letter_text) {
  using verdict = answer_letter::verdict;
  const auto [line, frame] = open_letter(letter_text);
  json_object head{line};
  if (head.boolean("again").value_or(false))
    return {verdict::again};
  const auto seq = head.number("seq");
  if (!seq)
    return {verdict::lost};
  return {verdict::answered, *seq, std::make_shared<const std::string>(frame)};
}

net::payload write_events(const deliver& what) {
  json_writer out;
  out.begin_object()
      .field("first", std::uint64_t{what.first})
      .field("last", std::uint64_t{what.last});
  auto text = end(out);
  auto size = text.size();
  for (const auto& each : *what.frames)
    size += 1 + each->size();
  text.reserve(size);
  for (const auto& each : *what.frames) {
    text += '\n';
    text += *each;
  }
  return std::make_shared<const std::string>(std::move(text));
}

std::optional<events_letter> read_events(std::string_view letter_text) {
  auto [line, body] = open_letter(letter_text);
  json_object head{line};
  events_letter result;
  result.moved = head.boolean("moved").value_or(false);
  if (result.moved)
    return result;
  const auto first = head.number("first");
  const auto last = head.number("last");
  auto frames = std::make_shared<std::vector<net::payload>>();
  while (!body.empty()) {
    const auto size = std::min(body.find('\n'), body.size());
    frames->push_back(
        std::make_shared<const std::string>(body.substr(0, size)));
    body.remove_prefix(std::min(size + 1, body.size()));
  }
  if (!first || !last || frames->empty()
      || (*first > 0
          && (*last < *first || *last - *first + 1 != frames->size())))
    return std::nullopt;
  result.events = {*first, *last, std::move(frames)};
  return result;
}

} // namespace convoy::actors

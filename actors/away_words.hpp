// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/messages.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What an `away_user` and the home of its user say to each other about the
// stream. Each is a letter (`letter.hpp`).
namespace convoy::actors {

// -- to the home --------------------------------------------------------------

/// `attach`: a session from there has come.
std::string write_attach(const attach& wish);
/// `keep`: there are still sessions, and these asks have no answer yet.
std::string write_keep(protocol::ts_format format, std::string_view from,
                       const std::vector<std::string>& asks);
/// `ask`: the head of a frame that asks.
std::string write_ask(protocol::ts_format format, std::string_view from,
                      std::string_view number);

// -- from the home ------------------------------------------------------------

/// What an `attach` and a `keep` are answered with: all up to `seq` has been
/// published, and these of the asks are still worked on.
struct stream_place {
  std::string stream;
  protocol::event_seq seq = 0;
  std::vector<std::string> open{};
};
std::string write_place(const stream_place& what);
/// Nothing when the home has lost what was asked.
std::optional<stream_place> read_place(std::string_view letter_text);

/// What is answered when nobody knows what became of the question.
inline constexpr std::string_view lost_head = R"({"lost":true})";
/// What is answered to an ask of which nothing was done.
inline constexpr std::string_view again_head = R"({"again":true})";
/// What is published when the home goes.
inline constexpr std::string_view moved_head = R"({"moved":true})";

/// The head of an answer, which goes to its session once all up to `seq` has.
std::string answer_head(protocol::event_seq seq);
struct answer_letter {
  enum class verdict { answered, lost, again };
  verdict how = verdict::lost;
  protocol::event_seq seq = 0;
  net::payload frame{};
};
answer_letter read_answer(std::string_view letter_text);

/// Events, each frame in a line of its own.
net::payload write_events(const deliver& what);
struct events_letter {
  bool moved = false;
  deliver events{};
};
/// Nothing for what cannot be read.
std::optional<events_letter> read_events(std::string_view letter_text);

} // namespace convoy::actors

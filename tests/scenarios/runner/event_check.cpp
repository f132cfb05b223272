// SPDX-License-Identifier: Apache-2.0
#include "event_check.hpp"

#include "json.hpp"

namespace convoy::scenarios {

namespace {

using protocol::the_events;

/// Of a flood.
constexpr std::size_t one_of = 50;

std::string text_of(const std::vector<protocol::json_problem>& problems) {
  std::string result;
  for (const auto& each : problems)
    result += (result.empty() ? "" : "; ") + each.path + ": " + each.message;
  return result;
}

/// The id of a frame as JSON; "" without one, or when it is no object.
std::string id_in(const json& frame) {
  const auto* id =
      frame.what == json::kind::object ? member(frame, "id") : nullptr;
  return id ? to_text(*id) : "";
}

/// What is no JSON, or has a member twice, is judged elsewhere.
json parsed(std::string_view text) {
  try {
    return parse_json(text);
  } catch (const json_error&) {
    return {};
  }
}

} // namespace

void event_check::sent(std::string_view frame) {
  const auto value = parsed(frame);
  echoed_.insert(value.keys.begin(), value.keys.end());
  const auto id = id_in(value);
  if (id.empty())
    return;
  if (auto problem = text_of(the_events().check_request(frame));
      !problem.empty())
    wrong_.insert_or_assign(id, std::move(problem));
  else
    wrong_.erase(id);
}

std::string event_check::problem(std::string_view frame) {
  // An answer has the id of what it answers.
  const auto is_event = frame.find(R"("id":)") == std::string_view::npos;
  if (is_event && ++events_ > first_ && events_ % one_of != 0)
    return {};
  if (auto problem = text_of(the_events().check_frame(frame, echoed_));
      !problem.empty())
    return "not as described: " + problem;
  const auto value = parsed(frame);
  const auto request = wrong_.extract(id_in(value));
  if (request && !member(value, "errors"))
    return "an answer to what is not as described: " + request.mapped();
  return {};
}

} // namespace convoy::scenarios

// SPDX-License-Identifier: Apache-2.0
#include "protocol/frame.hpp"

#include "tests/fuzz/require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

using convoy::fuzz::require;
using convoy::fuzz::require_json_object;
using namespace convoy::protocol;

namespace {

/// An event of the kind and the texts that the input holds.
event make_event(std::string_view input) {
  event result;
  auto take = [&input] {
    const auto part = input.substr(0, input.find('"'));
    input.remove_prefix(std::min(part.size() + 1, input.size()));
    return std::string(part);
  };
  const auto first = take();
  if (!first.empty())
    result.kind = static_cast<event_kind>(first.front());
  result.has_text = first.size() % 2 == 0;
  result.seq = first.size();
  result.connection_id = take();
  result.conversation_id = take();
  result.name = take();
  result.from = take();
  result.target = take();
  result.topic = take();
  result.text = input;
  return result;
}

} // namespace

// Whatever a client sends is decoded, and all answers to it are JSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto asked = decode_request(text);
  const timestamp now{};
  if (asked.what == method::malformed)
    require(!asked.problem.empty(), "what is malformed says why", text);
  require_json_object(encode_pong(asked, now), "pong is JSON");
  require_json_object(
      encode_error(asked, asked.problem, asked.problem_path, now),
      "an error is JSON");
  require_json_object(encode_load(asked, "{}", "stream", 1, now),
                      "load is JSON");
  if (asked.what == method::send) {
    require_json_object(encode_sent(asked, "", now), "sent is JSON");
    require_json_object(encode_sent(asked, R"({"message":"","id":1})", now),
                        "sent with a result is JSON");
  }
  if (asked.what == method::debug)
    require_json_object(encode_debug(asked, now), "debug is JSON");
  const auto told = make_event(text);
  require_json_object(encode_event(told, ts_format::epoch), "events are JSON");
  require_json_object(encode_event(told, ts_format::iso),
                      "events with ISO times are JSON");
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/json_object.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// The AsyncAPI 3.0 document of the WebSocket `/events` (design §5): what a
/// client may say, how that is answered, and what events there are. One
/// document from the files of `asyncapi/`, which are part of the program. Built
/// once, then only read, by any thread.
class event_description {
public:
  using names = std::set<std::string, std::less<>>;

  /// Throws `std::runtime_error` with the place when the files do not make one
  /// description.
  event_description();
  ~event_description();

  /// The document, for whoever reached the node at `base_url` (absolute,
  /// without a slash at its end).
  std::string document(std::string_view base_url) const;

  /// All that is wrong with a frame of a client. This and the next are for
  /// tests.
  std::vector<json_problem> check_request(std::string_view frame) const;
  /// All that is wrong with a frame of Convoy. What is not described is wrong
  /// too; but `sent` repeats what a client has invented: `echoed`.
  std::vector<json_problem> check_frame(std::string_view frame,
                                        const names& echoed = {}) const;

private:
  struct state;
  std::unique_ptr<state> state_;
};

/// The one that all share.
const event_description& the_events();

} // namespace convoy::protocol

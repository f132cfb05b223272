// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/http.hpp"
#include "protocol/ids.hpp"
#include "protocol/json_object.hpp"
#include "protocol/time.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace convoy::actors {

/// What is said of a `match` with more than `text_pattern::max_terms` terms.
inline constexpr const char* too_many_terms = "Expected at most 16 words.";

/// Reads the query parameters that say which part of something is wanted
/// (spec/rest-api.md §6, 14), and gathers what is wrong with them. One that is
/// empty is as good as none.
class page_params {
public:
  explicit page_params(const protocol::http_request& request)
      : request_(request) {
    // nop
  }

  std::optional<protocol::timestamp> time(std::string_view key);
  std::optional<protocol::event_seq> number(std::string_view key);
  /// More than 200 are 200.
  std::size_t limit(std::size_t fallback);
  /// "" when it is not there.
  std::string text(std::string_view key) const;

  void refuse(std::string_view key, std::string_view message);

  const std::vector<protocol::json_problem>& problems() const noexcept {
    return problems_;
  }

private:
  const protocol::http_request& request_;
  std::vector<protocol::json_problem> problems_;
};

} // namespace convoy::actors

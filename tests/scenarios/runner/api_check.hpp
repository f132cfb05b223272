// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http.hpp"

#include <string>

namespace convoy::scenarios {

/// Why a request is not as the description of the API has it; "" when it is, or
/// when it is about nothing that is described.
std::string request_problem(const http_call& request);

/// Why an answer is not.
std::string answer_problem(const http_call& request, const http_answer& answer);

} // namespace convoy::scenarios

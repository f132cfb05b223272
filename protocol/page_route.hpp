// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace convoy::protocol {

/// Whether a path is answered with the page of the web root
/// (spec/rest-api.md §2.1): `/`, `/login`, `/register`, `/search`, `/help`,
/// `/chat…`, `/settings…` and `/err/{code}`.
bool is_page(const std::vector<std::string>& path);

/// The status of a page: what `/err/{code}` says when that is one of an error,
/// 404 for `/err/not_found`, else 200.
unsigned status_of_page(const std::vector<std::string>& path);

} // namespace convoy::protocol

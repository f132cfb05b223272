// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/node.hpp"
#include "actors/site_settings.hpp"
#include "protocol/account.hpp"
#include "protocol/http.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors {

/// What the page of the web root is to say (spec/rest-api.md §2.2).
struct page {
  unsigned status = 200; ///< of the answer and of `convos:status`
  bool first_user = false;
  bool existing_user = false;
  std::string csrf;
  site_settings site;
};

/// The values of the placeholders that a web root's `index.html` may have.
std::map<std::string, std::string>
page_values(const page& what, const node& home,
            const protocol::http_request& request);

/// The language that a page is in: `?lang=`, else what the front end keeps in
/// the cookie `convos_js`, else what the browser accepts, else `en`.
std::string page_language(const protocol::dictionaries& languages,
                          const protocol::http_request& request);

/// Where `/register?uri=` leads somebody with these connections, a path
/// (spec/rest-api.md §2.4): to the conversation that the `irc:` URL names, to
/// the form that joins it, or to the one that adds the connection. Nothing
/// when it is no such URL.
std::optional<std::string>
place_of(std::string_view uri,
         const std::vector<protocol::connection_record>& connections);

} // namespace convoy::actors

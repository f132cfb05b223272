// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/http.hpp"
#include "protocol/json_object.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// One operation of the REST API (spec/rest-api.md §6).
struct api_operation {
  /// Who may ask for it: anybody, whoever is logged in, or also whoever has an
  /// API token.
  enum class access { anybody, session, session_or_token };
  /// What its body is, when it has one.
  enum class payload { none, json, form };

  std::string id;     ///< `operationId`
  std::string method; ///< "GET"
  /// Below `/api`: `/connection/{connection_id}/read`.
  std::string path;
  access needs = access::session_or_token;
  /// What an API token must be good for: `read`, `send` or `admin`.
  std::string scope;
  payload body = payload::none;
  std::size_t number = 0; ///< in the order of the description
};

/// The value of a path's parameter (`/user/{email}`) in a request's segments,
/// which fit to the path; "" when it has no such one.
const std::string& path_value(const api_operation& operation,
                              const std::vector<std::string>& segments,
                              std::string_view name);

/// Whether a request's segments are those of a path such as `/user/{email}`.
bool fits(std::string_view path, const std::vector<std::string>& segments);

/// The OpenAPI 3.0 document, of which everything that a program can know of the
/// API is read: the routes, who may use them, and what goes in and out. One
/// document from the files of `openapi/`, which are part of the program. Built
/// once, then only read, by any thread.
class api_description {
public:
  /// Throws `std::runtime_error` with the place when the files do not make one
  /// description.
  api_description();
  ~api_description();

  /// The document, for whoever reached the API at `server_url` (absolute,
  /// without a slash at its end).
  std::string document(std::string_view server_url) const;

  /// In the order of the document.
  const std::vector<api_operation>& operations() const noexcept;
  const api_operation* find(std::string_view operation_id) const noexcept;

  struct found {
    const api_operation* operation = nullptr;
    /// With no operation: the methods that the path has, for `Allow`; "" when
    /// it is no path of the API.
    std::string allowed;
  };
  /// `segments` are those below `/api`. A path without parameters goes before
  /// one that has some.
  found find(std::string_view method,
             const std::vector<std::string>& segments) const;

  /// All that is wrong with what a request says: parameters at `/NAME`, the
  /// members of a JSON body at `/body/NAME`. An empty query parameter is one
  /// that is not there, no body an empty object.
  std::vector<json_problem>
  check_request(const api_operation& operation, const http_request& request,
                const std::vector<std::string>& segments) const;

  /// All that is wrong with an answer, which has that content type. This is for
  /// tests and takes its time.
  std::vector<json_problem> check_answer(const api_operation& operation,
                                         unsigned status,
                                         std::string_view content_type,
                                         std::string_view body) const;

private:
  struct state;
  std::unique_ptr<state> state_;
};

/// The one that all share.
const api_description& the_api();

} // namespace convoy::protocol

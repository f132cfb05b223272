// SPDX-License-Identifier: Apache-2.0
#include "api_check.hpp"

#include "protocol/api_description.hpp"

#include <boost/beast/core/string.hpp>

namespace convoy::scenarios {

namespace {

using protocol::api_operation;
using protocol::the_api;

std::string header(const http_headers& headers, const std::string& name) {
  for (const auto& [key, value] : headers)
    if (boost::beast::iequals(key, name))
      return value;
  return {};
}

std::string text_of(const std::vector<protocol::json_problem>& problems) {
  std::string result;
  for (const auto& each : problems)
    result += (result.empty() ? "" : "; ") + each.path + ": " + each.message;
  return result;
}

/// A request as the description sees it.
struct described {
  protocol::http_request request;
  std::vector<std::string> segments; ///< below `/api`
  const api_operation* operation = nullptr;
};

described describe(const http_call& what) {
  described result;
  auto& path = result.request.path;
  if (!protocol::parse_target(what.target, result.request) || path.empty()
      || path.front() != "api")
    return result;
  if (path.back().empty())
    path.pop_back();
  else if (path.back().ends_with(".json"))
    path.back().resize(path.back().size() - 5);
  result.segments.assign(path.begin() + 1, path.end());
  result.request.body = what.body;
  result.operation =
      the_api()
          .find(what.method == "HEAD" ? "GET" : what.method, result.segments)
          .operation;
  return result;
}

} // namespace

std::string request_problem(const http_call& request) {
  const auto what = describe(request);
  if (!what.operation)
    return {};
  if (what.operation->body != api_operation::payload::form
      && !request.body.empty()
      && header(request.headers, "Content-Type") != "application/json")
    return "the body is not application/json";
  return text_of(
      the_api().check_request(*what.operation, what.request, what.segments));
}

std::string answer_problem(const http_call& request,
                           const http_answer& answer) {
  if (request.method == "HEAD")
    return {};
  const auto what = describe(request);
  // Whatever is about nothing is refused like everything else.
  const auto* operation =
      what.operation ? what.operation : the_api().find("describe");
  return text_of(the_api().check_answer(*operation, answer.status,
                                        header(answer.headers, "Content-Type"),
                                        answer.body));
}

} // namespace convoy::scenarios

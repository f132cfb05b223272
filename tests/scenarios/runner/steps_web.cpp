// SPDX-License-Identifier: Apache-2.0
#include "api_check.hpp"
#include "form.hpp"
#include "pattern.hpp"
#include "stage.hpp"
#include "websocket_peer.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>

namespace convoy::scenarios {

namespace {

using boost::beast::iequals;

std::string header(const http_headers& headers, const std::string& name) {
  for (const auto& [key, value] : headers)
    if (iequals(key, name))
      return value;
  return {};
}

/// What the browser sends by itself, changed by the `> Name: value` lines
/// under the step; an empty value leaves a header out.
http_headers request_headers(stage& on, const step& line,
                             const std::string& content_type) {
  http_headers result;
  auto cookie = on.cookies[on.browser];
  if (!cookie.empty())
    result.emplace_back("Cookie", "convos=" + cookie);
  if (!content_type.empty())
    result.emplace_back("Content-Type", content_type);
  for (const auto& child : line.children) {
    if (!child.text.starts_with('>'))
      continue;
    auto text = on.names.expand(child.text.substr(1));
    auto colon = text.find(':');
    if (colon == text.npos)
      throw script_error("> Name: value");
    auto name = first_word(text.substr(text.find_first_not_of(' '))).first;
    name.erase(name.find(':'));
    auto value = text.substr(colon + 1);
    value.erase(0, std::min(value.find_first_not_of(' '), value.size()));
    std::erase_if(
        result, [&](const auto& field) { return iequals(field.first, name); });
    if (!value.empty())
      result.emplace_back(name, value);
  }
  return result;
}

/// The `+ NAME: VALUE` lines under the step.
std::vector<std::string> form_lines(stage& on, const step& line) {
  std::vector<std::string> result;
  for (const auto& child : line.children)
    if (child.text.starts_with('+'))
      result.push_back(on.names.expand(first_word(child.text).second));
  return result;
}

void keep_cookie(stage& on, const http_headers& headers) {
  static const std::string prefix = "convos=";
  for (const auto& [name, value] : headers)
    if (iequals(name, "Set-Cookie") && value.starts_with(prefix)) {
      auto end = std::min(value.find(';'), value.size());
      auto cookie = value.substr(prefix.size(), end - prefix.size());
      if (value.find("Max-Age=0") != value.npos)
        cookie.clear();
      on.cookies[on.browser] = cookie;
      on.names.set("cookie", cookie);
    }
}

std::string show(const http_answer& answer) {
  auto result = std::to_string(answer.status);
  for (const auto& [name, value] : answer.headers)
    result += "\n    " + name + ": " + printable(value);
  return result + "\n    " + printable(answer.body);
}

/// Why a request or its answer is not what the API promises. A request that is
/// wrong on purpose must be.
std::string api_problem(const http_call& what, bool is_wrong,
                        const http_answer& answer) {
  const auto problem = request_problem(what);
  if (is_wrong && problem.empty())
    throw script_error("this request is not wrong");
  if (!is_wrong && !problem.empty())
    return "the request is not as described: " + problem;
  if (const auto differs = answer_problem(what, answer); !differs.empty())
    return "the answer is not as described: " + differs;
  return {};
}

/// Why the answer is not what `expected` (`200 {…}`, `header Name: value`,
/// `body text`) says, or "".
std::string differs(stage& on, const std::string& expected,
                    const http_answer& answer) {
  auto [what, rest] = first_word(expected);
  if (what == "body") {
    auto difference = mismatch(std::string_view(rest), answer.body, on.names);
    return difference.value_or("");
  }
  if (what == "header") {
    auto colon = rest.find(':');
    if (colon == rest.npos)
      throw script_error("< header Name: value");
    auto value = first_word(rest.substr(colon));
    auto difference =
        mismatch(std::string_view(value.second),
                 header(answer.headers, rest.substr(0, colon)), on.names);
    return difference.value_or("");
  }
  if (std::to_string(answer.status) != what)
    return "status " + std::to_string(answer.status);
  if (rest.empty())
    return {};
  return mismatch(parse_json_pattern(rest), parse_json(answer.body), on.names)
      .value_or("");
}

} // namespace

void as_browser(stage& on, const step&, const std::string& rest) {
  auto [name, more] = first_word(rest);
  on.browser = name;
  static const std::string with = "cookie=";
  if (more.starts_with(with))
    on.cookies[name] = on.names.expand(more.substr(with.size()));
}

void rest_call(stage& on, const step& line, const std::string& rest) {
  auto [method, more] = first_word(rest);
  http_call what;
  what.port = on.convoy.public_port();
  const auto is_wrong = method == "wrong";
  if (method == "internal")
    what.port = on.convoy.internal_port();
  if (method == "internal" || is_wrong)
    std::tie(method, more) = first_word(std::string(more));
  auto [target, body] = first_word(more);
  what.method = method;
  what.target = on.names.expand(target);
  what.body = on.names.expand(body);
  std::string content_type = body.empty() ? "" : "application/json";
  if (const auto form = form_lines(on, line); !form.empty()) {
    what.body = make_form(form);
    content_type = "multipart/form-data; boundary=" + form_boundary;
  }
  what.headers = request_headers(on, line, content_type);
  http_answer answer;
  try {
    answer = call(on.loop, what, on.limit);
  } catch (const std::runtime_error& error) {
    throw failure(error.what());
  }
  keep_cookie(on, answer.headers);
  auto problem = what.target.starts_with("/api")
                     ? api_problem(what, is_wrong, answer)
                     : "";
  bool checked = false;
  for (const auto& child : line.children) {
    if (!child.text.starts_with('<'))
      continue;
    checked = true;
    auto expected = first_word(child.text).second;
    if (problem.empty())
      problem = differs(on, expected, answer);
    if (!problem.empty())
      throw failure(child.where.to_string() + ": expected\n    " + expected
                    + "\nbut got (" + problem + ")\n    " + show(answer));
  }
  if (!checked)
    throw script_error("rest needs a line `< STATUS` under it");
}

void open_websocket(stage& on, const step& line, const std::string& rest) {
  auto [name, target] = first_word(rest);
  auto made = std::make_unique<websocket_peer>(on.loop.io());
  auto socket = made.get();
  on.peers[name] = std::move(made);
  socket->open(on.convoy.public_port(),
               target.empty() ? "/events" : on.names.expand(target),
               request_headers(on, line, ""));
  if (!on.wait([&] { return socket->is_open() || socket->refused(); }))
    throw failure("the upgrade got no answer in time");
  std::string got = socket->is_open()
                        ? "open"
                        : "refused " + std::to_string(*socket->refused());
  std::string expected = "open";
  for (const auto& child : line.children)
    if (child.text.starts_with('<'))
      expected = first_word(child.text).second;
  if (expected != got)
    throw failure("expected\n    ws " + name + " is " + expected
                  + "\nbut got\n    " + got);
}

} // namespace convoy::scenarios

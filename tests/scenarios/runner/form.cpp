// SPDX-License-Identifier: Apache-2.0
#include "form.hpp"

#include "variables.hpp"

namespace convoy::scenarios {

std::string make_form(const std::vector<std::string>& lines) {
  std::string result;
  for (const auto& line : lines) {
    const auto colon = line.find(':');
    if (colon == line.npos)
      throw script_error("+ NAME: VALUE, or + NAME=FILENAME TYPE: CONTENT");
    const auto what = line.substr(0, colon);
    auto value = line.substr(colon + 1);
    if (value.starts_with(' '))
      value.erase(0, 1);
    const auto equals = what.find('=');
    const auto blank = what.find(' ');
    result += "--" + form_boundary
              + "\r\nContent-Disposition: form-data; name=\""
              + what.substr(0, equals) + '"';
    if (equals != what.npos)
      result += "; filename=\""
                + what.substr(equals + 1,
                              blank == what.npos ? blank : blank - equals - 1)
                + '"';
    result += "\r\n";
    if (blank != what.npos)
      result += "Content-Type: " + what.substr(blank + 1) + "\r\n";
    result += "\r\n" + unescape(value) + "\r\n";
  }
  return result + "--" + form_boundary + "--\r\n";
}

} // namespace convoy::scenarios

// SPDX-License-Identifier: Apache-2.0
#include "actors/upload_form.hpp"

#include "protocol/text.hpp"

#include <Poco/Exception.h>
#include <Poco/MemoryStream.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/NameValueCollection.h>
#include <Poco/Net/NetException.h>
#include <algorithm>

namespace convoy::actors {

namespace {

constexpr std::size_t max_parts = 16;
constexpr std::size_t max_value = 1024;
constexpr std::size_t max_name = 255;
constexpr std::size_t max_type = 127;
constexpr const char* unknown_type = "application/octet-stream";

/// A form that is read part by part. Where a part ends is found at once: a
/// stream that looks at each character of a large file takes long.
class form_reader {
public:
  form_reader(std::string_view body, const std::string& boundary)
      : rest_(body), delimiter_("\r\n--" + boundary) {
    // The first delimiter may have no line before it.
    const auto first = std::string_view{delimiter_}.substr(2);
    if (rest_.starts_with(first))
      rest_.remove_prefix(first.size());
    else
      skip_to(delimiter_, "no boundary");
  }

  bool has_next() const {
    return !rest_.starts_with("--");
  }

  /// The next part's content.
  std::string_view next(Poco::Net::MessageHeader& header) {
    skip_to("\r\n", "a boundary is not alone on its line");
    const auto from = rest_;
    if (rest_.starts_with("\r\n"))
      rest_.remove_prefix(2);
    else
      skip_to("\r\n\r\n", "a part has no content");
    const auto head = from.substr(0, from.size() - rest_.size());
    Poco::MemoryInputStream stream{head.data(),
                                   static_cast<std::streamsize>(head.size())};
    header.read(stream);
    const auto content = rest_;
    skip_to(delimiter_, "a part has no end");
    return content.substr(0, content.size() - rest_.size() - delimiter_.size());
  }

private:
  void skip_to(std::string_view what, const char* otherwise) {
    const auto at = rest_.find(what);
    if (at == std::string_view::npos)
      throw Poco::Net::MultipartException(otherwise);
    rest_.remove_prefix(at + what.size());
  }

  std::string_view rest_; ///< behind the last delimiter
  std::string delimiter_;
};

/// Browsers may send a path, and people may call a file anything.
std::string clean_name(std::string_view name) {
  const auto folder = name.find_last_of("/\\");
  if (folder != std::string_view::npos)
    name.remove_prefix(folder + 1);
  auto result = protocol::to_utf8(name);
  std::ranges::replace_if(
      result,
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; },
      '_');
  if (result.size() > max_name)
    result = protocol::cut_line(result, max_name).front();
  return std::string{protocol::trim(result)};
}

/// `image/png`, with neither parameters nor what is no token (RFC 9110 §8.3.1).
std::string clean_type(std::string_view type) {
  auto result =
      protocol::to_lower_ascii(protocol::trim(type.substr(0, type.find(';'))));
  const auto is_token = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
           || std::string_view{"!#$&^_.+-/"}.find(c) != std::string_view::npos;
  };
  const auto is_type = result.size() <= max_type
                       && std::ranges::count(result, '/') == 1
                       && !result.starts_with('/') && !result.ends_with('/')
                       && std::ranges::all_of(result, is_token);
  return is_type ? result : unknown_type;
}

bool is_yes(std::string_view value) {
  return !value.empty() && value != "0" && value != "false";
}

upload_problem take_file(std::string_view content, const std::string& name,
                         const std::string& type, std::size_t max_size,
                         upload_form& out) {
  out.name = clean_name(name);
  if (out.name.empty())
    return {"Unknown filename.", "/file"};
  if (content.size() > max_size)
    return {"Maximum message size exceeded", "/file"};
  out.content = content;
  out.content_type = clean_type(type);
  if (out.content_type == "text/plain" && protocol::is_utf8(out.content))
    out.content_type += "; charset=utf-8";
  return {};
}

/// One part after the other; what has no meaning is skipped.
upload_problem read_parts(form_reader& reader, std::size_t max_size,
                          upload_form& out) {
  bool has_file = false;
  for (std::size_t n = 0; reader.has_next() && n < max_parts; ++n) {
    Poco::Net::MessageHeader header;
    const auto content = reader.next(header);
    std::string disposition;
    Poco::Net::NameValueCollection params;
    Poco::Net::MessageHeader::splitParameters(
        header.get("Content-Disposition", ""), disposition, params);
    const auto name = params.get("name", "");
    if (name == "file" && !has_file) {
      has_file = true;
      if (auto wrong = take_file(content, params.get("filename", ""),
                                 header.get("Content-Type", ""), max_size, out);
          !wrong.message.empty())
        return wrong;
      continue;
    }
    if (name != "id" && name != "write_only")
      continue;
    if (content.size() > max_value)
      return {"String is too long.", '/' + name};
    if (name == "id")
      out.id = content;
    else
      out.write_only = is_yes(content);
  }
  if (!has_file)
    return {"No upload.", "/file"};
  return {};
}

} // namespace

upload_problem read_upload(std::string_view body, const std::string& boundary,
                           std::size_t max_size, upload_form& out) {
  if (boundary.empty())
    return {"No upload.", "/file"};
  try {
    form_reader reader{body, boundary};
    return read_parts(reader, max_size, out);
  } catch (const Poco::Exception& why) {
    return {"Malformed form: " + why.message() + '.', "/file"};
  }
}

std::string extension_of(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0)
    return {};
  return protocol::to_lower_ascii(name.substr(dot + 1));
}

} // namespace convoy::actors

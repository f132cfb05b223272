// SPDX-License-Identifier: Apache-2.0
#include "protocol/json.hpp"

#include "protocol/json_document.hpp"
#include "protocol/text.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdio>

namespace convoy::protocol {

namespace {

using writer_type = rapidjson::Writer<rapidjson::StringBuffer>;

/// Copies what is inside one object into another that is open.
class inner_members : public json_relay<writer_type> {
public:
  using json_relay::json_relay;

  bool RawNumber(const char* x, rapidjson::SizeType n, bool) {
    return to_.RawValue(x, n, rapidjson::kNumberType);
  }
  bool StartObject() {
    return depth_++ == 0 || to_.StartObject();
  }
  bool EndObject(rapidjson::SizeType) {
    return --depth_ == 0 || to_.EndObject();
  }
  bool StartArray() {
    ++depth_;
    return to_.StartArray();
  }
  bool EndArray(rapidjson::SizeType) {
    --depth_;
    return to_.EndArray();
  }
};

} // namespace

struct json_writer::state {
  rapidjson::StringBuffer buffer{nullptr, 512};
  writer_type writer{buffer};
};

json_writer::json_writer() : state_(std::make_unique<state>()) {
  // nop
}

json_writer::~json_writer() = default;
json_writer::json_writer(json_writer&&) noexcept = default;
json_writer& json_writer::operator=(json_writer&&) noexcept = default;

json_writer& json_writer::begin_object() {
  state_->writer.StartObject();
  return *this;
}

json_writer& json_writer::end_object() {
  state_->writer.EndObject();
  return *this;
}

json_writer& json_writer::begin_array() {
  state_->writer.StartArray();
  return *this;
}

json_writer& json_writer::end_array() {
  state_->writer.EndArray();
  return *this;
}

json_writer& json_writer::key(std::string_view name) {
  state_->writer.Key(name.data(),
                     static_cast<rapidjson::SizeType>(name.size()));
  return *this;
}

json_writer& json_writer::string(std::string_view value) {
  const auto put = [this](std::string_view text) {
    state_->writer.String(text.data(),
                          static_cast<rapidjson::SizeType>(text.size()));
  };
  if (is_utf8(value))
    put(value);
  else
    put(to_utf8(value));
  return *this;
}

json_writer& json_writer::number(std::uint64_t value) {
  state_->writer.Uint64(value);
  return *this;
}

json_writer& json_writer::number(std::int64_t value) {
  state_->writer.Int64(value);
  return *this;
}

json_writer& json_writer::number(double value) {
  state_->writer.Double(value);
  return *this;
}

json_writer& json_writer::boolean(bool value) {
  state_->writer.Bool(value);
  return *this;
}

json_writer& json_writer::null() {
  state_->writer.Null();
  return *this;
}

json_writer& json_writer::raw(std::string_view json) {
  state_->writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
  return *this;
}

json_writer& json_writer::members(std::string_view object) {
  if (object.empty())
    return *this;
  rapidjson::Reader reader;
  rapidjson::MemoryStream bytes{object.data(), object.size()};
  inner_members copy{state_->writer};
  reader.Parse<rapidjson::kParseIterativeFlag
               | rapidjson::kParseNumbersAsStringsFlag>(bytes, copy);
  return *this;
}

json_writer& json_writer::time(timestamp value, ts_format format) {
  if (format == ts_format::iso)
    return string(to_iso(value));
  return number(static_cast<double>(value.time_since_epoch().count()) / 1e6);
}

json_writer& json_writer::field(std::string_view name, std::string_view value) {
  return key(name).string(value);
}

json_writer& json_writer::field(std::string_view name, const char* value) {
  return key(name).string(value);
}

json_writer& json_writer::field(std::string_view name, bool value) {
  return key(name).boolean(value);
}

json_writer& json_writer::field(std::string_view name, std::uint64_t value) {
  return key(name).number(value);
}

json_writer& json_writer::field(std::string_view name, double value) {
  return key(name).number(value);
}

json_writer& json_writer::field(std::string_view name,
                                const std::vector<std::string>& values) {
  key(name).begin_array();
  for (const auto& value : values)
    string(value);
  return end_array();
}

std::string json_writer::take() {
  std::string result{state_->buffer.GetString(), state_->buffer.GetSize()};
  state_->buffer.Clear();
  state_->writer.Reset(state_->buffer);
  return result;
}

std::string to_iso(timestamp time, bool fraction) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  char text[40];
  auto size = std::snprintf(text, sizeof(text), "%04d-%02u-%02uT%02d:%02d:%02d",
                            static_cast<int>(date.year()),
                            static_cast<unsigned>(date.month()),
                            static_cast<unsigned>(date.day()),
                            static_cast<int>(clock.hours().count()),
                            static_cast<int>(clock.minutes().count()),
                            static_cast<int>(clock.seconds().count()));
  std::string result{text, static_cast<std::size_t>(size)};
  const auto micros = clock.subseconds().count();
  if (fraction && micros != 0) {
    size = std::snprintf(text, sizeof(text), ".%06ld", micros);
    result.append(text, static_cast<std::size_t>(size));
    result.erase(result.find_last_not_of('0') + 1);
  }
  return result += 'Z';
}

namespace {

/// Reads `digits` decimal digits and moves on.
bool take_number(std::string_view& text, std::size_t digits, int& out) {
  if (text.size() < digits)
    return false;
  out = 0;
  for (const auto c : text.substr(0, digits)) {
    if (c < '0' || c > '9')
      return false;
    out = out * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return true;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected)
    return false;
  text.remove_prefix(1);
  return true;
}

/// Reads `.123` as microseconds; no dot is none.
bool take_fraction(std::string_view& text, int& micros) {
  micros = 0;
  if (!take(text, '.'))
    return true;
  auto scale = 100'000;
  if (text.empty() || text.front() < '0' || text.front() > '9')
    return false;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    micros += (text.front() - '0') * scale;
    scale /= 10;
    text.remove_prefix(1);
  }
  return true;
}

/// Epoch seconds, with or without a fraction.
bool parse_epoch(std::string_view text, timestamp& out) {
  std::int64_t seconds = 0;
  std::size_t digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (++digits > 12)
      return false;
    seconds = seconds * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  int micros = 0;
  if (digits == 0 || !take_fraction(text, micros) || !text.empty())
    return false;
  out = timestamp{std::chrono::seconds{seconds}
                  + std::chrono::microseconds{micros}};
  return true;
}

} // namespace

bool parse_time(std::string_view text, timestamp& out) {
  using namespace std::chrono;
  auto rest = text;
  int y = 0;
  int mon = 0;
  int d = 0;
  int h = 0;
  int min = 0;
  int s = 0;
  int micros = 0;
  const auto is_iso = take_number(rest, 4, y) && take(rest, '-')
                      && take_number(rest, 2, mon) && take(rest, '-')
                      && take_number(rest, 2, d) && take(rest, 'T')
                      && take_number(rest, 2, h) && take(rest, ':')
                      && take_number(rest, 2, min) && take(rest, ':')
                      && take_number(rest, 2, s) && take_fraction(rest, micros);
  if (!is_iso)
    return parse_epoch(text, out);
  take(rest, 'Z');
  const year_month_day date{year{y}, month{static_cast<unsigned>(mon)},
                            day{static_cast<unsigned>(d)}};
  if (!rest.empty() || !date.ok() || h > 23 || min > 59 || s > 60)
    return false;
  out = timestamp{sys_days{date} + hours{h} + minutes{min} + seconds{s}
                  + microseconds{micros}};
  return true;
}

} // namespace convoy::protocol

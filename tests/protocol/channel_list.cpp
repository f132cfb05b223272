// SPDX-License-Identifier: Apache-2.0
#include "protocol/channel_list.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace convoy::protocol;

namespace {

constexpr user_id ann{1};
constexpr user_id bob{2};

irc_listed channel(std::string name, std::uint64_t users,
                   std::string topic = "", bool member = false) {
  return {std::move(name), users, std::move(topic), member};
}

/// The ids of an answer, in its order.
std::string ids(const std::string& answer) {
  constexpr std::string_view key = R"("conversation_id":")";
  std::string result;
  for (auto at = answer.find(key); at != std::string::npos;
       at = answer.find(key, at + 1)) {
    const auto start = at + key.size();
    result += (result.empty() ? "" : " ")
              + answer.substr(start, answer.find('"', start) - start);
  }
  return result;
}

} // namespace

TEST_CASE("channels are answered as the wire has them") {
  channel_list list;
  CHECK(list.answer(ann, "")
        == R"({"conversations":[],"n_conversations":0,"done":true})");
  list.begin(ann);
  list.add(ann, channel("#Perl", 42, "[+nt] all about Perl"));
  CHECK(
      list.answer(ann, "")
      == R"({"conversations":[{"name":"#Perl","conversation_id":"#perl","n_users":42,"topic":"all about Perl"}],"n_conversations":1,"done":false})");
  list.end(ann);
  CHECK(list.answer(bob, "").ends_with(R"("n_conversations":1,"done":true})"));
  list.add(ann, channel("#perl", 43, "[x] not modes"));
  CHECK(
      list.answer(ann, "")
      == R"({"conversations":[{"name":"#perl","conversation_id":"#perl","n_users":43,"topic":"[x] not modes"}],"n_conversations":1,"done":true})");
  list.begin(bob);
  CHECK(list.size() == 0);
}

TEST_CASE("without a filter the largest come first") {
  channel_list list;
  list.add(ann, channel("#b", 2));
  list.add(ann, channel("#c", 3));
  list.add(ann, channel("#a", 2));
  CHECK(ids(list.answer(ann, "")) == "#c #a #b");
  CHECK(ids(list.answer(ann, "nonsense")) == "#c #a #b");
}

TEST_CASE("a filter looks at names, then at topics, in any case") {
  channel_list list;
  list.add(ann, channel("#z-Perl", 1));
  list.add(ann, channel("#a", 9, "PERL and more"));
  list.add(ann, channel("#perl", 5, "perl"));
  list.add(ann, channel("#other", 7));
  CHECK(ids(list.answer(ann, "/perl/")) == "#perl #z-perl #a");
  CHECK(ids(list.answer(ann, "/PERL/i")) == "#perl #z-perl #a");
  CHECK(ids(list.answer(ann, "/perl/n")) == "#perl #z-perl");
  CHECK(ids(list.answer(ann, "/perl/t")) == "#a #perl");
  CHECK(ids(list.answer(ann, "/perl/nt")) == "#perl #z-perl #a");
  CHECK(ids(list.answer(ann, "/#p/")) == "#perl");
  CHECK(ids(list.answer(ann, "/nothing/")) == "");
  CHECK(list.answer(ann, "/nothing/").find(R"("n_conversations":4)")
        != std::string::npos);
}

TEST_CASE("what only members may know is theirs") {
  channel_list list;
  list.add(ann, channel("#secret", 2, "", true));
  CHECK(ids(list.answer(ann, "")) == "#secret");
  CHECK(list.answer(bob, "")
        == R"({"conversations":[],"n_conversations":0,"done":true})");
  list.add(bob, channel("#secret", 2));
  CHECK(ids(list.answer(user_id{3}, "")) == "#secret");
}

TEST_CASE("what is kept and shown has a bound") {
  channel_list list;
  for (std::size_t i = 0; i < channel_list::max_channels + 10; ++i)
    list.add(ann, channel("#" + std::to_string(i), i));
  CHECK(list.size() == channel_list::max_channels);
  const auto answer = list.answer(ann, "");
  CHECK(ids(answer).starts_with("#99999 #99998 "));
  CHECK(ids(answer).ends_with(" #99800"));
  const auto found = ids(list.answer(ann, "/1/"));
  CHECK(std::count(found.begin(), found.end(), ' ') == 199);
  channel_list wide;
  for (int i = 0; i < 9000; ++i)
    wide.add(ann, channel("#" + std::to_string(i), 1, std::string(4000, 'x')));
  CHECK(wide.size() * 4000 <= channel_list::max_bytes);
  CHECK(wide.size() > 8000);
}

// SPDX-License-Identifier: Apache-2.0
// What reading a large store costs: fills one with talk and measures the CPU
// time of pages, searches and counts (limit: 20 ms each at 10^7 rows).
#include "actors/store/store.hpp"
#include "tests/bench/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <exception>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace convoy::bench {

namespace {

namespace store = actors::store;
using protocol::event_kind;
using protocol::event_seq;

constexpr std::size_t words_of_language = 60'000;
constexpr std::size_t conversations = 50;
constexpr std::size_t nicks = 300;
constexpr std::size_t events_a_commit = 1000;
constexpr std::size_t events_indexed_at_once = 500;
/// One message in so many holds a word that few others hold.
constexpr std::size_t rare = 100'000;
constexpr auto first_time =
    std::chrono::sys_days{std::chrono::year{2020} / std::chrono::January / 1};

double seconds_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec)
         + static_cast<double>(now.tv_nsec) / 1e9;
}

/// Talk with the frequencies of a language: few words are common (Zipf), and
/// they are made of the same syllables.
class talk {
public:
  talk() {
    constexpr const char* onsets[] = {"b", "d", "f",  "g",  "h",  "k",  "l",
                                      "m", "n", "p",  "r",  "s",  "t",  "v",
                                      "w", "z", "th", "st", "tr", "sh", ""};
    constexpr const char* vowels[] = {"a", "e",  "i",  "o",
                                      "u", "ea", "ou", "ee"};
    constexpr const char* codas[] = {"",  "",  "n",  "r", "s",
                                     "t", "l", "ng", "nd"};
    for (std::size_t n = 0; n < words_of_language; ++n) {
      std::string word;
      const auto syllables = 1
                             + static_cast<std::size_t>(std::log10(
                                 static_cast<double>(n) / 8.0 + 1.0));
      for (std::size_t s = 0; s < syllables; ++s) {
        word += onsets[pick(std::size(onsets))];
        word += vowels[pick(std::size(vowels))];
        word += codas[pick(std::size(codas))];
      }
      words_.push_back(word);
    }
  }

  std::size_t pick(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_);
  }

  const std::string& word() {
    // Of a rank whose logarithm is even: Zipf's law with exponent 1.
    const auto share = std::uniform_real_distribution<double>{0, 1}(random_);
    const auto rank =
        std::pow(static_cast<double>(words_of_language), share) - 1.0;
    return words_[static_cast<std::size_t>(rank)];
  }

  const std::string& word_of_rank(std::size_t rank) const {
    return words_[rank];
  }

  std::string message(std::size_t number) {
    std::string result;
    const auto length = 3 + pick(15);
    for (std::size_t n = 0; n < length; ++n)
      (result += word()) += ' ';
    if (number % rare == rare / 2 + 1)
      result += "quixotry" + std::to_string(number / rare % 10) + " ";
    result.pop_back();
    return result;
  }

  /// Made of the syllables of all others, and not one of them.
  std::string stranger() {
    for (;;) {
      const auto made =
          word_of_rank(1000 + pick(1000)) + word_of_rank(pick(500));
      if (std::ranges::none_of(words_, [&](const auto& each) {
            return each.find(made) != std::string::npos;
          }))
        return made;
    }
  }

private:
  std::mt19937_64 random_{20261122};
  std::vector<std::string> words_;
};

protocol::timestamp time_of(event_seq seq) {
  return first_time + std::chrono::seconds{seq * 15};
}

std::string channel(std::size_t number) {
  return "#room" + std::to_string(number);
}

/// One journal.
struct person {
  protocol::user_id id{};
  event_seq last = 0;
};

class bench {
public:
  bench(const std::string& url, std::size_t rows, std::size_t users,
        std::size_t share)
      : options_{url, false, std::string(32, 'k')}, db_(options_) {
    db_.migrate();
    for (const auto& each : db_.accounts())
      people_.push_back({each.id, db_.load_user(each.id)->last_seq});
    if (!people_.empty())
      return;
    for (std::size_t n = 0; n <= users; ++n)
      add_person(n);
    fill(people_.front(), rows * share / 100);
    for (std::size_t n = 1; n <= users; ++n)
      fill(people_[n], rows * (100 - share) / 100 / users);
  }

  void index() {
    const auto cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    const auto start = seconds_of(CLOCK_MONOTONIC);
    auto longest = 0.0;
    std::size_t done = 0;
    for (std::size_t more = 1; more > 0; done += more) {
      const auto begin = seconds_of(CLOCK_MONOTONIC);
      more = db_.index_some(events_indexed_at_once);
      longest = std::max(longest, seconds_of(CLOCK_MONOTONIC) - begin);
    }
    const auto used = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    const auto took = seconds_of(CLOCK_MONOTONIC) - start;
    const auto all = static_cast<double>(std::max<std::size_t>(done, 1));
    fmt::print("indexing: {} events, {:.1f} µs of CPU here and {:.1f} µs in all"
               " an event, a commit waits {:.1f} ms at most\n",
               done, used / all * 1e6, took / all * 1e6, longest * 1e3);
  }

  void measure() {
    store::database reader{options_};
    const auto& big = people_.front();
    auto page = page_of(big);
    const auto middle = big.last / 2;
    run("newest page",
        [&](auto) { return reader.history(page).messages.size(); });
    run("page in the middle", [&](auto n) {
      auto query = page;
      query.before = time_of(middle + n * 1000);
      return reader.history(query).messages.size();
    });
    run("around", [&](auto n) {
      auto query = page;
      query.around = time_of(middle + n * 1000);
      return reader.history(query).messages.size();
    });
    run("before_seq", [&](auto n) {
      auto query = page;
      query.before_seq = middle + n * 1000;
      return reader.history(query).messages.size();
    });
    run("notifications", [&](auto n) {
      return reader.notifications(big.id, big.last - n * 100, 40)
          .messages.size();
    });
    run("count of the last 1% unread", [&](auto) {
      return reader
          .count_unread(big.id, page.connection_id, page.conversation_id,
                        big.last - big.last / 100, big.last)
          .unread;
    });
    searches(reader, big);
  }

private:
  void add_person(std::size_t number) {
    protocol::account account;
    account.email = fmt::format("user{}@example.org", number);
    account.stream = "stream";
    db_.create_account(account, true);
    protocol::connection_record connection;
    connection.id = "irc-example";
    db_.put_connection(account.id, connection);
    people_.push_back({account.id, 0});
  }

  protocol::event event_of(event_seq seq) {
    protocol::event result;
    result.seq = seq;
    result.time = time_of(seq);
    result.connection_id = "irc-example";
    result.conversation_id = channel(talk_.pick(conversations));
    result.name = result.conversation_id;
    result.from = "nick" + std::to_string(talk_.pick(nicks));
    if (seq % 10 == 0) {
      result.kind = event_kind::join;
      return result;
    }
    result.text = talk_.message(seq);
    result.highlight = seq % 1000 == 1;
    result.notifications = result.highlight ? 1 : 0;
    result.unread = 1;
    return result;
  }

  void fill(person& who, std::size_t rows) {
    const auto begin = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    while (who.last < rows) {
      store::journal_batch batch;
      batch.user = who.id;
      while (batch.events.size() < events_a_commit && who.last < rows)
        batch.events.push_back(event_of(++who.last));
      db_.append({&batch});
    }
    if (&who == &people_.front())
      fmt::print(
          "filling: {} rows, {:.1f} µs of CPU a row (with making them)\n", rows,
          (seconds_of(CLOCK_PROCESS_CPUTIME_ID) - begin)
              / static_cast<double>(std::max<std::size_t>(rows, 1)) * 1e6);
  }

  static store::history_query page_of(const person& who) {
    store::history_query result;
    result.user = who.id;
    result.connection_id = "irc-example";
    result.conversation_id = channel(7);
    return result;
  }

  /// Runs it with several inputs, and says the mean and the worst.
  void run(const std::string& name,
           const std::function<std::size_t(std::size_t)>& what) {
    constexpr std::size_t times = 10;
    auto sum = 0.0;
    auto worst = 0.0;
    std::size_t found = 0;
    for (std::size_t n = 0; n < times; ++n) {
      const auto begin = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
      found += what(n);
      const auto used = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - begin;
      sum += used;
      worst = std::max(worst, used);
    }
    fmt::print("{:<42} mean {:8.3f} ms, worst {:8.3f} ms, {} found\n", name,
               sum / times * 1e3, worst * 1e3, found / times);
  }

  /// All steps that one request takes; what it found.
  static std::size_t all_steps(store::database& reader,
                               store::search_query query) {
    std::size_t found = 0;
    const auto wanted = query.limit;
    for (;;) {
      const auto page = reader.search(query);
      found += page.messages.size();
      const auto is_enough = query.sort == store::search_query::order::rank
                                 ? found > 0
                                 : found == wanted;
      if (!page.next || is_enough)
        return found;
      std::tie(query.below, query.skip) = *page.next;
      query.limit = wanted - found;
    }
  }

  void searches(store::database& reader, const person& who) {
    using order = store::search_query::order;
    const auto search =
        [&](const std::string& name, const auto& words,
            order sort = order::time,
            const std::function<void(store::search_query&)>& change = {}) {
          run(name, [&](std::size_t n) {
            store::search_query query;
            query.user = who.id;
            query.match = protocol::text_pattern{words(n)};
            query.sort = sort;
            if (change)
              change(query);
            return all_steps(reader, query);
          });
        };
    const auto rank = [this](std::size_t from) {
      return [this, from](std::size_t n) {
        return talk_.word_of_rank(from + n);
      };
    };
    search("search: rare word",
           [](std::size_t n) { return "quixotry" + std::to_string(n % 10); });
    search("search: common word", rank(20));
    search("search: word of 1 in 5,000 messages", rank(4000));
    search("search: word of 1 in 60,000 messages", rank(50'000));
    search("search: part of a long word", [this](std::size_t n) {
      return talk_.word_of_rank(40'000 + n).substr(2);
    });
    search("search: two common words", [this](std::size_t n) {
      return talk_.word_of_rank(50 + n) + " " + talk_.word_of_rank(80 + n);
    });
    search("search: phrase of common words", [this](std::size_t n) {
      return "\"" + talk_.word_of_rank(100 + n) + " "
             + talk_.word_of_rank(130 + n) + "\"";
    });
    search("search: no hit, strange word",
           [](std::size_t) { return std::string{"xqzjvkx"}; });
    search("search: no hit, of common syllables",
           [this](std::size_t) { return talk_.stranger(); });
    search("search: ranked, common word", rank(20), order::rank);
    search("search: ranked, rarer word", rank(4000), order::rank);
    search("search: common word in one channel", rank(20), order::time,
           [](auto& query) {
             query.connection_id = "irc-example";
             query.conversation_id = channel(3);
           });
    search("search: common word from one nick", rank(20), order::time,
           [](auto& query) { query.from = "nick7"; });
    search(
        "search: common word in the first month", rank(20), order::time,
        [](auto& query) { query.before = first_time + std::chrono::days{31}; });
    if (people_.size() > 1)
      run("search: common word of a small journal", [&](std::size_t n) {
        store::search_query query;
        query.user = people_[1 + n % (people_.size() - 1)].id;
        query.match = protocol::text_pattern{talk_.word_of_rank(20 + n)};
        return all_steps(reader, query);
      });
  }

  talk talk_;
  store::store_options options_;
  store::database db_;
  std::vector<person> people_;
};

} // namespace

} // namespace convoy::bench

int main(int argc, char** argv) {
  using namespace convoy::bench;
  try {
    const options chosen(argc, argv,
                         {{"path", "store-bench.sqlite"},
                          {"rows", "10000"},
                          {"users", "100"},
                          {"big-share", "90"}});
    const auto& path = chosen.text("path");
    const auto is_file = !path.starts_with("postgresql://");
    const auto count = [&](const char* key) {
      return static_cast<std::size_t>(chosen.number(key));
    };
    fmt::print("{} rows, {}% of them of one person, the rest of {}"
               " (or what is there already)\n",
               count("rows"), count("big-share"), count("users"));
    bench run{is_file ? "sqlite:" + path : path, count("rows"), count("users"),
              count("big-share")};
    run.index();
    run.measure();
    if (is_file)
      fmt::print("file: {} MiB\n",
                 std::filesystem::file_size(path) / (1024 * 1024));
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_store: {}\n", error.what());
    return 1;
  }
}

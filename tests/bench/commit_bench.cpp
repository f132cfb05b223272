// SPDX-License-Identifier: Apache-2.0
// What a group commit costs, by the number of users in it: SQLite in a file and
// PostgreSQL, one after the other in each round, so that a busy machine is the
// same to both. Each user writes one message and the counters of its
// conversation.
#include "actors/store/store.hpp"
#include "tests/bench/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

namespace convoy::bench {

namespace {

namespace store = actors::store;

constexpr std::size_t rounds = 15;

/// A store with some people who all write at the same time.
class crowd {
public:
  crowd(const std::string& url, std::size_t people)
      : db_({.url = url, .full_sync = false, .key = std::string(32, 'k')}) {
    db_.migrate();
    for (std::size_t n = 0; n < people; ++n) {
      protocol::account account;
      account.email = fmt::format("{}-{}@example.org", people, n);
      account.stream = "stream";
      db_.create_account(account, true);
      protocol::connection_record connection;
      connection.id = "irc-example";
      db_.put_connection(account.id, connection);
      users_.push_back(account.id);
    }
  }

  /// Microseconds that one commit of all takes.
  double commit() {
    ++seq_;
    std::vector<store::journal_batch> batches;
    for (const auto user : users_)
      batches.push_back(batch_of(user));
    std::vector<const store::journal_batch*> group;
    for (const auto& each : batches)
      group.push_back(&each);
    const auto begin = std::chrono::steady_clock::now();
    db_.append(group);
    return std::chrono::duration<double, std::micro>(
               std::chrono::steady_clock::now() - begin)
        .count();
  }

private:
  store::journal_batch batch_of(protocol::user_id user) const {
    store::journal_batch result;
    result.user = user;
    protocol::event said;
    said.seq = seq_;
    said.time = protocol::timestamp{std::chrono::microseconds{seq_}};
    said.connection_id = "irc-example";
    said.conversation_id = "#convoy";
    said.name = "#Convoy";
    said.from = "somebody";
    said.text = "What people say has about as many letters as this line.";
    said.extra = R"({"msgid":"0123456789abcdef"})";
    said.unread = 1;
    result.events.push_back(said);
    protocol::conversation channel;
    channel.id = "#convoy";
    channel.name = "#Convoy";
    channel.unread = static_cast<std::uint32_t>(seq_);
    result.changed.emplace_back("irc-example", channel);
    return result;
  }

  store::database db_;
  std::vector<protocol::user_id> users_;
  protocol::event_seq seq_ = 0;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void measure(const std::string& sqlite, const std::string& server,
             std::size_t people) {
  crowd here(sqlite, people);
  crowd there(server, people);
  std::vector<double> of_sqlite;
  std::vector<double> of_server;
  for (std::size_t n = 0; n < rounds; ++n) {
    of_sqlite.push_back(here.commit());
    of_server.push_back(there.commit());
  }
  const auto a = median(of_sqlite);
  const auto b = median(of_server);
  const auto count = static_cast<double>(people);
  fmt::print(
      "{:5} users: SQLite {:9.1f} µs ({:6.1f} a user), PostgreSQL {:9.1f}"
      " µs ({:6.1f} a user), ratio {:.2f}\n",
      people, a, a / count, b, b / count, b / a);
}

} // namespace

} // namespace convoy::bench

/// bench_commits --sqlite=FILE --server=URL: makes the file, and needs an empty
/// database. The URL is that of CONVOY_TEST_POSTGRESQL unless it is given
/// (tests/with_postgresql).
int main(int argc, char** argv) {
  try {
    const char* server = std::getenv("CONVOY_TEST_POSTGRESQL");
    const convoy::bench::options options(
        argc, argv,
        {{"sqlite", "commits.sqlite"},
         {"server", server == nullptr ? "" : server}});
    for (const std::size_t people : {1UL, 10UL, 100UL, 1000UL})
      convoy::bench::measure("sqlite:" + options.text("sqlite"),
                             options.text("server"), people);
    return EXIT_SUCCESS;
  } catch (const std::exception& why) {
    fmt::print(stderr, "bench_commits: {}\n", why.what());
    return EXIT_FAILURE;
  }
}

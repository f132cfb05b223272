// SPDX-License-Identifier: Apache-2.0
#include "net/metrics.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace convoy;
using namespace convoy::net;
using namespace std::chrono_literals;

namespace {

/// Some time of the monotonic clock.
constexpr protocol::instant noon{12h};

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

} // namespace

TEST_CASE("what was counted is in the text") {
  const metrics all{"1.2.3"};
  const auto& counts = all.instruments();
  counts.events.add();
  counts.events.add(41);
  counts.sessions.add(3);
  counts.sessions.add(-1);
  counts.bus_connected.set(1);
  counts.ready.set(1);
  counts.resumes(resume_result::too_old).add();
  counts.irc_connect_failures(protocol::irc_end::banned).add(2);
  const auto text = all.text(noon);
  CHECK(has_line(text, R"(convoy_build_info{version="1.2.3"} 1)"));
  CHECK(has_line(text, "# TYPE convoy_events_total counter"));
  CHECK(has_line(text, "convoy_events_total 42"));
  CHECK(has_line(text, "convoy_sessions 2"));
  CHECK(has_line(text, "convoy_bus_connected 1"));
  CHECK(has_line(text, "convoy_ready 1"));
  CHECK(has_line(text, R"(convoy_resumes_total{result="too_old"} 1)"));
  CHECK(has_line(text, R"(convoy_resumes_total{result="resumed"} 0)"));
  CHECK(
      has_line(text, R"(convoy_irc_connect_failures_total{cause="banned"} 2)"));
  CHECK(counts.sessions.value() == 2);
}

TEST_CASE("times fall into buckets") {
  const metrics all{"1"};
  const auto& commit = all.instruments().commit;
  commit.add(500us);
  commit.add(501us);
  commit.add(3s);
  commit.add(1h);
  const auto text = all.text(noon);
  const std::string bucket = "convoy_commit_seconds_bucket";
  CHECK(has_line(text, "# TYPE convoy_commit_seconds histogram"));
  CHECK(has_line(text, bucket + R"({le="0.0005"} 1)"));
  CHECK(has_line(text, bucket + R"({le="0.001"} 2)"));
  CHECK(has_line(text, bucket + R"({le="2.5"} 2)"));
  CHECK(has_line(text, bucket + R"({le="5"} 3)"));
  CHECK(has_line(text, bucket + R"({le="10"} 3)"));
  CHECK(has_line(text, bucket + R"({le="+Inf"} 4)"));
  CHECK(has_line(text, "convoy_commit_seconds_count 4"));
}

TEST_CASE("requests are counted by class and by the first digit") {
  const metrics all{"1"};
  const auto& counts = all.instruments();
  counts.http_requests(request_class::api, 200).add();
  counts.http_requests(request_class::api, 204).add();
  counts.http_requests(request_class::content, 404).add();
  counts.http_requests(request_class::events, 101).add();
  counts.http_requests(request_class::internal, 0).add();
  counts.http_requests(request_class::internal, 999).add();
  counts.http_request(request_class::api).add(1s);
  const auto text = all.text(noon);
  const std::string name = "convoy_http_requests_total";
  CHECK(has_line(text, name + R"({class="api",status="2xx"} 2)"));
  CHECK(has_line(text, name + R"({class="static",status="4xx"} 1)"));
  CHECK(has_line(text, name + R"({class="events",status="1xx"} 1)"));
  CHECK(has_line(text, name + R"({class="internal",status="1xx"} 1)"));
  CHECK(has_line(text, name + R"({class="internal",status="5xx"} 1)"));
  CHECK(has_line(text, R"(convoy_http_request_seconds_count{class="api"} 1)"));
}

TEST_CASE("a presence is counted for as long as it lives") {
  const metrics all{"1"};
  const auto& sessions = all.instruments().sessions;
  {
    presence one{sessions};
    presence three{sessions, 3};
    CHECK(sessions.value() == 4);
    presence moved{std::move(three)};
    CHECK(sessions.value() == 4);
    one = presence{sessions, 2};
    CHECK(sessions.value() == 5);
    one = {};
    CHECK(sessions.value() == 3);
  }
  CHECK(sessions.value() == 0);
}

TEST_CASE("networks that have no label of their own are others") {
  const metrics all{"1"};
  const auto& counts = all.instruments();
  const auto add = [&](const std::string& network) {
    counts.irc_connections(irc_phase::online, network).add(1);
  };
  add("");
  for (std::size_t n = 0; n < meters::max_networks + 7; ++n)
    add("irc-" + std::to_string(n));
  add("irc-0");
  const auto text = all.text(noon);
  const auto line = [](const std::string& network, int count) {
    return "convoy_irc_connections{network=\"" + network
           + "\",state=\"online\"} " + std::to_string(count);
  };
  CHECK(has_line(text, line("irc-0", 2)));
  CHECK(has_line(text, line("irc-49", 1)));
  CHECK(has_line(text, line("other", 8)));
  CHECK(text.find("irc-50") == std::string::npos);
}

TEST_CASE("a name of a network cannot break the text") {
  const metrics all{"1"};
  all.instruments().irc_connections(irc_phase::queued, "a\"\\\nb").add(1);
  CHECK(has_line(
      all.text(noon),
      R"(convoy_irc_connections{network="a\"\\\nb",state="queued"} 1)"));
}

TEST_CASE("a lease has so many seconds left, where there is one") {
  const metrics all{"1"};
  const auto& lease = all.instruments().lease;
  const std::string name = "convoy_lease_seconds_left";
  CHECK(all.text(noon).find(name) == std::string::npos);
  lease.set(noon + 1500ms);
  CHECK(lease.value() == noon + 1500ms);
  CHECK(has_line(all.text(noon), name + " 1.5"));
  CHECK(has_line(all.text(noon + 2s), name + " -0.5"));
  lease.clear();
  CHECK_FALSE(lease.value());
  CHECK(all.text(noon).find(name) == std::string::npos);
}

TEST_CASE("the process tells how it is doing") {
  const metrics all{"1"};
  const auto text = all.text(noon);
  for (const auto* name :
       {"process_cpu_seconds_total", "process_resident_memory_bytes",
        "process_virtual_memory_bytes", "process_open_fds", "process_max_fds",
        "process_start_time_seconds", "process_threads"}) {
    CAPTURE(name);
    const auto at = text.find("\n" + std::string{name} + " ");
    REQUIRE(at != std::string::npos);
    CHECK(std::stod(text.substr(at + std::string{name}.size() + 2)) >= 0);
  }
}

TEST_CASE("an instrument that nobody made counts nothing") {
  const auto& none = no_meters();
  none.events.add();
  none.sessions.set(5);
  none.commit.add(1s);
  none.lease.set(noon);
  none.lease.clear();
  none.irc_connections(irc_phase::online, "irc-libera").add(1);
  none.http_requests(request_class::api, 200).add();
  CHECK(none.sessions.value() == 0);
  CHECK_FALSE(none.lease.value());
}

TEST_CASE("threads count together") {
  const metrics all{"1"};
  const auto& counts = all.instruments();
  constexpr auto times = 10'000;
  {
    std::vector<std::thread> threads;
    for (auto n = 0; n < 4; ++n)
      threads.emplace_back([&] {
        for (auto i = 0; i < times; ++i) {
          counts.events.add();
          counts.commit.add(1ms);
          const presence here{counts.irc_connections(irc_phase::online, "x")};
        }
      });
    for (auto& each : threads)
      each.join();
  }
  const auto text = all.text(noon);
  CHECK(has_line(text, "convoy_events_total 40000"));
  CHECK(has_line(text, "convoy_commit_seconds_count 40000"));
  CHECK(has_line(text,
                 R"(convoy_irc_connections{network="x",state="online"} 0)"));
}

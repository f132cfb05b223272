// SPDX-License-Identifier: Apache-2.0
#include "net/metrics.hpp"

#include "net/process_figures.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <vector>

namespace convoy::net {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr std::array<const char*, 6> phase_names{
    "offline", "backing_off", "queued", "dialing", "registering", "online"};
constexpr std::array<const char*, 4> resume_names{"resumed", "other_stream",
                                                  "too_many", "too_old"};
constexpr std::array<const char*, 7> failure_names{
    "lost", "dns", "tls", "throttled", "password", "banned", "secure"};
constexpr std::array<const char*, meters::request_classes> class_names{
    "api", "events", "file", "page", "static", "internal"};
constexpr std::array<const char*, meters::status_classes> status_names{
    "1xx", "2xx", "3xx", "4xx", "5xx"};
constexpr const char* other = "other";

constexpr std::int64_t never = 0;

/// Upper bounds of the buckets, in seconds.
using bounds = std::vector<double>;

const bounds& quick_bounds() {
  static const bounds result{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                             0.1,    0.25,  0.5,    1,     2.5,  5,     10};
  return result;
}

const bounds& slow_bounds() {
  static const bounds result{0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80};
  return result;
}

} // namespace

/// A histogram without the lock that the library's has.
class distribution {
public:
  explicit distribution(const bounds& limits)
      : limits_(limits), counts_(limits.size() + 1) {
    // nop
  }
  void add(double seconds) noexcept {
    const auto i = std::ranges::lower_bound(limits_, seconds);
    counts_[static_cast<std::size_t>(i - limits_.begin())].fetch_add(
        1, std::memory_order_relaxed);
    sum_.fetch_add(seconds, std::memory_order_relaxed);
  }
  ClientMetric collect(std::vector<ClientMetric::Label> labels) const {
    ClientMetric result;
    result.label = std::move(labels);
    auto& shown = result.histogram;
    for (std::size_t i = 0; i < limits_.size(); ++i) {
      shown.sample_count += counts_[i].load(std::memory_order_relaxed);
      shown.bucket.push_back({shown.sample_count, limits_[i]});
    }
    shown.sample_count += counts_.back().load(std::memory_order_relaxed);
    shown.sample_sum = sum_.load(std::memory_order_relaxed);
    return result;
  }

private:
  const bounds& limits_;
  std::vector<std::atomic<std::uint64_t>> counts_;
  std::atomic<double> sum_ = 0;
};

// -- instruments --------------------------------------------------------------

void counter::add(std::uint64_t count) const noexcept {
  if (what_)
    what_->Increment(static_cast<double>(count));
}

void gauge::add(std::int64_t change) const noexcept {
  if (what_)
    what_->Increment(static_cast<double>(change));
}

void gauge::set(std::int64_t value) const noexcept {
  if (what_)
    what_->Set(static_cast<double>(value));
}

std::int64_t gauge::value() const noexcept {
  return what_ ? static_cast<std::int64_t>(what_->Value()) : 0;
}

void stopwatch::add(std::chrono::nanoseconds time) const noexcept {
  if (what_)
    what_->add(std::chrono::duration<double>(time).count());
}

void countdown::set(protocol::instant when) const noexcept {
  if (what_)
    what_->store(when.time_since_epoch().count(), std::memory_order_relaxed);
}

void countdown::clear() const noexcept {
  if (what_)
    what_->store(never, std::memory_order_relaxed);
}

std::optional<protocol::instant> countdown::value() const noexcept {
  const auto ticks = what_ ? what_->load(std::memory_order_relaxed) : never;
  if (ticks == never)
    return std::nullopt;
  return protocol::instant{protocol::instant::duration{ticks}};
}

/// The gauges of IRC connections, which are made when they are first wanted.
class label_sets {
public:
  explicit label_sets(prometheus::Family<prometheus::Gauge>& family)
      : family_(family) {
    find(irc_phase::offline, {});
  }
  prometheus::Gauge& find(irc_phase phase, std::string_view network) {
    const std::scoped_lock guard{mutex_};
    auto i = networks_.find(network);
    if (i == networks_.end() && (network.empty() || !has_room()))
      i = networks_.find(other);
    if (i == networks_.end())
      i = networks_.emplace(network.empty() ? other : network, phases{}).first;
    auto& found = i->second[static_cast<std::size_t>(phase)];
    if (!found)
      found = &family_.Add(
          {{"network", i->first},
           {"state", phase_names[static_cast<std::size_t>(phase)]}});
    return *found;
  }

private:
  using phases = std::array<prometheus::Gauge*, phase_names.size()>;

  bool has_room() const {
    // `other` is among them.
    return networks_.size() <= meters::max_networks;
  }

  prometheus::Family<prometheus::Gauge>& family_;
  std::mutex mutex_;
  std::map<std::string, phases, std::less<>> networks_;
};

const char* name_of(protocol::irc_end why) noexcept {
  return failure_names[static_cast<std::size_t>(why)];
}

gauge meters::irc_connections(irc_phase phase, std::string_view network) const {
  return labels ? gauge{labels->find(phase, network)} : gauge{};
}

counter meters::http_requests(request_class what,
                              unsigned status) const noexcept {
  const auto hundreds = std::clamp(status / 100, 1u, 5u) - 1;
  return http_counters[static_cast<std::size_t>(what) * status_classes
                       + hundreds];
}

const meters& no_meters() {
  static const meters none;
  return none;
}

// -- all of them --------------------------------------------------------------

struct metrics::impl {
  using labels = prometheus::Labels;

  counter add_counter(const char* name, const char* help) {
    return counter{
        prometheus::BuildCounter().Name(name).Help(help).Register(all).Add({})};
  }
  gauge add_gauge(const char* name, const char* help, const labels& of = {}) {
    return gauge{
        prometheus::BuildGauge().Name(name).Help(help).Register(all).Add(of)};
  }
  template <std::size_t N>
  void add_counters(const char* name, const char* help, const char* label,
                    const std::array<const char*, N>& values,
                    std::array<counter, N>& to) {
    auto& family =
        prometheus::BuildCounter().Name(name).Help(help).Register(all);
    for (std::size_t i = 0; i < N; ++i)
      to[i] = counter{family.Add({{label, values[i]}})};
  }
  stopwatch add_stopwatch(const char* name, const char* help,
                          const bounds& limits,
                          std::vector<ClientMetric::Label> of = {}) {
    const auto i = std::ranges::find(times, name, &times_family::name);
    auto& family =
        i != times.end() ? *i : times.emplace_back(times_family{name, help});
    auto& each = family.members.emplace_back(std::move(of), limits);
    return stopwatch{each.second};
  }

  explicit impl(const std::string& version);
  void add_irc();
  void add_http();
  void add_fleet();

  struct times_family {
    std::string name;
    std::string help;
    std::deque<std::pair<std::vector<ClientMetric::Label>, distribution>>
        members{};
  };

  prometheus::Registry all;
  std::deque<times_family> times;
  std::optional<label_sets> networks;
  std::atomic<std::int64_t> lease = never;
  meters made;
};

metrics::impl::impl(const std::string& version) {
  add_gauge("convoy_build_info", "Always 1; which program it is.",
            {{"version", version}})
      .set(1);
  made.ready = add_gauge("convoy_ready", "Whether people may be sent here, when"
                                         " it was looked at last.");
  made.sessions = add_gauge("convoy_sessions", "WebSockets that are logged in "
                                               "or about to be.");
  made.users = add_gauge("convoy_users", "Users who are busy on this node.");
  made.homes = add_gauge("convoy_homes", "Users who live on this node.");
  made.events = add_counter("convoy_events_total",
                            "Events that were committed here, then shown.");
  made.event_bytes =
      add_counter("convoy_event_bytes_total",
                  "Bytes of frames that were written to WebSockets.");
  made.commit =
      add_stopwatch("convoy_commit_seconds",
                    "Time of one commit of the journal.", quick_bounds());
  made.deliver_lag = add_stopwatch(
      "convoy_deliver_lag_seconds",
      "From an IRC line's arrival until its event goes to the sessions.",
      quick_bounds());
  made.holes = add_counter("convoy_holes_total",
                           "Sessions that were told that events are missing.");
  add_counters("convoy_resumes_total", "Sessions that came back.", "result",
               resume_names, made.resume_results);
  made.slow_consumer_closes =
      add_counter("convoy_slow_consumer_closes_total",
                  "Sessions that were closed because they read too slowly.");
  add_irc();
  add_http();
  add_fleet();
}

void metrics::impl::add_irc() {
  networks.emplace(prometheus::BuildGauge()
                       .Name("convoy_irc_connections")
                       .Help("IRC connections by what they do.")
                       .Register(all));
  made.labels = &*networks;
  made.irc_registration = add_stopwatch(
      "convoy_irc_registration_seconds",
      "From a connection to an IRC server until its welcome.", slow_bounds());
  add_counters("convoy_irc_connect_failures_total",
               "Connects to IRC servers that did not come to a welcome.",
               "cause", failure_names, made.irc_failures);
  auto& queues = prometheus::BuildGauge()
                     .Name("convoy_queue_depth")
                     .Help("What waits, by what it waits for.")
                     .Register(all);
  made.uncommitted_events = gauge{queues.Add({{"queue", "events_to_commit"}})};
  made.uncommitted_batches =
      gauge{queues.Add({{"queue", "batches_to_commit"}})};
  made.dial_queue = gauge{queues.Add({{"queue", "irc_connects"}})};
  made.password_queue = gauge{queues.Add({{"queue", "passwords"}})};
}

void metrics::impl::add_http() {
  auto& family = prometheus::BuildCounter()
                     .Name("convoy_http_requests_total")
                     .Help("HTTP requests by what they are for.")
                     .Register(all);
  for (std::size_t i = 0; i < class_names.size(); ++i) {
    for (std::size_t j = 0; j < status_names.size(); ++j)
      made.http_counters[i * status_names.size() + j] = counter{
          family.Add({{"class", class_names[i]}, {"status", status_names[j]}})};
    made.http_times[i] =
        add_stopwatch("convoy_http_request_seconds",
                      "From an HTTP request's last byte until its answer.",
                      quick_bounds(), {{"class", class_names[i]}});
  }
}

void metrics::impl::add_fleet() {
  auto& moves = prometheus::BuildCounter()
                    .Name("convoy_lease_moves_total")
                    .Help("Users who moved to this node and away from it.")
                    .Register(all);
  made.homes_in = counter{moves.Add({{"direction", "in"}})};
  made.homes_out = counter{moves.Add({{"direction", "out"}})};
  made.lease = countdown{lease};
  made.bus_connected =
      add_gauge("convoy_bus_connected", "Whether the bus can be used.");
  made.bus_connects = add_counter("convoy_bus_connects_total",
                                  "Times that the bus was connected to.");
  made.bus_published = add_counter("convoy_bus_published_total",
                                   "Messages that went out over the bus.");
  made.bus_received = add_counter("convoy_bus_received_total",
                                  "Messages that came over the bus.");
  made.bus_bytes_published =
      add_counter("convoy_bus_published_bytes_total",
                  "Bytes of the messages that went out over the bus.");
  made.bus_bytes_received =
      add_counter("convoy_bus_received_bytes_total",
                  "Bytes of the messages that came over the bus.");
  made.bus_dropped =
      add_counter("convoy_bus_dropped_total",
                  "Messages that were lost for want of a connection or room.");
}

metrics::metrics(std::string version) : impl_(std::make_unique<impl>(version)) {
  // nop
}

metrics::~metrics() = default;

const meters& metrics::instruments() const noexcept {
  return impl_->made;
}

std::string metrics::text(protocol::instant now) const {
  auto families = impl_->all.Collect();
  for (const auto& each : impl_->times) {
    MetricFamily family{each.name, each.help, MetricType::Histogram, {}};
    for (const auto& [labels, times] : each.members)
      family.metric.push_back(times.collect(labels));
    families.push_back(std::move(family));
  }
  const auto add = [&](const char* name, const char* help, MetricType type,
                       double value) {
    ClientMetric one;
    (type == MetricType::Counter ? one.counter.value : one.gauge.value) = value;
    families.push_back({name, help, type, {std::move(one)}});
  };
  if (const auto end = impl_->made.lease.value())
    add("convoy_lease_seconds_left",
        "Until this node may hold nobody any more, unless it renews its lease.",
        MetricType::Gauge, std::chrono::duration<double>(*end - now).count());
  const auto process = read_process_figures();
  add("process_cpu_seconds_total", "Time of processors that was used.",
      MetricType::Counter, process.cpu_seconds);
  add("process_resident_memory_bytes", "Memory that is used.",
      MetricType::Gauge, process.resident_bytes);
  add("process_virtual_memory_bytes", "Memory that is mapped.",
      MetricType::Gauge, process.virtual_bytes);
  add("process_open_fds", "Files and sockets that are open.", MetricType::Gauge,
      process.open_files);
  add("process_max_fds", "Files and sockets that may be open.",
      MetricType::Gauge, process.max_files);
  add("process_start_time_seconds", "When it was started, since 1970.",
      MetricType::Gauge, process.started);
  add("process_threads", "Threads that there are.", MetricType::Gauge,
      process.threads);
  return prometheus::TextSerializer{}.Serialize(families);
}

} // namespace convoy::net

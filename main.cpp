// SPDX-License-Identifier: Apache-2.0

// The composition root: reads what it is told, puts the parts of a node
// together, and takes them apart again in order.

#include "actors/actor.hpp"
#include "actors/bridge.hpp"
#include "actors/command_line/fleet_options.hpp"
#include "actors/command_line/node_commands.hpp"
#include "actors/command_line/options.hpp"
#include "actors/command_line/parse.hpp"
#include "actors/command_line/store_access.hpp"
#include "actors/command_line/store_commands.hpp"
#include "actors/command_line/user_commands.hpp"
#include "actors/health.hpp"
#include "actors/make_node.hpp"
#include "actors/node.hpp"
#include "actors/scheduler.hpp"
#include "actors/schema_log.hpp"
#include "actors/secrets.hpp"
#include "actors/watchdog.hpp"
#include "net/first_process.hpp"
#include "net/front_end.hpp"
#include "net/health_check.hpp"
#include "net/http_server.hpp"
#include "net/internal_client.hpp"
#include "net/irc_dialer.hpp"
#include "net/lease_guard.hpp"
#include "net/log.hpp"
#include "net/metrics.hpp"
#include "net/nats_bus.hpp"
#include "net/process_figures.hpp"
#include "net/runtime.hpp"
#include "net/service_manager.hpp"
#include "net/stop_deadline.hpp"

#include <caf/actor_system_config.hpp>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <future>
#include <iostream>
#include <unistd.h>

namespace {

using namespace convoy;
namespace cli = actors::command_line;
namespace manager = net::service_manager;

constexpr int exit_failure = 1;
constexpr const char* program_name = "Convoy " CONVOY_VERSION;
constexpr std::chrono::seconds health_deadline{5};

std::chrono::milliseconds milliseconds(actors::settings::seconds value) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(value);
}

/// Nobody but operators comes there, and none through a proxy.
net::http_settings internal_settings_of(const cli::serve_options& options,
                                        const net::meters& counts) {
  net::http_settings result;
  result.host = options.internal_listen.host;
  result.port = options.internal_listen.port;
  result.counts = &counts;
  return result;
}

net::http_settings public_settings_of(const cli::serve_options& options,
                                      const net::meters& counts) {
  // Room for what is around the file in a form, and so many files at a time.
  constexpr std::size_t form = 64 * 1024;
  constexpr std::size_t uploads = 8;
  net::http_settings result;
  result.host = options.listen.host;
  result.port = options.listen.port;
  result.counts = &counts;
  result.inactivity_timeout = milliseconds(options.inactive_timeout);
  result.ping_interval = milliseconds(options.ping_interval);
  result.allowed_origins = options.allowed_origins;
  result.trusted_proxies = options.trusted_proxies;
  result.log_requests = options.log_requests;
  result.web_root = options.web_root;
  result.content_security_policy = options.content_security_policy;
  result.upload_limit = options.node.max_upload_bytes + form;
  result.max_upload_bytes_held = uploads * result.upload_limit;
  result.max_answer_bytes_held =
      std::max(result.max_answer_bytes_held, result.max_upload_bytes_held);
  // Its pages may be of another host than the one that a proxy asks for.
  if (const auto& url = options.node.base_url; !url.empty())
    result.allowed_origins.push_back(
        url.substr(0, url.find('/', url.find("://") + 3)));
  return result;
}

/// Waits for the first signal to stop, or for somebody to ask for that; the
/// second signal ends the process.
class stop_signal {
public:
  void arrive() {
    if (came_.exchange(true)) {
      net::log::warning("stopped-by-force", {{"reason", "second signal"}});
      std::_Exit(exit_failure);
    }
    ask();
  }
  /// May be called again.
  void ask() {
    if (!asked_.exchange(true))
      first_.set_value();
  }
  /// The node cannot be here.
  void give_up(const std::string& why) {
    std::cerr << "convoy: " << why << '\n';
    failed_ = true;
    ask();
  }
  /// Whether it was asked to stop, and did not give up.
  bool wait() {
    first_.get_future().wait();
    return !failed_;
  }

private:
  std::atomic<bool> came_ = false;
  std::atomic<bool> failed_ = false;
  std::atomic<bool> asked_ = false;
  std::promise<void> first_;
};

/// What the actors of the node share.
actors::node shared_of(const cli::serve_options& options,
                       const std::string& key, net::front_end& pages,
                       net::irc_connector& connector, net::bus* bus,
                       const net::meters& meters) {
  actors::node result;
  result.config = options.node;
  result.version = program_name;
  result.key = key;
  result.connector = &connector;
  result.bus = bus;
  result.meters = &meters;
  result.process_figures = net::list_process_figures;
  result.languages = [&pages] {
    return pages.languages();
  };
  if (pages.has_page())
    result.render_page = [&pages](const auto& values) {
      return pages.render(values);
    };
  result.wall_clock = [clock = net::system_clock_source()] {
    return clock().wall;
  };
  return result;
}

net::nats_settings nats_settings_of(const cli::serve_options& options) {
  net::nats_settings result;
  result.url = options.bus;
  result.ca_file = options.bus_ca_file;
  result.credentials_file = options.bus_credentials_file;
  result.name = options.node_id;
  return result;
}

/// The lease of a node that shares its store; `stop` hears when there may be no
/// such node.
actors::lease_start lease_of(const cli::serve_options& options,
                             net::lease_guard& guard, stop_signal& stop) {
  actors::lease_start result;
  result.name = options.node_id;
  result.version = CONVOY_VERSION;
  result.lease = milliseconds(options.lease);
  result.is_alone = options.bus.empty();
  result.refuse = [&stop](const std::string& why) {
    stop.give_up(why);
  };
  result.watchman = {net::lease_guard::now,
                     [&guard](std::chrono::nanoseconds when) {
                       guard.end_at(when);
                     }};
  return result;
}

/// Tells whoever has started the process that it is well, and what it does.
actors::watchdog_start watchdog_of(const actors::node& home) {
  constexpr std::chrono::microseconds without_watchdog{10'000'000};
  const auto patience = manager::watchdog_patience();
  return {home.archive, patience.count() > 0 ? patience / 3 : without_watchdog,
          [meters = home.meters] {
            manager::say_alive();
            manager::say_status(
                std::to_string(meters->sessions.value()) + " sessions, "
                + std::to_string(meters->users.value()) + " users, "
                + std::to_string(meters->homes.value()) + " homes");
          }};
}

/// Starts one listener and says where it is.
bool start_listener(net::http_server& server, const char* name,
                    const cli::address& where) {
  if (const auto wrong = server.start(); !wrong.empty()) {
    std::cerr << "convoy: " << wrong << '\n';
    return false;
  }
  net::log::info("listening", {{"listener", name},
                               {"host", where.host},
                               {"port", std::to_string(server.port())}});
  return true;
}

/// Opens the store, which may take long when its schema is to be brought up to
/// date; whoever asks meanwhile hears that the node lives. Throws with the
/// place, also when the internal listener cannot be opened.
template <class Open>
auto answer_while(const cli::serve_options& options, Open open) {
  net::runtime loop{1};
  net::http_server internal{loop,
                            internal_settings_of(options, net::no_meters()),
                            actors::make_starting_handler(program_name)};
  if (const auto wrong = internal.start(); !wrong.empty())
    throw std::runtime_error{wrong};
  loop.run();
  auto result = open();
  internal.stop_listening();
  internal.shut_connections();
  loop.stop();
  loop.join();
  return result;
}

void warn_of_test_settings(const cli::serve_options& options) {
  if (options.node.cost == actors::password_cost::minimum)
    net::log::warning("password-cost-minimum",
                      {{"meaning", "for tests only: hashes are weak"}});
  if (options.irc_allow_private)
    net::log::warning("irc-private-allowed",
                      {{"meaning", "users may reach this network"}});
}

/// Reads the configuration again as it was read at the start.
using parse_again = std::function<std::variant<cli::command, cli::reply>()>;

void configure_log(const cli::serve_options& options) {
  net::log::configure(*net::log::parse_level(options.log_level),
                      *net::log::parse_format(options.log_format));
}

/// What may change while the node runs. Used by one thread at a time.
class configuration {
public:
  configuration(cli::command now, parse_again again, net::http_server& people,
                net::irc_dialer& dialer, net::front_end& pages,
                const net::meters& counts)
      : now_(std::move(now)),
        again_(std::move(again)),
        people_(people),
        dialer_(dialer),
        pages_(pages),
        counts_(counts) {
    // nop
  }

  /// SIGHUP. With anything that is wrong all stays as it is.
  void reload() {
    manager::say_reloading(net::system_clock_source()().steady);
    const auto parsed = again_();
    if (const auto* wrong = std::get_if<cli::reply>(&parsed))
      for (const auto& problem : wrong->problems)
        refuse(problem);
    else
      apply(std::get<cli::command>(parsed));
    manager::say_ready();
  }

private:
  /// Whatever may be wrong with a file comes first.
  void apply(const cli::command& fresh) {
    const auto& options = fresh.options;
    auto wrong = dialer_.trust(options.irc_ca_file);
    if (wrong.empty())
      wrong = pages_.read_languages(options.i18n_dir);
    if (wrong.empty())
      wrong = people_.change(public_settings_of(options, counts_));
    if (!wrong.empty())
      return refuse(wrong);
    configure_log(options);
    const auto changes = cli::compare_options(now_.values, fresh.values);
    for (const auto& name : changes.live) {
      net::log::info("option-changed", {{"option", name}});
      now_.values[name] = fresh.values.at(name);
    }
    for (const auto& name : changes.after_restart)
      net::log::warning("option-needs-restart", {{"option", name}});
    net::log::info("reloaded");
  }

  static void refuse(const std::string& why) {
    net::log::error("reload-refused", {{"reason", why}});
  }

  cli::command now_;
  parse_again again_;
  net::http_server& people_;
  net::irc_dialer& dialer_;
  net::front_end& pages_;
  const net::meters& counts_;
};

int serve(const cli::command& what, const parse_again& again) {
  const auto& options = what.options;
  configure_log(options);
  if (cli::is_shared(options.store))
    net::log::identify(options.node_id);
  net::raise_file_limit();
  warn_of_test_settings(options);
  // Before there is any thread.
  std::optional<net::lease_guard> guard;
  if (cli::is_shared(options.store)) {
    if (net::is_first_process())
      net::go_on_as_child();
    guard.emplace();
  }
  const auto store_options = cli::prepare_store(options);
  const cli::store_lock ours{options.store};
  actors::schema_log schema{[] {
    return net::system_clock_source()().steady;
  }};
  auto opened = actors::open_stores(
      store_options,
      guard ? std::optional{milliseconds(options.lease)} : std::nullopt,
      net::system_clock_source()().wall, schema.teller());
  net::front_end pages{options.web_root, options.i18n_dir};
  net::metrics counts{CONVOY_VERSION};
  const auto threads =
      options.threads > 0 ? options.threads : net::usable_cores();
  net::runtime loop{threads};
  net::irc_dialer dialer{
      loop,
      {.connect_timeout = milliseconds(options.irc_connect_timeout),
       .allow_private = options.irc_allow_private,
       .ca_file = options.irc_ca_file}};
  if (const auto wrong = dialer.start(); !wrong.empty()) {
    std::cerr << "convoy: " << wrong << '\n';
    return exit_failure;
  }
  std::optional<net::nats_bus> bus;
  if (!options.bus.empty()) {
    bus.emplace(loop, nats_settings_of(options), counts.instruments());
    if (const auto wrong = bus->start(); !wrong.empty()) {
      std::cerr << "convoy: --bus: " << wrong << '\n';
      return exit_failure;
    }
  }
  caf::actor_system_config config;
  config.add_message_types<caf::id_block::convoy>();
  actors::run_actors_on(loop.context(), config);
  caf::actor_system system{config};
  stop_signal stop;
  std::optional<actors::lease_start> lease;
  if (guard)
    lease = lease_of(options, *guard, stop);
  auto node = actors::make_node(
      system, {shared_of(options, store_options.key, pages, dialer,
                         bus ? &*bus : nullptr, counts.instruments()),
               std::move(opened), milliseconds(options.account_check_interval),
               std::move(lease)});
  const auto& home = node.home;

  net::http_server people{loop,
                          public_settings_of(options, counts.instruments()),
                          actors::make_gateway(system, home)};
  const auto draining = std::make_shared<std::atomic<bool>>(false);
  net::http_server internal{loop,
                            internal_settings_of(options, counts.instruments()),
                            actors::make_internal_handler(
                                system, home,
                                {options.node_id,
                                 [&counts, clock = net::system_clock_source()] {
                                   return counts.text(clock().steady);
                                 },
                                 [&stop] { stop.ask(); }, draining})};
  configuration live{what, again, people, dialer, pages, counts.instruments()};
  loop.on_signal([&](int signal) {
    if (signal == SIGHUP)
      live.reload();
    else
      stop.arrive();
  });
  loop.run();
  auto up = start_listener(people, "public", options.listen)
            && start_listener(internal, "internal", options.internal_listen);
  if (up) {
    actors::open_node(node);
    net::log::info("started", {{"version", CONVOY_VERSION},
                               {"threads", std::to_string(threads)}});
    if (manager::is_there())
      node.helpers.push_back(
          system.spawn(actors::watchdog, watchdog_of(*node.home)));
    manager::say_ready();
    up = stop.wait();
  }
  net::log::info("stopping");
  manager::say_stopping();
  const auto patience = milliseconds(options.stop_timeout);
  const auto drain_time =
      guard ? 2 * milliseconds(options.node.drain_window) : patience.zero();
  const net::stop_deadline limit{patience + drain_time};
  draining->store(true);
  actors::drain(system, node, patience + drain_time);
  people.stop_listening();
  actors::end_node(system, node, patience);
  net::log::info("users-left");
  // Sessions that nobody has told, such as those that wait for somebody's home.
  people.leave_connections();
  if (bus)
    bus->stop();
  system.await_all_actors_done();
  net::log::info("actors-ended");
  internal.stop_listening();
  people.shut_connections();
  internal.shut_connections();
  loop.stop();
  loop.join();
  net::log::info("stopped");
  return up ? EXIT_SUCCESS : exit_failure;
}

int check_health(const cli::serve_options& options) {
  const auto& where = options.internal_listen;
  const auto wrong = net::check_health(where.host, where.port, health_deadline);
  if (!wrong.empty())
    std::cerr << "convoy: " << wrong << '\n';
  return wrong.empty() ? EXIT_SUCCESS : exit_failure;
}

cli::ask_node asker_of(const cli::serve_options& options) {
  return [where = options.internal_listen](const std::string& method,
                                           const std::string& target,
                                           std::chrono::milliseconds pause) {
    auto answer = net::ask_internal({where.host, where.port, method, target},
                                    health_deadline, pause);
    return cli::node_answer{answer.status, std::move(answer.body),
                            std::move(answer.problem), answer.is_nobody};
  };
}

int run(const cli::command& what, const parse_again& again) {
  using kind = cli::command::kind;
  const auto clock = net::system_clock_source();
  const auto now = clock().wall;
  const cli::console io{std::cin,
                        std::cout,
                        std::cerr,
                        isatty(STDIN_FILENO) != 0 ? STDIN_FILENO : -1,
                        isatty(STDERR_FILENO) != 0,
                        [&clock] {
                          return clock().steady;
                        }};
  switch (what.what) {
  case kind::serve:
    return serve(what, again);
  case kind::healthcheck:
    return check_health(what.options);
  case kind::status:
  case kind::drain:
    return cli::run_node_command(what, io, asker_of(what.options));
  case kind::backup:
  case kind::restore:
  case kind::verify:
  case kind::move_store:
  case kind::export_user:
  case kind::import_convos:
    return cli::run_store_command(what, io, now);
  default:
    return cli::run_user_command(what, io, now);
  }
}

} // namespace

int main(int argc, char** argv) {
  try {
    const parse_again parse = [=] {
      return cli::parse(argc, argv, cli::read_environment(environ));
    };
    const auto parsed = parse();
    if (const auto* said = std::get_if<cli::reply>(&parsed)) {
      std::cout << said->out;
      std::cerr << said->err;
      return said->exit_code;
    }
    return run(std::get<cli::command>(parsed), parse);
  } catch (const std::exception& why) {
    std::cerr << "convoy: " << why.what() << '\n';
    return exit_failure;
  }
}

// SPDX-License-Identifier: Apache-2.0

// The composition root: reads what it is told, puts the parts of a node
// together, and takes them apart again in order.

#include "actors/account_watch.hpp"
#include "actors/actor.hpp"
#include "actors/archive.hpp"
#include "actors/bridge.hpp"
#include "actors/channel_lists.hpp"
#include "actors/cleaner.hpp"
#include "actors/command_line/options.hpp"
#include "actors/command_line/parse.hpp"
#include "actors/command_line/store_access.hpp"
#include "actors/command_line/store_commands.hpp"
#include "actors/command_line/user_commands.hpp"
#include "actors/dialer.hpp"
#include "actors/directory.hpp"
#include "actors/doorman.hpp"
#include "actors/hasher.hpp"
#include "actors/health.hpp"
#include "actors/node.hpp"
#include "actors/profiles.hpp"
#include "actors/scheduler.hpp"
#include "actors/secrets.hpp"
#include "actors/site.hpp"
#include "actors/site_wish.hpp"
#include "actors/store_watch.hpp"
#include "net/health_check.hpp"
#include "net/http_server.hpp"
#include "net/irc_dialer.hpp"
#include "net/log.hpp"
#include "net/page_template.hpp"
#include "net/po_files.hpp"
#include "net/runtime.hpp"

#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <iostream>
#include <sched.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace convoy;
namespace cli = actors::command_line;

constexpr int exit_failure = 1;
constexpr std::size_t readers = 2;
constexpr std::chrono::seconds health_deadline{5};

std::chrono::milliseconds milliseconds(actors::settings::seconds value) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(value);
}

/// One socket is one file: take as many as we may have.
void raise_file_limit() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
}

/// The cores that we may run on, which a container or `taskset` may have made
/// fewer.
unsigned usable_cores() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof(cores), &cores) != 0)
    return std::max(1u, std::thread::hardware_concurrency());
  return static_cast<unsigned>(CPU_COUNT(&cores));
}

net::http_settings http_settings_of(const cli::serve_options& options,
                                    const cli::address& where) {
  net::http_settings result;
  result.host = where.host;
  result.port = where.port;
  result.inactivity_timeout = milliseconds(options.inactive_timeout);
  result.ping_interval = milliseconds(options.ping_interval);
  result.allowed_origins = options.allowed_origins;
  result.trusted_proxies = options.trusted_proxies;
  return result;
}

net::http_settings public_settings_of(const cli::serve_options& options) {
  // Room for what is around the file in a form, and so many files at a time.
  constexpr std::size_t form = 64 * 1024;
  constexpr std::size_t uploads = 8;
  auto result = http_settings_of(options, options.listen);
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

/// One connection to the store for each thread that uses it.
struct stores {
  std::shared_ptr<actors::store::database> writer;
  std::vector<std::shared_ptr<actors::store::database>> readers;
};

/// Another program that holds the store for longer makes an outage.
constexpr std::chrono::seconds lock_patience{2};

/// Opens the store, and brings its schema up to date. Throws with the place.
stores open_stores(const actors::store::store_options& options) {
  {
    actors::store::database first{options};
    first.migrate();
    first.delete_expired_sessions(net::system_clock_source()().wall);
    first.delete_unfinished_files();
  }
  // From now on who waits for the writer may be somebody on IRC.
  auto how = options;
  how.patience = lock_patience;
  const auto open = [&] {
    return std::make_shared<actors::store::database>(how);
  };
  stores result{open(), {}};
  for (std::size_t n = 0; n < readers; ++n)
    result.readers.push_back(open());
  return result;
}

/// What the front end is made of, besides the files that are served as they
/// are.
struct front_end {
  protocol::dictionaries languages;
  std::shared_ptr<net::page_template> page; ///< null without a web root
};

/// Reads it. Throws with the place.
front_end open_front_end(const cli::serve_options& options) {
  front_end result;
  std::string wrong;
  if (!options.i18n_dir.empty())
    wrong = net::read_po_files(options.i18n_dir, result.languages);
  const std::filesystem::path root{options.web_root};
  if (wrong.empty() && !root.empty() && !std::filesystem::is_directory(root))
    wrong = "web root " + root.string() + ": not a folder";
  if (!root.empty())
    result.page = std::make_shared<net::page_template>(root / "index.html");
  if (wrong.empty() && result.page
      && std::filesystem::exists(root / "index.html"))
    wrong = result.page->problem();
  if (!wrong.empty())
    throw std::runtime_error{wrong};
  return result;
}

/// Spawns the actors that every node has.
std::shared_ptr<const actors::node> make_node(caf::actor_system& system,
                                              const cli::serve_options& options,
                                              const std::string& key,
                                              stores opened, front_end pages,
                                              net::irc_connector& connector) {
  auto home = std::make_shared<actors::node>();
  home->config = options.node;
  home->version = std::string{"Convoy "} + CONVOY_VERSION;
  home->key = key;
  home->connector = &connector;
  home->languages = std::move(pages.languages);
  if (pages.page)
    home->render_page = [page = std::move(pages.page)](const auto& values) {
      return page->render(values);
    };
  home->wall_clock = [clock = net::system_clock_source()] {
    return clock().wall;
  };
  const auto cost = options.node.cost;
  home->decoy_hash = actors::hash_password(actors::random_token(), cost);
  auto policies = opened.writer->sts_policies();
  auto profiles = opened.writer->profiles();
  auto site = opened.writer->site();
  // The only place that gives actors threads of their own.
  home->archive =
      system.spawn<caf::detached>(actors::archive, std::move(opened.writer));
  for (auto& reader : opened.readers)
    home->readers.push_back(
        system.spawn<caf::detached>(actors::archive_reader, std::move(reader)));
  home->hasher = system.spawn<caf::detached>(actors::hasher, cost);
  home->dialer = system.spawn(
      actors::dialer,
      actors::dialer_start{options.node.connect_delay, home->wall_clock,
                           home->archive, std::move(policies)});
  home->channel_lists =
      system.spawn(actors::channel_lists, actors::max_listed_networks);
  home->directory =
      system.spawn(actors::directory, std::weak_ptr<const actors::node>{home});
  home->store_watch =
      system.spawn(actors::store_watch, home->archive, home->directory);
  home->profiles = system.spawn(
      actors::profiles, actors::profiles_start{home->archive, home->directory,
                                               std::move(profiles)});
  home->doorman = system.spawn(
      actors::doorman, actors::doorman_start{options.node.login_burst,
                                             options.node.login_interval});
  home->site = system.spawn(actors::site,
                            actors::site_start{home->archive, home->directory,
                                               actors::site_of(options.node),
                                               std::move(site)});
  return home;
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

/// Waits for the first signal to stop; the second ends the process.
class stop_signal {
public:
  void arrive(int signal) {
    if (signal == SIGHUP)
      return net::log::info("signal-ignored", {{"signal", "SIGHUP"}});
    if (came_.exchange(true)) {
      net::log::warning("stopped-by-force", {{"reason", "second signal"}});
      std::_Exit(exit_failure);
    }
    first_.set_value();
  }
  void wait() {
    first_.get_future().wait();
  }

private:
  std::atomic<bool> came_ = false;
  std::promise<void> first_;
};

/// Sessions are closed, IRC is left, what is numbered is committed; then the
/// node's own actors go.
void leave(caf::actor_system& system, const actors::node& home,
           const std::vector<caf::actor>& helpers,
           std::chrono::milliseconds patience) {
  caf::scoped_actor self{system};
  self->request(home.directory, patience, actors::stop_node{})
      .receive([](bool) {},
               [&](const caf::error& why) {
                 net::log::error("users-did-not-leave",
                                 {{"reason", system.render(why)}});
               });
  for (const auto& actor :
       {home.archive, home.store_watch, home.hasher, home.dialer, home.profiles,
        home.channel_lists, home.doorman, home.site})
    self->send_exit(actor, caf::exit_reason::user_shutdown);
  for (const auto& actor : home.readers)
    self->send_exit(actor, caf::exit_reason::user_shutdown);
  for (const auto& actor : helpers)
    self->send_exit(actor, caf::exit_reason::user_shutdown);
}

/// Ends the process when stopping takes too long.
class deadline {
public:
  explicit deadline(std::chrono::milliseconds patience)
      : guard_([this, patience] {
          if (done_.get_future().wait_for(patience)
              == std::future_status::timeout) {
            net::log::error("stopped-by-force", {{"reason", "stop timeout"}});
            std::_Exit(exit_failure);
          }
        }) {
    // nop
  }
  ~deadline() {
    done_.set_value();
    guard_.join();
  }

private:
  std::promise<void> done_;
  std::thread guard_;
};

void warn_of_test_settings(const cli::serve_options& options) {
  if (options.node.cost == actors::password_cost::minimum)
    net::log::warning("password-cost-minimum",
                      {{"meaning", "for tests only: hashes are weak"}});
  if (options.irc_allow_private)
    net::log::warning("irc-private-allowed",
                      {{"meaning", "users may reach this network"}});
}

int serve(const cli::serve_options& options) {
  net::log::configure(*net::log::parse_level(options.log_level),
                      *net::log::parse_format(options.log_format));
  raise_file_limit();
  warn_of_test_settings(options);
  const auto store_options = cli::prepare_store(options);
  const cli::store_lock ours{options.store};
  auto opened = open_stores(store_options);
  auto pages = open_front_end(options);
  const auto threads = options.threads > 0 ? options.threads : usable_cores();
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
  caf::actor_system_config config;
  config.add_message_types<caf::id_block::convoy>();
  actors::run_actors_on(loop.context(), config);
  caf::actor_system system{config};
  auto standing = opened.writer->user_standing();
  const auto home = make_node(system, options, store_options.key,
                              std::move(opened), std::move(pages), dialer);
  const auto cleaner = system.spawn(
      actors::cleaner,
      actors::cleaner_start{home->archive, home->wall_clock, home->config});
  const auto account_watch = system.spawn(
      actors::account_watch,
      actors::account_watch_start{home->reader(0), home->directory,
                                  milliseconds(options.account_check_interval),
                                  std::move(standing)});

  net::http_server people{loop, public_settings_of(options),
                          actors::make_gateway(system, home)};
  const auto draining = std::make_shared<std::atomic<bool>>(false);
  net::http_server internal{
      loop, http_settings_of(options, options.internal_listen),
      actors::make_health_handler(system, home, draining)};
  stop_signal stop;
  loop.on_signal([&stop](int signal) { stop.arrive(signal); });
  loop.run();
  const auto up =
      start_listener(people, "public", options.listen)
      && start_listener(internal, "internal", options.internal_listen);
  if (up) {
    caf::anon_send(home->directory, actors::start_wanted{});
    net::log::info("started", {{"version", CONVOY_VERSION},
                               {"threads", std::to_string(threads)}});
    stop.wait();
  }
  net::log::info("stopping");
  const deadline limit{milliseconds(options.stop_timeout)};
  draining->store(true);
  people.stop_listening();
  leave(system, *home, {cleaner, account_watch},
        milliseconds(options.stop_timeout));
  system.await_all_actors_done();
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

int run(const cli::command& what) {
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
    return serve(what.options);
  case kind::healthcheck:
    return check_health(what.options);
  case kind::backup:
  case kind::restore:
  case kind::verify:
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
    const auto parsed = cli::parse(argc, argv, cli::read_environment(environ));
    if (const auto* said = std::get_if<cli::reply>(&parsed)) {
      std::cout << said->out;
      std::cerr << said->err;
      return said->exit_code;
    }
    return run(std::get<cli::command>(parsed));
  } catch (const std::exception& why) {
    std::cerr << "convoy: " << why.what() << '\n';
    return exit_failure;
  }
}

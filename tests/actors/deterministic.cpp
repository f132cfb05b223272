// SPDX-License-Identifier: Apache-2.0
#include "deterministic.hpp"

#include "actors/archive.hpp"
#include "actors/bridge.hpp"
#include "actors/channel_lists.hpp"
#include "actors/dialer.hpp"
#include "actors/directory.hpp"
#include "actors/doorman.hpp"
#include "actors/hasher.hpp"
#include "actors/last_use.hpp"
#include "actors/messages.hpp"
#include "actors/profiles.hpp"
#include "actors/secrets.hpp"
#include "actors/site.hpp"
#include "actors/site_wish.hpp"
#include "actors/store_watch.hpp"

namespace convoy::actors {

namespace {

const caf::resumable* job_of(const caf::actor& who) {
  return dynamic_cast<caf::resumable*>(
      caf::actor_cast<caf::abstract_actor*>(who));
}

} // namespace

deterministic::testing_config::testing_config() {
  add_message_types<caf::id_block::convoy>();
  set("scheduler.policy", caf::atom("testing"));
}

settings deterministic::quick() {
  settings result;
  // Tests of the flood control are those of the protocol.
  result.irc_flood_interval = {};
  result.cost = password_cost::minimum;
  result.default_connection = "";
  return result;
}

std::shared_ptr<store::database> deterministic::empty_store() {
  auto result = std::make_shared<store::database>(
      store::store_options{"sqlite::memory:", true, std::string(32, 'k')});
  result->migrate();
  return result;
}

deterministic::deterministic(settings config,
                             std::shared_ptr<store::database> store,
                             const wrap_archive& wrap, const join_fleet& join)
    : database(std::move(store)), system_(config_) {
  system_.await_actors_before_shutdown(false);
  // Time zero is a special case that no program ever sees.
  coordinator().advance_time(std::chrono::hours{1});
  auto made = std::make_shared<node>();
  made->config = std::move(config);
  made->version = "Convoy test";
  made->key = std::string(32, 'k');
  made->decoy_hash = hash_password("nobody's", made->config.cost);
  made->connector = &connector;
  made->process_figures = [] {
    return std::vector<std::pair<const char*, double>>{{"cpu_seconds", 1.5}};
  };
  made->wall_clock = [this] {
    return wall;
  };
  made->meters = &counts.instruments();
  writer = system_.spawn(archive, database, made->meters);
  made->archive = wrap ? wrap(system_, writer) : writer;
  made->readers = {system_.spawn(archive_reader, database)};
  made->hasher = system_.spawn(hasher, made->config.cost);
  made->dialer = system_.spawn(
      dialer, dialer_start{made->config.connect_delay, made->wall_clock,
                           made->archive, database->sts_policies()});
  made->channel_lists = system_.spawn(channel_lists, max_listed_networks);
  made->directory = system_.spawn(directory, std::weak_ptr<const node>{made});
  made->store_watch =
      system_.spawn(store_watch, made->archive, made->directory);
  if (join)
    join(system_, made);
  made->profiles = system_.spawn(
      profiles, profiles_start{made->archive, made->directory,
                               database->profiles(), made->post_office});
  made->doorman =
      system_.spawn(doorman, doorman_start{made->config.login_burst,
                                           made->config.login_interval});
  made->last_use = system_.spawn(last_use, made->archive);
  made->site = system_.spawn(
      site, site_start{made->archive, made->directory, site_of(made->config),
                       database->site(), made->post_office});
  home = made;
  gateway = make_gateway(system_, home);
}

deterministic::~deterministic() {
  leave();
  CHECK(system_.registry().running() == 0);
}

void deterministic::leave() {
  held_.clear();
  for (const auto& each :
       {home->archive, writer, home->store_watch, home->hasher, home->dialer,
        home->profiles, home->channel_lists, home->doorman, home->last_use,
        home->site, home->readers[0], home->post_office, home->homes,
        home->lease, home->registry})
    if (each)
      keep_.push_back(each);
  for (const auto& each : sockets_)
    each->gone();
  {
    caf::scoped_actor self{system_};
    self->send(home->directory, stop_node{});
    settle();
  }
  for (const auto& each : keep_)
    caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(home->directory, caf::exit_reason::user_shutdown);
  settle();
  for (const auto& each : connector.links)
    each->end();
  settle();
}

// -- what happens -----------------------------------------------------------

void deterministic::run() {
  auto& jobs = coordinator();
  jobs.run_jobs_filtered(
      [this](const caf::resumable* job) { return held_.count(job) == 0; });
}

void deterministic::settle() {
  for (auto busy = true; busy;) {
    run();
    busy = false;
    for (const auto& each : std::vector(connector.links)) {
      const auto has_news =
          each->observer
          && (each->closing || each->told_mark != each->last_mark);
      if (!has_news)
        continue;
      busy = true;
      each->flush();
      if (each->closing)
        each->end();
    }
  }
}

void deterministic::pass(caf::timespan time) {
  wall += std::chrono::duration_cast<std::chrono::microseconds>(time);
  coordinator().advance_time(time);
  settle();
}

void deterministic::hold(const caf::actor& who) {
  held_.insert(job_of(who));
}

void deterministic::let_go(const caf::actor& who) {
  held_.erase(job_of(who));
}

std::size_t deterministic::pending_timers() {
  auto& clock =
      static_cast<caf::detail::simple_actor_clock&>(coordinator().clock());
  return clock.schedule().size();
}

// -- people -----------------------------------------------------------------

protocol::user_id deterministic::add_user(const std::string& email,
                                          const std::string& token) {
  protocol::account fresh;
  fresh.email = email;
  fresh.stream = "stream of " + email;
  fresh.registered = wall;
  fresh.password_hash = hash_password("correct horse", password_cost::minimum);
  database->create_account(fresh, true);
  database->create_session({hash_token(token), fresh.id, wall,
                            wall + std::chrono::hours{1000}, "192.0.2.1",
                            "test"});
  return fresh.id;
}

void deterministic::add_connection(
    protocol::user_id user, const std::vector<std::string>& conversations,
    bool wanted, const std::string& url) {
  create_connection wish{url, "", {}, wanted};
  auto record = std::get<protocol::connection_record>(
      make_connection_record(wish, "ann@example.org"));
  record.name = "example";
  for (const auto& each : conversations)
    add_conversation(record, each, "");
  database->put_connection(user, record);
  store::journal_batch batch;
  batch.user = user;
  for (const auto& each : record.conversations)
    batch.changed.emplace_back(record.id, each);
  database->append({&batch});
}

std::shared_ptr<fake_websocket>
deterministic::open_socket(const std::string& token, const std::string& ts) {
  protocol::http_request request;
  request.session = token;
  request.host = "chat.example.org";
  request.remote_address = "192.0.2.7";
  if (!ts.empty())
    request.query.emplace_back("ts", ts);
  auto link = std::make_shared<fake_websocket>();
  link->observer = gateway->on_websocket(request, link);
  sockets_.push_back(link);
  settle();
  return link;
}

fake_irc_link& deterministic::welcome() {
  auto& link = connector.last();
  link.accept();
  settle();
  link.tell(":irc.example.net 001 ann :Welcome");
  settle();
  link.tell({":ann!a@host JOIN #room",
             ":irc.example.net 366 ann #room :End of /NAMES list."});
  settle();
  link.take();
  link.resumed = 0;
  return link;
}

protocol::http_response deterministic::rest(protocol::http_request request) {
  std::vector<protocol::http_response> answers;
  gateway->on_request(std::move(request), [&](protocol::http_response one) {
    answers.push_back(std::move(one));
  });
  settle();
  REQUIRE(answers.size() == 1);
  return answers[0];
}

protocol::http_response deterministic::rest(const std::string& method,
                                            const std::string& target,
                                            const std::string& body,
                                            const std::string& token) {
  protocol::http_request request;
  request.method = method;
  REQUIRE(protocol::parse_target(target, request));
  request.body = body;
  request.content_type = body.empty() ? "" : "application/json";
  request.session = token;
  request.host = "chat.example.org";
  request.remote_address = "192.0.2.8";
  return rest(std::move(request));
}

caf::actor deterministic::user_actor(protocol::user_id id) {
  caf::scoped_actor self{system_};
  self->send(home->directory, find_user{id});
  settle();
  caf::actor result;
  self->receive([&](const caf::actor& found) { result = found; });
  return result;
}

} // namespace convoy::actors

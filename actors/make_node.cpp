// SPDX-License-Identifier: Apache-2.0
#include "actors/make_node.hpp"

#include "actors/account_watch.hpp"
#include "actors/archive.hpp"
#include "actors/channel_lists.hpp"
#include "actors/cleaner.hpp"
#include "actors/dialer.hpp"
#include "actors/directory.hpp"
#include "actors/doorman.hpp"
#include "actors/hasher.hpp"
#include "actors/homes.hpp"
#include "actors/last_use.hpp"
#include "actors/messages.hpp"
#include "actors/post_office.hpp"
#include "actors/profiles.hpp"
#include "actors/secrets.hpp"
#include "actors/site.hpp"
#include "actors/site_wish.hpp"
#include "actors/store_watch.hpp"
#include "net/log.hpp"

#include <caf/actor_system.hpp>
#include <caf/scoped_actor.hpp>

#include <functional>
#include <utility>

namespace convoy::actors {

namespace {

/// Asks `who` for something that it answers with `true` once it is done.
template <class Message>
void wait_for(caf::scoped_actor& self, const caf::actor& who, Message what,
              std::chrono::milliseconds patience, const char* failure) {
  self->request(who, patience, std::move(what))
      .receive([](bool) {},
               [&](const caf::error& why) {
                 net::log::error(failure,
                                 {{"reason", self->home_system().render(why)}});
               });
}

/// What a node has where others use its store too; whom nobody else knows.
caf::actor join_fleet(caf::actor_system& system,
                      const std::shared_ptr<node>& home, lease_start how,
                      node_stores& stores) {
  const std::weak_ptr<const node> there{home};
  home->registry =
      system.spawn<caf::detached>(archive_reader, std::move(stores.registry));
  homes_start placing{how.lease, std::hash<std::string>{}(how.name),
                      home->config.rebalance};
  if (!how.is_alone)
    placing.first_wait = first_look(how.lease);
  home->homes = system.spawn(homes, there, placing);
  if (home->bus)
    home->post_office = system.spawn(post_office, there);
  const auto runner =
      system.spawn<caf::detached>(archive_reader, std::move(stores.lease));
  how.runner = runner;
  // It tells the others when they may begin: last.
  home->lease = system.spawn(lease, there, std::move(how));
  return runner;
}

} // namespace

running_node make_node(caf::actor_system& system, node_parts parts) {
  auto home = std::make_shared<node>(std::move(parts.shared));
  auto& stores = parts.stores;
  const auto& config = home->config;
  home->decoy_hash = hash_password(random_token(), config.cost);
  auto policies = stores.writer->sts_policies();
  auto all_profiles = stores.writer->profiles();
  auto site_now = stores.writer->site();
  auto standing = stores.writer->user_standing();
  home->archive = system.spawn<caf::detached>(archive, std::move(stores.writer),
                                              home->meters);
  for (auto& reader : stores.readers)
    home->readers.push_back(
        system.spawn<caf::detached>(archive_reader, std::move(reader)));
  home->hasher = system.spawn<caf::detached>(hasher, config.cost);
  home->channel_lists = system.spawn(channel_lists, max_listed_networks);
  home->directory = system.spawn(directory, std::weak_ptr<const node>{home});
  home->store_watch = system.spawn(store_watch, home->archive, home->directory);
  std::vector<caf::actor> helpers;
  if (parts.lease)
    helpers.push_back(
        join_fleet(system, home, std::move(*parts.lease), stores));
  home->dialer = system.spawn(
      dialer, dialer_start{config.connect_delay, home->wall_clock,
                           home->archive, std::move(policies), home->registry});
  home->profiles = system.spawn(
      profiles, profiles_start{home->archive, home->directory,
                               std::move(all_profiles), home->post_office});
  home->doorman = system.spawn(
      doorman,
      doorman_start{config.login_burst, config.login_interval, home->registry});
  home->site = system.spawn(
      site, site_start{home->archive, home->directory, site_of(config),
                       std::move(site_now), home->post_office});
  home->last_use = system.spawn(last_use, home->archive);
  helpers.push_back(
      system.spawn(cleaner, cleaner_start{home->archive, home->wall_clock,
                                          config, home->homes}));
  helpers.push_back(system.spawn(
      account_watch,
      account_watch_start{home->reader(0), home->directory,
                          parts.account_check_interval, std::move(standing)}));
  return {std::move(home), std::move(helpers)};
}

void open_node(const running_node& what) {
  if (!what.home->homes)
    caf::anon_send(what.home->directory, start_wanted{});
}

void drain(caf::actor_system& system, const running_node& what,
           std::chrono::milliseconds patience) {
  const auto& home = *what.home;
  if (!home.homes)
    return;
  caf::scoped_actor self{system};
  self->send(home.lease, drain_node{});
  self->send(home.homes, drain_node{});
  wait_for(self, home.directory, drain_node{}, patience, "node-not-drained");
}

void end_node(caf::actor_system& system, const running_node& what,
              std::chrono::milliseconds patience) {
  const auto& home = *what.home;
  caf::scoped_actor self{system};
  wait_for(self, home.directory, stop_node{}, patience, "users-did-not-leave");
  if (home.lease)
    wait_for(self, home.lease, stop_node{}, patience, "lease-not-given-up");
  for (const auto& actor :
       {home.archive, home.store_watch, home.hasher, home.dialer, home.profiles,
        home.channel_lists, home.doorman, home.last_use, home.site,
        home.registry, home.lease, home.homes, home.post_office})
    if (actor)
      self->send_exit(actor, caf::exit_reason::user_shutdown);
  for (const auto& actor : home.readers)
    self->send_exit(actor, caf::exit_reason::user_shutdown);
  for (const auto& actor : what.helpers)
    self->send_exit(actor, caf::exit_reason::user_shutdown);
}

} // namespace convoy::actors

// SPDX-License-Identifier: Apache-2.0
#include "scram_server.hpp"
#include "stage.hpp"
#include "websocket_peer.hpp"

#include <algorithm>
#include <fstream>

namespace convoy::scenarios {

namespace {

void publish_server(stage& on, const std::string& name, const std::string& host,
                    std::uint16_t port) {
  on.names.set(name + ".host", host);
  on.names.set(name + ".port", std::to_string(port));
}

/// The next item of a peer. @throws failure when none comes.
std::string next_item(stage& on, peer& from, const std::string& name,
                      const std::string& expected) {
  if (!on.wait([&] { return !from.inbox.empty() || from.closed; })
      || from.inbox.empty())
    throw failure("expected\n    " + expected + "\nbut got "
                      + (from.closed ? "the end of the connection ("
                                           + std::to_string(*from.closed) + ")"
                                     : std::string("nothing in time")),
                  name);
  return from.take();
}

failure unexpected(const std::string& name, const std::string& expected,
                   const std::string& got, const std::string& difference) {
  return failure("expected\n    " + expected + "\nbut got\n    "
                     + printable(got) + "\n    (" + difference + ')',
                 name);
}

void expect(stage& on, peer& from, const std::string& name,
            const std::string& expected) {
  for (;;) {
    auto item = next_item(on, from, name, expected);
    auto difference = from.differs(expected, item, on.names);
    if (!difference)
      return;
    if (!from.loose)
      throw unexpected(name, expected, item, *difference);
  }
}

void expect_close(stage& on, peer& from, const std::string& name,
                  const std::string& code) {
  auto expected = name + " closed " + code;
  // Whatever comes before the end has to be expected by a step of its own.
  if (!on.wait(
          [&] { return from.closed || (!from.loose && !from.inbox.empty()); }))
    throw failure("expected\n    " + expected + "\nbut it stays open", name);
  if (!from.loose && !from.inbox.empty())
    throw unexpected(name, expected, from.take(), "still talking");
  if (!code.empty() && code != std::to_string(*from.closed))
    throw failure("expected\n    " + expected + "\nbut got\n    "
                      + std::to_string(*from.closed),
                  name);
}

void expect_nothing(stage& on, peer& from, const std::string& name) {
  auto token = from.send_fence();
  auto item = next_item(on, from, name, "the pong of " + token);
  if (!from.is_fence(item, token))
    throw unexpected(name, "nothing until the pong of " + token, item,
                     "it came before the pong");
}

void expect_ping(stage& on, peer& from, const std::string& name) {
  if (!on.wait([&] { return from.pings > 0; }))
    throw failure("expected\n    " + name + " pinged\nbut no ping came in time",
                  name);
  from.pings = 0;
}

websocket_peer& websocket_of(peer& who, const std::string& verb) {
  auto socket = dynamic_cast<websocket_peer*>(&who);
  if (!socket)
    throw script_error("only a WebSocket has " + verb);
  return *socket;
}

void expect_certificate(stage& on, peer& from, const std::string& name,
                        const std::string& expected) {
  auto client = dynamic_cast<line_peer*>(&from);
  if (!client)
    throw script_error("only a client of an IRC server shows a certificate");
  auto shown = client->certificate();
  if (auto difference = from.differs(expected, shown, on.names))
    throw unexpected(name, "the certificate " + expected, shown, *difference);
}

/// The rest of what follows `AUTHENTICATE `, decoded.
std::string next_proof(stage& on, peer& from, const std::string& name) {
  constexpr std::string_view start = "AUTHENTICATE ";
  const auto line = next_item(on, from, name, "AUTHENTICATE *");
  if (!line.starts_with(start))
    throw unexpected(name, "AUTHENTICATE *", line, "not SASL");
  return from_base64(line.substr(start.size()));
}

/// Plays the server's side of SCRAM with a client that has just chosen it.
void play_scram(stage& on, peer& with, const std::string& name,
                const std::string& rest) {
  const auto [hash, password] = first_word(on.names.expand(rest));
  scram_server server(hash, password);
  expect(on, with, name, "AUTHENTICATE SCRAM-" + hash);
  with.send("AUTHENTICATE +");
  with.send("AUTHENTICATE "
            + to_base64(server.challenge(next_proof(on, with, name))));
  const auto proof = next_proof(on, with, name);
  const auto answer = server.verify(proof);
  if (!answer)
    throw unexpected(name, "a proof of the password", proof, "it is none");
  with.send("AUTHENTICATE " + to_base64(*answer));
  expect(on, with, name, "AUTHENTICATE +");
}

struct expectation {
  const step* line;
  std::string name;
  std::string expected;
};

/// Takes the first of `open` that the next item of a peer fulfils.
/// @throws failure when it fulfils none and the peer is strict.
void settle(stage& on, std::vector<expectation>& open, peer& from,
            const std::string& name) {
  auto item = from.take();
  std::string differences;
  for (auto at = open.begin(); at != open.end(); ++at) {
    if (at->name != name)
      continue;
    auto difference = from.differs(at->expected, item, on.names);
    if (!difference) {
      open.erase(at);
      return;
    }
    differences += "\n      line " + std::to_string(at->line->where.line) + ": "
                   + *difference;
  }
  if (!from.loose)
    throw unexpected(name, "one of the unordered lines", item, differences);
}

} // namespace

void talk(stage& on, const std::string& name, const std::string& rest) {
  auto& from = on.who(name);
  auto [verb, text] = first_word(rest);
  if (verb == "<")
    expect(on, from, name, text);
  else if (verb == ">")
    from.send(on.names.expand(text));
  else if (verb == ">bytes")
    from.send_bytes(on.names.expand(unescape(text)));
  else if (verb == ">binary")
    from.send_binary(on.names.expand(unescape(text)));
  else if (verb == ">ping")
    websocket_of(from, verb).send_ping(on.names.expand(text));
  else if (verb == "deaf")
    websocket_of(from, verb).turn_deaf();
  else if (verb == "closed")
    expect_close(on, from, name, text);
  else if (verb == "pinged")
    expect_ping(on, from, name);
  else if (verb == "nothing" && text == "until pong")
    expect_nothing(on, from, name);
  else if (verb == "loose" || verb == "strict")
    from.loose = verb == "loose";
  else if (verb == "scram")
    play_scram(on, from, name, text);
  else if (verb == "shows")
    expect_certificate(on, from, name, text);
  else if (verb == "close")
    from.close();
  else if (verb != "connected")
    throw script_error(name + " cannot " + rest);
}

void unordered(stage& on, const step& line, const std::string&) {
  std::vector<expectation> open;
  for (const auto& child : line.children) {
    auto [name, rest] = first_word(child.text);
    auto [verb, text] = first_word(rest);
    if (verb != "<")
      throw script_error("unordered { … } holds expectations only");
    open.push_back({&child, name, text});
  }
  while (!open.empty()) {
    peer* from = nullptr;
    std::string name;
    bool came = on.wait([&] {
      for (const auto& each : open) {
        auto& candidate = on.who(each.name);
        if (!candidate.inbox.empty() || candidate.closed) {
          from = &candidate;
          name = each.name;
        }
      }
      return from != nullptr;
    });
    if (!came || from->inbox.empty())
      throw failure("expected\n    " + open.front().name + " < "
                        + open.front().expected
                        + (came ? "\nbut the connection ended"
                                : "\nbut nothing came in time"),
                    open.front().name);
    settle(on, open, *from, name);
  }
}

void make_irc_server(stage& on, const step&, const std::string& rest) {
  auto options = words(on.names.expand(rest));
  constexpr auto usage = "irc NAME [tls] [for=HOST] [at=OTHER]";
  if (options.empty())
    throw script_error(usage);
  const auto& name = options[0];
  // One address each, so that connection ids differ.
  auto host = "127.0.0." + std::to_string(on.servers.size() + 1);
  auto holder = host;
  bool tls = false;
  for (std::size_t i = 1; i < options.size(); ++i) {
    if (options[i].starts_with("at=")) {
      host = on.names.expand("$" + options[i].substr(3) + ".host");
      continue;
    }
    tls = true;
    if (options[i].starts_with("for="))
      holder = options[i].substr(4);
    else if (options[i] != "tls")
      throw script_error(usage);
  }
  certificate identity;
  if (tls) {
    identity = make_certificate(holder);
    auto file = on.directory.path() + '/' + name + ".pem";
    std::ofstream(file) << identity.pem;
    on.names.set(name + ".ca", file);
    on.names.set(name + ".sha256", identity.sha256);
  }
  auto& server = on.servers[name];
  server = std::make_unique<irc_server>(on.loop.io(), host,
                                        tls ? &identity : nullptr);
  publish_server(on, name, host, server->port());
}

namespace {

void make_real(stage& on, const std::string& rest, real_server::kind what) {
  auto name = first_word(rest).first;
  auto path = on.directory.path() + '/' + name;
  auto& server = on.real_servers[name];
  server = std::make_unique<real_server>(on.loop, what, path, on.limit);
  publish_server(on, name, "127.0.0.1", server->port());
  on.names.set(name + ".plain", std::to_string(server->plain_port()));
  on.names.set(name + ".ca", path + "/ca.pem");
}

irc_server& server_of(stage& on, const std::string& name) {
  auto found = on.servers.find(name);
  if (found == on.servers.end())
    throw script_error("no IRC server is called " + name);
  return *found->second;
}

} // namespace

void make_ngircd(stage& on, const step&, const std::string& rest) {
  make_real(on, rest, real_server::kind::ngircd);
}

void make_inspircd(stage& on, const step&, const std::string& rest) {
  make_real(on, rest, real_server::kind::inspircd);
}

void make_hybrid(stage& on, const step&, const std::string& rest) {
  make_real(on, rest, real_server::kind::hybrid);
}

void start_services(stage& on, const step&, const std::string& rest) {
  auto found = on.real_servers.find(first_word(rest).first);
  if (found == on.real_servers.end())
    throw script_error("no real server is called " + rest);
  found->second->start_services(on.limit);
}

void make_irc_client(stage& on, const step&, const std::string& rest) {
  auto [name, port] = first_word(rest);
  auto number =
      static_cast<std::uint16_t>(std::stoul("0" + on.names.expand(port)));
  on.peers[name] =
      std::make_unique<line_peer>(on.loop.io(), "127.0.0.1", number);
}

void drop(stage& on, const step&, const std::string& rest) {
  on.who(rest).drop();
}

void stall(stage& on, const step&, const std::string& rest) {
  on.who(rest).stall(true);
}

void unstall(stage& on, const step&, const std::string& rest) {
  on.who(rest).stall(false);
}

void refuse(stage& on, const step&, const std::string& rest) {
  server_of(on, rest).listen(false);
}

void accept(stage& on, const step&, const std::string& rest) {
  server_of(on, rest).listen(true);
}

} // namespace convoy::scenarios

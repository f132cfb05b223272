// SPDX-License-Identifier: Apache-2.0
#include "real_server_files.hpp"

#include <initializer_list>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace convoy::scenarios {

namespace {

/// `text` with what it says in `{braces}` about the place.
std::string fill(std::string text, const real_server_place& where) {
  const std::initializer_list<std::pair<std::string_view, std::string>> words{
      {"{directory}", where.directory},
      {"{tls}", std::to_string(where.tls)},
      {"{plain}", std::to_string(where.plain)},
      {"{services}", std::to_string(where.services)},
  };
  for (const auto& [word, value] : words)
    for (auto at = text.find(word); at != text.npos;
         at = text.find(word, at + value.size()))
      text.replace(at, word.size(), value);
  return text;
}

} // namespace

std::string ngircd_configuration(const real_server_place& where) {
  auto result = fill(R"([Global]
Name = ngircd.example
Info = Convoy test
Listen = 127.0.0.1
Ports = {plain}
MotdPhrase = Hello
{user}
[Limits]
MaxConnectionsIP = 0
[Options]
DNS = no
Ident = no
PAM = no
SyslogFacility = local1
)",
                     where);
  // Started by root it has to become somebody else.
  result.replace(result.find("{user}"), 6,
                 ::geteuid() == 0 ? "ServerUID = nobody\nServerGID = nogroup"
                                  : "");
  return result;
}

std::string inspircd_configuration(const real_server_place& where) {
  return fill(R"(<server name="inspircd.example" description="Convoy test"
        network="Example">
<admin name="a" nick="a" email="a@example.com">
<path datadir="{directory}" logdir="{directory}" runtimedir="{directory}">
<pid file="{directory}/inspircd.pid">
<dns server="127.0.0.1" timeout="1">
<class name="none" commands="">
<connect allow="*" timeout="60" pingfreq="120" resolvehostnames="no">
<module name="ssl_gnutls">
<sslprofile name="test" provider="gnutls" requestclientcert="yes"
            certfile="{directory}/ca.pem" keyfile="{directory}/key.pem">
<bind address="127.0.0.1" port="{tls}" type="clients" sslprofile="test">
<bind address="127.0.0.1" port="{plain}" type="clients">
<module name="botmode">
<module name="cap">
<module name="chanhistory">
<chanhistory maxlines="50" prefixmsg="no">
<module name="chghost">
<module name="hostchange">
<module name="ircv3">
<module name="ircv3_accounttag">
<module name="ircv3_batch">
<module name="ircv3_capnotify">
<module name="ircv3_chghost">
<module name="ircv3_ctctags">
<module name="ircv3_echomessage">
<module name="ircv3_invitenotify">
<module name="ircv3_labeledresponse">
<module name="ircv3_msgid">
<module name="ircv3_servertime">
<module name="monitor">
<module name="muteban">
<module name="namesx">
<module name="setname">
<module name="sslinfo">
<module name="uhnames">
<module name="customprefix">
<customprefix name="halfop" letter="h" prefix="%" rank="20000"
              ranktoset="30000">
<module name="deaf">
<module name="hidechans">
<module name="hideoper">
<module name="sasl">
<sasl target="services.example">
<module name="services_account">
<module name="servprotect">
<module name="svshold">
<module name="topiclock">
<module name="spanningtree">
<bind address="127.0.0.1" port="{services}" type="servers">
<link name="services.example" ipaddr="127.0.0.1" port="{services}"
      allowmask="127.0.0.1" sendpass="link" recvpass="link">
<uline server="services.example" silent="yes">
)",
              where);
}

std::string hybrid_configuration(const real_server_place& where) {
  return fill(R"(serverinfo {
  name = "hybrid.example";
  description = "Convoy test";
  network_name = "Example";
  network_description = "Convoy test";
  default_max_clients = 100;
  tls_certificate_file = "{directory}/ca.pem";
  rsa_private_key_file = "{directory}/key.pem";
};
admin { name = "a"; description = "a"; email = "a@example.com"; };
class {
  name = "users";
  ping_time = 90 seconds;
  number_per_ip_local = 100;
  number_per_ip_global = 100;
  max_number = 100;
  sendq = 100 kbytes;
};
listen {
  host = "127.0.0.1";
  port = {plain};
  flags = tls;
  port = {tls};
};
auth { user = "*@*"; class = "users"; flags = no_tilde; };
general { throttle_count = 100; throttle_time = 1 second; disable_auth = yes; };
modules {
  path = "/usr/lib/ircd-hybrid/modules";
  path = "/usr/lib/ircd-hybrid/modules/autoload";
};
log { use_logging = yes; };
)",
              where);
}

std::string services_configuration(const real_server_place& where) {
  return fill(R"(loadmodule "modules/backend/opensex";
loadmodule "modules/crypto/posix";
loadmodule "modules/protocol/inspircd";
loadmodule "modules/nickserv/main";
loadmodule "modules/nickserv/cert";
loadmodule "modules/nickserv/ghost";
loadmodule "modules/nickserv/identify";
loadmodule "modules/nickserv/logout";
loadmodule "modules/nickserv/register";
loadmodule "modules/nickserv/set_core";
loadmodule "modules/chanserv/main";
loadmodule "modules/saslserv/main";
loadmodule "modules/saslserv/external";
loadmodule "modules/saslserv/plain";
serverinfo {
  name = "services.example"; desc = "Convoy test"; numeric = "00A";
  netname = "Example"; hidehostsuffix = "users"; recontime = 1;
  adminname = "a"; adminemail = "a@example.com";
  registeremail = "a@example.com"; mta = "/bin/true"; auth = none;
  loglevel = { error; info; network; }; casemapping = rfc1459;
  maxlogins = 5; maxusers = 0; mdlimit = 30; emaillimit = 10; emailtime = 300;
};
uplink "inspircd.example" {
  host = "127.0.0.1"; port = {services}; password = "link";
};
nickserv {
  nick = "NickServ"; user = "NickServ"; host = "services.example";
  real = "Nickname Services"; maxnicks = 5; expire = 30;
  aliases { }; access { };
};
chanserv {
  nick = "ChanServ"; user = "ChanServ"; host = "services.example";
  real = "Channel Services"; maxchans = 5; expire = 30;
  aliases { }; access { };
};
saslserv {
  nick = "SaslServ"; user = "SaslServ"; host = "services.example";
  real = "SASL Services";
};
general {
  helpchan = "#help"; helpurl = "https://services.example/"; silent;
  join_chans; leave_chans; uflags = { hidemail; }; cflags = { guard; };
  flood_msgs = 0; flood_time = 10; kline_time = 7; clone_time = 0;
  commit_interval = 5; immune_level = immune; vhost_change = 30;
  ratelimit_uses = 0; ratelimit_period = 0;
};
)",
              where);
}

} // namespace convoy::scenarios

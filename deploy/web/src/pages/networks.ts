// SPDX-License-Identifier: Apache-2.0
// Networks that many people are on.
import type { Key } from "../text/i18n";

export interface Network {
  id: string;
  name: string;
  host: string;
  port: number;
  tls: boolean;
  about: Key;
}

const securePort = 6697;
const plainPort = 6667;

const secure = (id: string, name: string, host: string, about: Key): Network => ({
  id,
  name,
  host,
  port: securePort,
  tls: true,
  about,
});

const plain = (id: string, name: string, host: string, about: Key): Network => ({
  id,
  name,
  host,
  port: plainPort,
  tls: false,
  about,
});

export const networks: readonly Network[] = [
  secure("libera", "Libera.Chat", "irc.libera.chat", "network.libera"),
  secure("oftc", "OFTC", "irc.oftc.net", "network.oftc"),
  secure("hackint", "hackint", "irc.hackint.org", "network.hackint"),
  secure("esper", "EsperNet", "irc.esper.net", "network.esper"),
  secure("rizon", "Rizon", "irc.rizon.net", "network.rizon"),
  secure("dalnet", "DALnet", "irc.dal.net", "network.dalnet"),
  secure("efnet", "EFnet", "irc.efnet.org", "network.efnet"),
  plain("undernet", "Undernet", "irc.undernet.org", "network.undernet"),
  plain("quakenet", "QuakeNet", "irc.quakenet.org", "network.quakenet"),
  plain("ircnet", "IRCnet", "open.ircnet.net", "network.ircnet"),
  secure("snoonet", "Snoonet", "irc.snoonet.org", "network.snoonet"),
  secure("tilde", "tilde.chat", "irc.tilde.chat", "network.tilde"),
];

// SPDX-License-Identifier: Apache-2.0
// The sections of a person's settings.
import type { ComponentType, VNode } from "preact";
import { useEffect } from "preact/hooks";

import { go, places } from "../places";
import MissingPage from "./missing";
import { AccountSection } from "./account_section";
import { ConnectionsSection } from "./connections_section";
import { DevicesSection } from "./devices_section";
import { FilesSection } from "./files_section";
import { LooksSection } from "./looks_section";
import { NotifySection } from "./notify_section";
import { SettingsFrame } from "./settings_frame";
import { TokensSection } from "./tokens_section";
import { WordsSection } from "./words_section";

const sections: Readonly<Record<string, ComponentType>> = {
  account: AccountSection,
  connections: ConnectionsSection,
  devices: DevicesSection,
  files: FilesSection,
  looks: LooksSection,
  notifications: NotifySection,
  tokens: TokensSection,
  words: WordsSection,
};

/** The node sends people here who follow an `irc:` link to a network that they have. */
function JoinFromLink(): null {
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    const connection = query.get("connection_id") ?? "";
    const conversation = query.get("conversation_id") ?? "";
    const name = conversation === "" || /^[#&+!]/.test(conversation) ? conversation : `#${conversation}`;
    go(`${places.channels(connection)}?find=${encodeURIComponent(name)}`, true);
  }, []);
  return null;
}

export default function SettingsPage({ section }: { section: string }): VNode {
  if (section === "conversation") return <JoinFromLink />;
  const Section = Object.hasOwn(sections, section) ? sections[section] : undefined;
  if (!Section) return <MissingPage />;
  return (
    <SettingsFrame section={section}>
      <Section />
    </SettingsFrame>
  );
}

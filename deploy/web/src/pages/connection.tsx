// SPDX-License-Identifier: Apache-2.0
// Adding a connection: first the network, then who one is there; and changing one.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { findConnection, user } from "../live/state";
import { places } from "../places";
import { t } from "../text/i18n";
import { EmptyState, PageHeader } from "../ui/blocks";
import { ButtonLink } from "../ui/button";
import { AddConnectionForm } from "./connection_add";
import { EditConnection } from "./connection_edit";
import { blankConnection, readConnectionUrl, type ConnectionFields } from "./connection_url";
import { NetworkList, type Choice } from "./network_list";
import { SettingsFrame } from "./settings_frame";

/** A nick to begin with: what is before the `@` of the email. */
const guessedNick = (email: string): string => (email.split("@")[0] ?? "").replace(/[^\w[\]\\`^{}|-]/g, "_");

function Adding({ uri }: { uri: string | undefined }): VNode {
  const who = user.value;
  const forced = who?.forced_connection ? who.default_connection : undefined;
  const chosen = useSignal<Choice | undefined>(undefined);
  const given = readConnectionUrl(uri ?? forced ?? "");
  const choice: Choice | undefined = chosen.value ?? (given && { name: given.host, fields: given, isOther: false });
  if (!choice)
    return (
      <>
        <PageHeader title={t("connection.add_title")} about={t("connection.add_about")} />
        <NetworkList
          onChoose={(next) => {
            chosen.value = next;
          }}
        />
      </>
    );
  const fields: ConnectionFields = { ...blankConnection, ...choice.fields };
  if (fields.nick === "") fields.nick = guessedNick(who?.email ?? "");
  return (
    <AddConnectionForm
      name={choice.name}
      fields={fields}
      isOther={choice.isOther}
      isForced={forced !== undefined}
      {...(chosen.value
        ? {
            onBack: () => {
              chosen.value = undefined;
            },
          }
        : {})}
    />
  );
}

export default function ConnectionPage({ id, uri }: { id?: string; uri?: string }): VNode {
  const connection = id === undefined ? undefined : findConnection(id);
  return (
    <SettingsFrame section="connections">
      {id === undefined && <Adding uri={uri} />}
      {connection && <EditConnection connection={connection} key={connection.id} />}
      {id !== undefined && !connection && (
        <EmptyState icon="server" title={t("connection.gone")}>
          <ButtonLink href={places.settings("connections")}>{t("connections.title")}</ButtonLink>
        </EmptyState>
      )}
    </SettingsFrame>
  );
}

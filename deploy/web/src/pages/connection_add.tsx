// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { createConnection } from "../api/connections";
import { notConnected } from "../live/holding";
import type { Connection } from "../live/models";
import { takeConnection } from "../live/state";
import { go, places } from "../places";
import { t } from "../text/i18n";
import { PageHeader } from "../ui/blocks";
import { Button } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { Field } from "../ui/field";
import { Form, useForm } from "../ui/form";
import { commandsOf, LoginFields, MoreFields, placed, ServerFields } from "./connection_fields";
import { writeConnectionUrl, type ConnectionFields } from "./connection_url";

/** Where somebody is shown who comes to a network: the channel, which the node has yet to join. */
function begin(connection: Connection, channel: string): string {
  const known = connection.find(channel);
  if (known) return known.id;
  const conversation = connection.conversation(channel);
  conversation.frozen.value = notConnected;
  return conversation.id;
}

export function AddConnectionForm(props: {
  name: string;
  fields: ConnectionFields;
  isOther: boolean;
  /** There may be no other server. */
  isForced: boolean;
  onBack?: () => void;
}): VNode {
  const { name, fields, isOther, isForced, onBack } = props;
  const form = useForm({ ...fields, commands: "" }, async (values) => {
    const channel = values.channel.trim();
    const conversation = channel === "" || /^[#&+!]/.test(channel) ? channel : `#${channel}`;
    try {
      const made = await createConnection({
        url: writeConnectionUrl(values),
        conversation_id: conversation,
        on_connect_commands: commandsOf(values.commands),
      });
      // A key may stand behind the channel.
      const id = begin(takeConnection(made), conversation.split(" ")[0] ?? "");
      go(places.conversation(made.connection_id, id));
    } catch (why) {
      throw placed(why);
    }
  });
  const host = name || form.values.value.host;
  return (
    <>
      <PageHeader title={host ? t("connection.join_title", { name: host }) : t("network.other")}>
        {onBack && (
          <Button icon="back" onClick={onBack}>
            {t("connection.other_choice")}
          </Button>
        )}
      </PageHeader>
      <Form state={form}>
        {isOther && <ServerFields form={form} />}
        <div class="field-row">
          <Field
            label={t("connection.nick")}
            hint={t("connection.nick_hint")}
            dir="auto"
            autofocus={!isOther}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            {...form.text("nick")}
          />
          <Field
            label={t("connection.channel")}
            hint={t("connection.channel_hint")}
            placeholder="#convoy"
            dir="auto"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            {...form.text("channel")}
          />
        </div>
        <Disclosure title={t("connection.login")}>
          <LoginFields form={form} isKept={false} />
        </Disclosure>
        {!isOther && !isForced && (
          <Disclosure title={t("connection.server")}>
            <ServerFields form={form} />
          </Disclosure>
        )}
        <Disclosure title={t("connection.advanced")}>
          <MoreFields form={form} />
        </Disclosure>
        <div class="buttons">
          <Button type="submit" look="primary" busy={form.busy.value}>
            {t("connection.submit")}
          </Button>
        </div>
      </Form>
    </>
  );
}

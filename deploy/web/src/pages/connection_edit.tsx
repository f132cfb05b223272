// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { removeConnection, updateConnection } from "../api/connections";
import type { ConnectionInfo } from "../api/types";
import type { Connection } from "../live/models";
import { dropConnection, takeConnection } from "../live/state";
import { go, places } from "../places";
import { t } from "../text/i18n";
import { PageHeader, Section } from "../ui/blocks";
import { Button, ButtonLink } from "../ui/button";
import { confirmed } from "../ui/dialog";
import { Disclosure } from "../ui/disclosure";
import { Field } from "../ui/field";
import { Form, useForm } from "../ui/form";
import { toast, toastProblem } from "../ui/toast";
import { commandsOf, LoginFields, MoreFields, placed, ServerFields } from "./connection_fields";
import { StateBadge, StateButton, StateReason } from "./connection_state";
import { blankConnection, readConnectionUrl, writeConnectionUrl } from "./connection_url";

async function remove(connection: Connection): Promise<void> {
  const isSure = await confirmed({
    title: t("connection.remove_question", { name: connection.name.peek() }),
    text: t("connection.remove_about"),
    action: t("remove"),
    fatal: true,
  });
  if (!isSure) return;
  try {
    await removeConnection(connection.id);
    dropConnection(connection.id);
    go(places.settings("connections"));
  } catch (why) {
    toastProblem(why);
  }
}

function Fact({ name, value }: { name: string; value: string | undefined }): VNode | null {
  if (!value) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd class="mono">
        <bdi>{value}</bdi>
      </dd>
    </>
  );
}

function Facts({ info }: { info: ConnectionInfo }): VNode {
  const { socket } = info;
  const capabilities = Object.keys(info.capabilities).filter((name) => info.capabilities[name]);
  const words = socket && (socket.tls ? t("connection.encrypted") : t("connection.plain"));
  return (
    <dl class="facts">
      <Fact name={t("connection.fact_host")} value={info.real_host} />
      <Fact name={t("connection.fact_address")} value={socket && `${socket.address} ${socket.port} (${words})`} />
      <Fact name={t("connection.fact_account")} value={info.authenticated ? t("yes") : t("no")} />
      <Fact name={t("connection.fact_version")} value={info.version} />
      <Fact name={t("connection.fact_fingerprint")} value={info.certificate?.fingerprint} />
      <Fact name={t("connection.fact_capabilities")} value={capabilities.join(" ")} />
    </dl>
  );
}

export function EditConnection({ connection }: { connection: Connection }): VNode {
  const fields = readConnectionUrl(connection.url.peek()) ?? blankConnection;
  const form = useForm(
    { ...fields, commands: connection.onConnectCommands.peek().join("\n") },
    async (values) => {
      try {
        takeConnection(
          await updateConnection(connection.id, {
            url: writeConnectionUrl(values, connection.url.peek()),
            on_connect_commands: commandsOf(values.commands),
          }),
        );
        form.set("password", "");
        toast(t("saved"));
      } catch (why) {
        throw placed(why);
      }
    },
  );
  return (
    <>
      <PageHeader
        title={t("connection.edit_title", { name: connection.name.value })}
        about={
          <span class="buttons">
            <StateBadge connection={connection} />
            <StateReason connection={connection} />
          </span>
        }
      >
        <div class="buttons">
          <ButtonLink href={places.conversation(connection.id, "")} icon="chat">
            {t("connection.open")}
          </ButtonLink>
          <ButtonLink href={places.channels(connection.id)} icon="list">
            {t("connection.channels")}
          </ButtonLink>
          <StateButton connection={connection} />
        </div>
      </PageHeader>
      <Form state={form}>
        <Field
          label={t("connection.nick")}
          hint={t("connection.nick_hint")}
          dir="auto"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          {...form.text("nick")}
        />
        <ServerFields form={form} />
        <Disclosure title={t("connection.login")} open={fields.login !== "none"}>
          <LoginFields form={form} isKept />
        </Disclosure>
        <Disclosure title={t("connection.advanced")} open={connection.onConnectCommands.peek().length > 0}>
          <MoreFields form={form} />
        </Disclosure>
        <div class="buttons">
          <Button type="submit" look="primary" busy={form.busy.value}>
            {t("connection.save")}
          </Button>
        </div>
      </Form>
      <Section title={t("connection.facts")}>
        <Facts info={connection.info.value} />
      </Section>
      <Section title={t("connection.remove")} about={t("connection.remove_about")}>
        <div class="buttons">
          <Button look="danger" icon="trash" onClick={() => void remove(connection)}>
            {t("connection.remove")}
          </Button>
        </div>
      </Section>
    </>
  );
}

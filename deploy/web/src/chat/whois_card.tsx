// SPDX-License-Identifier: Apache-2.0
// What is known of somebody, and what can be done with them.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useEffect } from "preact/hooks";

import type { Whois } from "../api/types";
import { ask } from "../live/live";
import type { Connection, Conversation } from "../live/models";
import { findConnection } from "../live/state";
import { go, places } from "../places";
import { Formatted } from "../text/formatted";
import { duration } from "../text/sizes";
import { t } from "../text/i18n";
import { nickColour } from "../text/nick_colour";
import { reason } from "../text/reasons";
import { Badge, Loading, Notice } from "../ui/blocks";
import { Button } from "../ui/button";
import { confirmed, Dialog } from "../ui/dialog";
import { toast, toastProblem } from "../ui/toast";
import { cardOf } from "./view";

export function WhoisCard(): VNode | null {
  const of = cardOf.value;
  const connection = of && findConnection(of.connectionId);
  if (!of || !connection) return null;
  const close = () => {
    cardOf.value = null;
  };
  return <Card key={of.nick} connection={connection} nick={of.nick} conversation={of.conversation} onClose={close} />;
}

interface CardProps {
  connection: Connection;
  nick: string;
  conversation: Conversation | undefined;
  onClose: () => void;
}

function Card({ connection, nick, conversation, onClose }: CardProps): VNode {
  const found = useSignal<Whois | undefined>(undefined);
  const fault = useSignal("");
  useEffect(() => {
    ask(connection.id, conversation?.id ?? "", `/whois ${nick}`).then(
      (answer) => (found.value = answer as Whois),
      (why: unknown) => (fault.value = why instanceof Error && why.message ? reason(why.message) : t("reason.offline")),
    );
  }, [nick]);
  return (
    <Dialog title={<bdi class={nickColour(nick)}>{nick}</bdi>} onClose={onClose}>
      {fault.value !== "" && <Notice look="warning">{fault.value}</Notice>}
      {fault.value === "" && !found.value && <Loading />}
      {found.value && <Facts of={found.value} />}
      <CardActions connection={connection} nick={nick} conversation={conversation} onClose={onClose} />
    </Dialog>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </>
  );
}

function Facts({ of }: { of: Whois }): VNode {
  const channels = Object.keys(of.channels ?? {});
  return (
    <>
      <p class="card-badges" hidden={!(of.oper || of.bot || of.secure || of.away)}>
        {of.oper && <Badge look="warning">{t("chat.card.oper")}</Badge>}
        {of.bot && <Badge>{t("chat.bot")}</Badge>}
        {of.secure && <Badge look="good">{t("chat.card.secure")}</Badge>}
        {of.away && <Badge>{t("chat.away")}</Badge>}
      </p>
      <dl class="card-facts">
        {of.name && (
          <Fact name={t("chat.card.name")}>
            <Formatted text={of.name} />
          </Fact>
        )}
        {of.account && <Fact name={t("chat.card.account")}>{of.account}</Fact>}
        {of.away && (
          <Fact name={t("chat.away")}>
            <Formatted text={of.away} />
          </Fact>
        )}
        {of.host && (
          <Fact name={t("chat.card.host")}>
            <span class="irc-mono">
              {of.user}@{of.host}
            </span>
          </Fact>
        )}
        {of.server && <Fact name={t("chat.card.server")}>{[of.server, of.server_info].filter(Boolean).join(" – ")}</Fact>}
        {of.idle_for !== undefined && of.idle_for > 0 && <Fact name={t("chat.card.idle")}>{duration(of.idle_for)}</Fact>}
        {channels.length > 0 && <Fact name={t("chat.card.channels")}>{channels.join(", ")}</Fact>}
      </dl>
    </>
  );
}

function CardActions({ connection, nick, conversation, onClose }: CardProps): VNode {
  const isMe = connection.isOwn(nick);
  const own = conversation?.participants.find(connection.nick.value)?.mode ?? "";
  const mayLead = /[qaoh]/.test(own) && conversation?.participants.has(nick) === true && !isMe;

  const command = async (text: string, done?: string) => {
    try {
      await ask(connection.id, conversation?.id ?? "", text);
      if (done) toast(done);
      return true;
    } catch (why) {
      toastProblem(why);
      return false;
    }
  };
  const talk = async () => {
    if (!(await command(`/query ${nick}`))) return;
    connection.conversation(nick, nick);
    onClose();
    go(places.conversation(connection.id, nick.toLowerCase()));
  };
  const kick = async () => {
    const isWanted = await confirmed({ title: t("chat.kick_sure", { nick }), action: t("chat.kick"), fatal: true });
    if (isWanted && (await command(`/kick ${nick}`))) onClose();
  };
  return (
    <div class="card-actions">
      {!isMe && (
        <Button look="primary" icon="chat" onClick={() => void talk()}>
          {t("chat.talk_to")}
        </Button>
      )}
      {!isMe && (
        <Button icon="bellOff" onClick={() => void command(`/ignore ${nick}`, t("chat.ignored", { nick }))}>
          {t("chat.ignore")}
        </Button>
      )}
      {mayLead && (
        <>
          <Button onClick={() => void command(`/op ${nick}`)}>{t("chat.op")}</Button>
          <Button onClick={() => void command(`/voice ${nick}`)}>{t("chat.voice")}</Button>
          <Button look="danger" onClick={() => void kick()}>
            {t("chat.kick")}
          </Button>
        </>
      )}
    </div>
  );
}

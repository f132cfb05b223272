// SPDX-License-Identifier: Apache-2.0
// The topic, the modes and the bans of a channel. The server decides who may change them.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

import { ask } from "../live/live";
import type { Connection, Conversation } from "../live/models";
import { shortDate } from "../text/dates";
import { t } from "../text/i18n";
import { Button, IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Checkbox, Field, TextArea } from "../ui/field";
import { toast, toastProblem } from "../ui/toast";
import { modeCommand, parseModes, switches, type Modes } from "./channel_modes";

interface Ban {
  mask: string;
  by: string;
  ts: string | number;
}

interface Props {
  connection: Connection;
  conversation: Conversation;
  onClose: () => void;
}

export default function ChannelDialog({ conversation, onClose }: Props): VNode {
  const topic = useSignal(conversation.topic.peek());
  const before = useSignal<Modes | undefined>(undefined);
  const after = useSignal<Modes | undefined>(undefined);
  const bans = useSignal<readonly Ban[]>([]);
  const isBusy = useSignal(false);
  const command = (text: string) => ask(conversation.connectionId, conversation.id, text);

  useEffect(() => {
    void (async () => {
      try {
        const answer = await command("/mode");
        before.value = parseModes(String(answer.mode ?? ""), answer.params as string[] | undefined);
        after.value = before.value;
        const { banlist } = await command("/mode b");
        bans.value = (banlist as Ban[] | undefined) ?? [];
      } catch {
        // Without an answer there is nothing of it to be changed; the topic is there.
      }
    })();
  }, [conversation]);

  const change = (what: Partial<Modes>) => {
    if (after.value) after.value = { ...after.value, ...what };
  };

  const save = async (event: Event) => {
    event.preventDefault();
    isBusy.value = true;
    try {
      const wanted = topic.value.replace(/\s*\n\s*/g, " ").trim();
      if (wanted !== conversation.topic.peek()) await command(wanted === "" ? `/quote TOPIC ${conversation.name.peek()} :` : `/topic ${wanted}`);
      const modes = before.value && after.value && modeCommand(before.value, after.value);
      if (modes) await command(modes);
      toast(t("saved"));
      onClose();
    } catch (why) {
      toastProblem(why);
    }
    isBusy.value = false;
  };

  const unban = async (mask: string) => {
    try {
      await command(`/unban ${mask}`);
      bans.value = bans.value.filter((each) => each.mask !== mask);
    } catch (why) {
      toastProblem(why);
    }
  };

  const modes = after.value;
  return (
    <Dialog title={t("chat.settings_of", { name: conversation.name.value })} onClose={onClose}>
      <form class="form" onSubmit={save}>
        <TextArea label={t("chat.topic")} value={topic.value} onInput={(value) => (topic.value = value)} dir="auto" />
        {modes && (
          <>
            <fieldset class="field">
              <legend class="field-label">{t("chat.modes")}</legend>
              {switches.map((each) => (
                <Checkbox
                  key={each}
                  label={t(`chat.mode.${each}`)}
                  checked={modes.on.has(each)}
                  onChange={(wanted) => {
                    const on = new Set(modes.on);
                    if (wanted) on.add(each);
                    else on.delete(each);
                    change({ on });
                  }}
                />
              ))}
            </fieldset>
            <Field
              label={t("chat.mode.k")}
              value={modes.key}
              autocomplete="off"
              spellcheck={false}
              onInput={(key) => change({ key: key.replace(/[\s,]/g, "") })}
            />
            <Field
              label={t("chat.mode.l")}
              value={modes.limit}
              inputmode="numeric"
              autocomplete="off"
              onInput={(limit) => change({ limit: limit.replace(/\D/g, "") })}
            />
          </>
        )}
        {bans.value.length > 0 && (
          <section aria-label={t("chat.bans")}>
            <h3 class="field-label">{t("chat.bans")}</h3>
            <ul class="ban-list">
              {bans.value.map(({ mask, by, ts }) => (
                <li key={mask}>
                  <bdi class="irc-mono">{mask}</bdi>
                  <span class="muted">
                    <bdi>{by}</bdi> {Number(ts) > 0 && shortDate(Number(ts))}
                  </span>
                  <IconButton icon="trash" label={t("chat.unban", { mask })} onClick={() => void unban(mask)} />
                </li>
              ))}
            </ul>
          </section>
        )}
        <div class="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" busy={isBusy.value}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

// SPDX-License-Identifier: Apache-2.0
// Reads out what is said, for who listens to the page. The list itself would read out all
// that comes into sight when it is scrolled.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

import { onSaid } from "../live/live";
import type { Conversation } from "../live/models";
import { t } from "../text/i18n";
import { stripFormat } from "../text/irc_format";

const kept = 3;

interface Line {
  readonly seq: number;
  readonly text: string;
  readonly msgid: string | undefined;
}

export function Announcer({ conversation }: { conversation: Conversation }): VNode {
  const lines = useSignal<readonly Line[]>([]);
  useEffect(
    () =>
      onSaid((where, event) => {
        if (where !== conversation) return;
        const text = t("chat.says", { nick: event.from, text: stripFormat(event.message) });
        lines.value = [...lines.value, { seq: event.seq, text, msgid: event.msgid }].slice(-kept);
      }),
    [conversation],
  );
  // What is taken back meanwhile is not to be found here either.
  conversation.timeline.version.value;
  const isTold = ({ msgid }: Line) => msgid === undefined || !conversation.timeline.find(msgid)?.redacted;
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {lines.value.filter(isTold).map((each) => (
        <p key={each.seq}>{each.text}</p>
      ))}
    </div>
  );
}

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

export function Announcer({ conversation }: { conversation: Conversation }): VNode {
  const lines = useSignal<readonly { seq: number; text: string }[]>([]);
  useEffect(
    () =>
      onSaid((where, event) => {
        if (where !== conversation) return;
        const text = t("chat.says", { nick: event.from, text: stripFormat(event.message) });
        lines.value = [...lines.value, { seq: event.seq, text }].slice(-kept);
      }),
    [conversation],
  );
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {lines.value.map((each) => (
        <p key={each.seq}>{each.text}</p>
      ))}
    </div>
  );
}

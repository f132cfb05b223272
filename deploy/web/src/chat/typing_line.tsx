// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import type { Conversation } from "../live/models";
import { t, tx } from "../text/i18n";

const named = 3;

/** Who types, and what waits; its place is always there, so nothing moves. */
export function TypingLine({ conversation }: { conversation: Conversation }): VNode {
  const nicks = [...conversation.typing.value.keys()];
  const queued = conversation.queued.value;
  return (
    <p class="typing">
      {queued && <span>{t("chat.queued", { count: queued.lines, seconds: Math.ceil(queued.wait) })} </span>}
      {nicks.length > named
        ? t("chat.many_type")
        : nicks.length > 0 && tx("chat.types", { who: <bdi>{nicks.join(", ")}</bdi>, count: nicks.length })}
    </p>
  );
}

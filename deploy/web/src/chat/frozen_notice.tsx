// SPDX-License-Identifier: Apache-2.0
// Why nothing can be said here, and what helps.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { updateConnection } from "../api/connections";
import { ask } from "../live/live";
import type { Connection, Conversation } from "../live/models";
import { takeConnection } from "../live/state";
import { t } from "../text/i18n";
import { reason } from "../text/reasons";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { toastProblem } from "../ui/toast";

const needsKey = (frozen: string) => frozen === "Invalid password.";

export function FrozenNotice({ connection, conversation }: { connection: Connection; conversation: Conversation }): VNode | null {
  const key = useSignal("");
  const isBusy = useSignal(false);
  const frozen = conversation.frozen.value;
  const state = connection.state.value;

  const attempt = async (what: () => Promise<unknown>) => {
    isBusy.value = true;
    try {
      await what();
    } catch (why) {
      toastProblem(why);
    }
    isBusy.value = false;
  };
  const connect = () =>
    attempt(async () => takeConnection(await updateConnection(connection.id, { wanted_state: "connected" })));
  const join = (event?: Event) => {
    event?.preventDefault();
    const words = ["/join", conversation.name.peek(), ...(key.value ? [key.value] : [])];
    void attempt(() => ask(connection.id, conversation.id, words.join(" ")));
  };

  if (state !== "connected") {
    const why = connection.reason.value;
    return (
      <div class="frozen" role="status">
        <Icon name="power" />
        <span>
          {t(`chat.state.${state}`)}
          {why && (
            <>
              {" – "}
              <bdi>{reason(why)}</bdi>
            </>
          )}
        </span>
        {state === "disconnected" && (
          <Button small busy={isBusy.value} onClick={() => void connect()}>
            {t("chat.connect")}
          </Button>
        )}
      </div>
    );
  }
  if (frozen === "") return null;
  return (
    <form class="frozen" onSubmit={join}>
      <Icon name="lock" />
      <span dir="auto">{reason(frozen)}</span>
      {conversation.isChannel && (
        <>
          {needsKey(frozen) && (
            <input
              class="input"
              type="password"
              aria-label={t("chat.mode.k")}
              placeholder={t("chat.mode.k")}
              value={key.value}
              onInput={(event) => (key.value = event.currentTarget.value)}
            />
          )}
          <Button small type="submit" busy={isBusy.value}>
            {t("chat.join")}
          </Button>
        </>
      )}
    </form>
  );
}

// SPDX-License-Identifier: Apache-2.0
// What becomes of a connection, in words, and how that is changed.
import type { VNode } from "preact";

import { updateConnection } from "../api/connections";
import type { ConnectionState } from "../api/types";
import type { Connection } from "../live/models";
import { takeConnection } from "../live/state";
import { t } from "../text/i18n";
import { reason } from "../text/reasons";
import { Badge } from "../ui/blocks";
import { Button } from "../ui/button";
import { toastProblem } from "../ui/toast";

const looks: Readonly<Record<ConnectionState, "good" | "warning" | "danger" | "plain">> = {
  connected: "good",
  connecting: "warning",
  queued: "warning",
  disconnecting: "warning",
  disconnected: "plain",
};

export function StateBadge({ connection }: { connection: Connection }): VNode {
  const state = connection.state.value;
  const isTrouble = state === "disconnected" && connection.wantedState.value === "connected";
  return <Badge look={isTrouble ? "danger" : looks[state]}>{t(`state.${state}`)}</Badge>;
}

/** Why it is so, where that is known. */
export function StateReason({ connection }: { connection: Connection }): VNode | null {
  const state = connection.state.value;
  const why = connection.reason.value;
  const isTrouble = state === "disconnected" && connection.wantedState.value === "connected";
  if (state === "connected" || (why === "" && !isTrouble)) return null;
  return (
    <span class="muted small" dir="auto">
      {why === "" ? t("state.wants") : reason(why)}
    </span>
  );
}

export function StateButton({ connection }: { connection: Connection }): VNode {
  const isWanted = connection.wantedState.value === "connected";
  const change = async (): Promise<void> => {
    try {
      takeConnection(
        await updateConnection(connection.id, { wanted_state: isWanted ? "disconnected" : "connected" }),
      );
    } catch (why) {
      toastProblem(why);
    }
  };
  return (
    <Button icon="power" onClick={() => void change()}>
      {isWanted ? t("connection.disconnect") : t("connection.connect")}
    </Button>
  );
}

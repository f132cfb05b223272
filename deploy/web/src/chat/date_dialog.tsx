// SPDX-License-Identifier: Apache-2.0
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import type { Conversation } from "../live/models";
import { go, places } from "../places";
import { t } from "../text/i18n";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";

const today = () => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

export default function DateDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }): VNode {
  const date = useSignal(today());
  const jump = (event: Event) => {
    event.preventDefault();
    const moment = new Date(`${date.value}T00:00:00`);
    if (Number.isNaN(moment.getTime())) return;
    onClose();
    const placeAt = (time: Date) => places.conversation(conversation.connectionId, conversation.id, time.toISOString());
    // The address that one is at already leads nowhere; so it is another one, by a millisecond.
    const isHere = placeAt(moment) === location.pathname + location.search;
    go(placeAt(isHere ? new Date(moment.getTime() + 1) : moment));
  };
  return (
    <Dialog title={t("chat.jump_date")} onClose={onClose}>
      <form onSubmit={jump}>
        <Field
          label={t("chat.date")}
          type="date"
          required
          value={date.value}
          onInput={(value) => (date.value = value)}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit">
            {t("chat.jump")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

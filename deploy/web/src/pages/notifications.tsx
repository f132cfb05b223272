// SPDX-License-Identifier: Apache-2.0
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

import { markNotificationsRead, notifications } from "../api/history";
import type { Notification } from "../api/types";
import { onSaid } from "../live/live";
import { allConversations, user } from "../live/state";
import { places } from "../places";
import { t } from "../text/i18n";
import { stripFormat } from "../text/irc_format";
import { EmptyState, Page, PageHeader } from "../ui/blocks";
import { Button, ButtonLink } from "../ui/button";
import { toastProblem } from "../ui/toast";
import { FoundMessage } from "./found_message";
import { Show } from "./loaded";
import { useLoaded } from "./use_loaded";

const pageSize = 60;

interface Found {
  /** The newest first. */
  messages: Notification[];
  isAll: boolean;
}

async function pageBefore(seq: number | undefined): Promise<Found> {
  const { messages } = await notifications({ limit: pageSize, ...(seq === undefined ? {} : { before_seq: seq }) });
  return { messages: messages.reverse(), isAll: messages.length < pageSize };
}

export default function NotificationsPage(): VNode {
  const loaded = useLoaded(() => pageBefore(undefined));
  const busy = useSignal(false);
  // What comes meanwhile waits until it is asked for: nothing moves under the pointer.
  const fresh = useSignal<readonly Notification[]>([]);
  const unread = allConversations.value.reduce((sum, each) => sum + each.notifications.value, 0);

  useEffect(
    () =>
      onSaid((conversation, event) => {
        const found = loaded.value.peek();
        if (!event.highlight || !conversation.isChannel || !found || found.messages.some((each) => each.seq === event.seq)) return;
        fresh.value = [event, ...fresh.value];
      }),
    [],
  );

  const showFresh = (): void => {
    const found = loaded.value.peek();
    if (found) loaded.value.value = { ...found, messages: [...fresh.value, ...found.messages] };
    fresh.value = [];
  };

  const showOlder = async ({ messages }: Found): Promise<void> => {
    busy.value = true;
    try {
      const older = await pageBefore(messages.at(-1)?.seq);
      loaded.value.value = { messages: [...messages, ...older.messages], isAll: older.isAll };
    } catch (why) {
      toastProblem(why);
    }
    busy.value = false;
  };

  const markRead = async (): Promise<void> => {
    try {
      await markNotificationsRead();
      for (const each of allConversations.peek()) each.notifications.value = 0;
      const who = user.peek();
      if (who) user.value = { ...who, unread: 0 };
    } catch (why) {
      toastProblem(why);
    }
  };

  return (
    <Page>
      <PageHeader title={t("notifications.title")} about={t("notifications.about")}>
        <Button icon="refresh" disabled={fresh.value.length === 0} onClick={showFresh}>
          {t("notifications.new", { count: fresh.value.length })}
        </Button>
        <Button icon="check" disabled={unread === 0} onClick={() => void markRead()}>
          {t("notifications.read")}
        </Button>
      </PageHeader>
      <Show from={loaded}>
        {(found) =>
          found.messages.length === 0 ? (
            <EmptyState icon="bell" title={t("notifications.none")}>
              <p>{t("notifications.none_about")}</p>
              <ButtonLink href={places.settings("words")}>{t("notifications.words")}</ButtonLink>
            </EmptyState>
          ) : (
            <>
              <ul class="found-list">
                {found.messages.map((each, at) => (
                  <FoundMessage message={each} key={each.seq} isNew={at < unread}>
                    {stripFormat(each.message)}
                  </FoundMessage>
                ))}
              </ul>
              {!found.isAll && (
                <div class="buttons">
                  <Button busy={busy.value} onClick={() => void showOlder(found)}>
                    {t("notifications.older")}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Show>
    </Page>
  );
}

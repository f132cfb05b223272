// SPDX-License-Identifier: Apache-2.0
import { useEffect } from "preact/hooks";

import { link } from "../live/live";
import type { Conversation } from "../live/models";
import { noteRead } from "../live/reading";

/** What is in sight of somebody who looks is read. */
export function useReading(conversation: Conversation, isAtEnd: { value: boolean }) {
  const version = conversation.timeline.version.value;
  const unread = conversation.unread.value;
  // What could not be told while it was lost is told then.
  const linkState = link.state.value;
  useEffect(() => {
    const read = () => {
      const isSeen = document.visibilityState === "visible" && document.hasFocus();
      const { timeline } = conversation;
      if (isSeen && isAtEnd.value && timeline.state.peek() === "ready" && timeline.isLive) noteRead(conversation);
    };
    read();
    addEventListener("focus", read);
    document.addEventListener("visibilitychange", read);
    return () => {
      removeEventListener("focus", read);
      document.removeEventListener("visibilitychange", read);
    };
  }, [conversation, version, unread, linkState, isAtEnd.value]);
}

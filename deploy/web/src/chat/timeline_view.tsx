// SPDX-License-Identifier: Apache-2.0
// The lines of a conversation in a virtual list: only those in sight are in the page.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Virtualizer, type VirtualizerHandle } from "virtua";

import { loadNewer, loadOlder, openHistory, openNewest } from "../live/histories";
import { outbox } from "../live/live";
import type { Connection, Conversation } from "../live/models";
import { firstUnread, loadUnread, type Unread } from "../live/unread";
import { go, places } from "../places";
import { t } from "../text/i18n";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Announcer } from "./announcer";
import { OutgoingLine } from "./outgoing_line";
import { indexAt, moveActive } from "./row_places";
import { unreadKey } from "./rows";
import { RowView } from "./row_view";
import { useReading } from "./use_reading";
import { useRows, useShift } from "./use_rows";
import { paging } from "./view";

/** So near to an end counts as at it. */
const nearEnd = 40;
/** Scrolling so long after a key, a wheel or a finger is still of it. */
const inputPatience = 1000;
/** So often a list is sent to a row, until the rows before it have been measured. */
const jumpSteps = 4;
const jumpPause = 120;
/** What is above the rows is as high; talk.css has the same. */
const aboveRows = 44;
/** Of more than that only so many are kept while somebody is at the newest, who sees nothing of it. */
const most = { shown: 1200, kept: 600 };
/** More is fetched this early. */
const ahead = 1200;

interface Props {
  connection: Connection;
  conversation: Conversation;
  /** The moment that is looked for. */
  at: string | undefined;
}

export function TimelineView({ connection, conversation, at }: Props): VNode {
  const { timeline } = conversation;
  const unreadSeq = useSignal<number | undefined>(undefined);
  const unread = useRef<Unread>({ count: 0, until: 0, isOwn: (nick) => connection.isOwn(nick) });
  const rows = useRows(conversation, unreadSeq.value);
  const isShifted = useShift(rows);
  const rowsNow = useRef(rows);
  rowsNow.current = rows;
  const list = useRef<VirtualizerHandle>(null);
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const isPlaced = useRef(false);
  const isEndLoaded = timeline.newer.value === "end";
  const isJumping = useRef(false);
  const isSeeking = useSignal(false);
  const lastTop = useRef(0);
  const lastInput = useRef(-inputPatience);
  const active = useSignal("");
  const outgoing = outbox.items.value.filter(
    (each) =>
      each.connectionId === conversation.connectionId &&
      // What belongs to no conversation any more is shown with what the server says.
      (each.conversationId === conversation.id || (conversation.isServer && !connection.find(each.conversationId))),
  );

  // When rows turn out to be higher than was thought, the observer below does it again.
  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  };

  // Where the reader begins: at the newest, or at the moment that was asked for.
  useLayoutEffect(() => {
    // What was looked for before may still be shown.
    if (timeline.moment.value !== at || timeline.state.value !== "ready" || rows.length === 0) return;
    if (!isPlaced.current) {
      isPlaced.current = true;
      // From a moment in the past there is no counting back to the first unread one.
      const count = at === undefined ? conversation.unread.peek() : 0;
      unread.current = { ...unread.current, count, until: timeline.newestSeq };
      const found = firstUnread(timeline.entries, unread.current);
      if (at === undefined && found.isWhole) unreadSeq.value = found.entry?.seq;
      const index = at === undefined ? -1 : indexAt(rows, Date.parse(at));
      if (index >= 0) {
        isAtEnd.value = false;
        const key = rows[index]?.key ?? "";
        jumpTo(key, "center");
        active.value = key;
        return;
      }
      requestAnimationFrame(toEnd);
    }
    if (isAtEnd.peek() && timeline.isLive) toEnd();
  }, [rows, timeline.version.value, outgoing.length, timeline.state.value, timeline.moment.value]);

  // Rows that are measured change what there is to scroll, a keyboard that comes up the room.
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.peek() && timeline.isLive) toEnd();
    });
    observer.observe(element);
    if (element.firstElementChild?.nextElementSibling) observer.observe(element.firstElementChild.nextElementSibling);
    return () => observer.disconnect();
  }, [timeline.state.value]);

  useReading(conversation, isAtEnd);

  const isAtNewest = isAtEnd.value && isEndLoaded;
  useEffect(() => {
    if (isAtNewest && isPlaced.current && timeline.entries.length > most.shown) timeline.trim(most.kept);
  }, [timeline.version.value, isAtNewest]);

  const noteInput = () => {
    lastInput.current = performance.now();
  };

  // Rows on the way that turn out to be higher than was thought take it elsewhere: it goes
  // again, unless somebody scrolls. Meanwhile no page is fetched that would move all of them.
  const jumpTo = (key: string, align: "start" | "center") => {
    isJumping.current = true;
    lastInput.current = -inputPatience;
    let left = jumpSteps;
    const step = () => {
      if (!box.current) return;
      const isTaken = performance.now() - lastInput.current < inputPatience;
      const index = rowsNow.current.findIndex((each) => each.key === key);
      if (index >= 0 && !isTaken) list.current?.scrollToIndex(index, { align });
      if (left-- > 0 && !isTaken) {
        setTimeout(step, jumpPause);
        return;
      }
      isJumping.current = false;
      onScroll();
    };
    requestAnimationFrame(step);
  };

  const onScroll = () => {
    const element = box.current;
    if (!element || !isPlaced.current || isJumping.current) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    // Rows that turn out to be higher than was thought also scroll: only a person leaves the end.
    const isPerson = performance.now() - lastInput.current < inputPatience;
    if (below < nearEnd) isAtEnd.value = true;
    else if (isPerson && element.scrollTop < lastTop.current) isAtEnd.value = false;
    lastTop.current = element.scrollTop;
    if (element.scrollTop < ahead) void loadOlder(conversation);
    if (below < ahead) void loadNewer(conversation);
  };

  // A page that does not fill the view brings no scrolling that would fetch the next one.
  useEffect(() => {
    const element = box.current;
    const mayLoad = !isJumping.current && timeline.state.value === "ready" && timeline.older.value === "more";
    if (element && mayLoad && element.scrollHeight <= element.clientHeight + ahead / 2) void loadOlder(conversation);
  }, [rows.length, timeline.state.value]);

  const toUnread = async () => {
    isSeeking.value = true;
    const seq = await loadUnread(conversation, unread.current);
    isSeeking.value = false;
    if (seq === undefined) return;
    unreadSeq.value = seq;
    isAtEnd.value = false;
    unread.current = { ...unread.current, count: 0 };
    jumpTo(unreadKey, "start");
  };

  const toNewest = async () => {
    if (at !== undefined) return go(places.conversation(connection.id, conversation.id), true);
    isAtEnd.value = true;
    if (!timeline.isLive) {
      isPlaced.current = false;
      await openNewest(conversation);
    }
    toEnd();
  };

  // What one says oneself one wants to see; not what waits of another page.
  const said = outbox.posted.value;
  const saidBefore = useRef(said);
  useEffect(() => {
    const isHere = said?.connectionId === conversation.connectionId && said.conversationId === conversation.id;
    if (isHere && said !== saidBefore.current) void toNewest();
    saidBefore.current = said;
  }, [said]);

  useEffect(() => {
    if (paging.value === 0) return;
    noteInput();
    const element = box.current;
    element?.scrollBy({ top: Math.sign(paging.value) * 0.9 * element.clientHeight });
    paging.value = 0;
  }, [paging.value]);

  const state = timeline.state.value;
  const showJump = unread.current.count > 8 && state === "ready" && isPlaced.current;
  return (
    <div class="timeline">
      {showJump && (
        <div class="timeline-jump timeline-jump-top">
          <button type="button" class="pill" disabled={isSeeking.value} onClick={() => void toUnread()}>
            <Icon name="up" size={16} />
            {isSeeking.value ? t("loading") : t("chat.jump_unread", { count: unread.current.count })}
          </button>
        </div>
      )}
      <div
        class="timeline-box"
        ref={box}
        role="log"
        aria-live="off"
        aria-label={t("chat.messages_of", { name: conversation.name.value })}
        tabIndex={0}
        onScroll={onScroll}
        onWheel={noteInput}
        onTouchMove={noteInput}
        onPointerDown={noteInput}
        onPointerMove={(event) => event.buttons !== 0 && noteInput()}
        onKeyDown={(event) => {
          noteInput();
          moveActive(event, rows, active, list.current);
        }}
      >
        <div class="timeline-space">{state === "ready" && <Begin conversation={conversation} />}</div>
        <Virtualizer ref={list} data={rows} shift={isShifted} scrollRef={box} startMargin={aboveRows} bufferSize={600}>
          {(row) => (
            <RowView
              key={row.key}
              row={row}
              connection={connection}
              conversation={conversation}
              isActive={active.value === row.key}
              onActivate={() => (active.value = row.key)}
            />
          )}
        </Virtualizer>
        {timeline.isLive &&
          outgoing.map((each) => (
            <OutgoingLine key={each.nonce} item={each} connection={connection} conversation={conversation} />
          ))}
      </div>
      {state === "loading" && <p class="timeline-note" role="status">{t("loading")}</p>}
      {state === "failed" && (
        <div class="timeline-note" role="alert">
          <p>{t("chat.history_failed")}</p>
          <Button onClick={() => void openHistory(conversation)}>{t("try_again")}</Button>
        </div>
      )}
      {(!isAtEnd.value || !isEndLoaded) && state === "ready" && (
        <div class="timeline-jump timeline-jump-bottom">
          <button type="button" class="pill" onClick={() => void toNewest()}>
            <Icon name="down" size={16} />
            {conversation.unread.value > 0
              ? t("chat.jump_new", { count: conversation.unread.value })
              : t("chat.jump_newest")}
          </button>
        </div>
      )}
      <Announcer conversation={conversation} />
    </div>
  );
}

/** What is above the oldest message. */
function Begin({ conversation }: { conversation: Conversation }): VNode {
  const side = conversation.timeline.older.value;
  if (side === "end") return <p class="timeline-begin">{t("chat.begin")}</p>;
  if (side === "failed")
    return (
      <p class="timeline-begin">
        <Button small onClick={() => void loadOlder(conversation)}>
          {t("try_again")}
        </Button>
      </p>
    );
  return <p class="timeline-begin">{t("loading")}</p>;
}

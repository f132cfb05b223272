// SPDX-License-Identifier: Apache-2.0
// The list above the input: what the word before the cursor could become.
import { useSignal, type Signal } from "@preact/signals";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";

import type { Connection, Conversation } from "../live/models";
import { t } from "../text/i18n";
import {
  channelCandidates,
  commandCandidates,
  nickCandidates,
  wordAt,
  type Candidate,
  type Word,
} from "./completion";
import type { CommandName } from "./commands";

export interface Completion {
  readonly candidates: Signal<readonly Candidate[]>;
  readonly word: Signal<Word | undefined>;
  readonly active: Signal<number>;
  update(text: string, cursor: number): void;
  close(): void;
  /** Whether the key was for the list. */
  onKey(event: KeyboardEvent, text: string, cursor: number, accept: (candidate: Candidate) => void): boolean;
  activeId(listId: string): string | undefined;
}

/** Nicks to choose from: who is here, else whom one talks to. */
function nicksOf(connection: Connection, conversation: Conversation): string[] {
  if (!conversation.isChannel) return [conversation.name.peek(), connection.nick.peek()];
  const here = conversation.participants.list.peek().map(({ nick }) => nick);
  const spoken = conversation.timeline.entries.slice(-200).reverse();
  const recent = spoken.flatMap((each) => (each.kind === "message" && each.type === "private" ? [each.from] : []));
  const isHere = new Set(here);
  return [...new Set([...recent.filter((nick) => isHere.has(nick)), ...here])];
}

export function useCompletion(connection: Connection, conversation: Conversation): Completion {
  const candidates = useSignal<readonly Candidate[]>([]);
  const word = useSignal<Word | undefined>(undefined);
  const active = useSignal(0);
  const isMoved = useSignal(false);

  return useMemo(() => {
    const show = (found: readonly Candidate[]) => {
      candidates.value = found;
      active.value = 0;
      isMoved.value = false;
    };
    const close = () => {
      word.value = undefined;
      show([]);
    };
    const find = (at: Word): readonly Candidate[] | Promise<readonly Candidate[]> => {
      switch (at.kind) {
        case "command":
          return commandCandidates(at.text);
        case "channel":
          return channelCandidates(connection.conversations.peek().flatMap((each) => (each.isChannel ? [each.name.peek()] : [])), at);
        case "nick":
          return nickCandidates(nicksOf(connection, conversation), at);
        case "emoji":
          return import("./emoji").then(({ emojiCandidates }) => emojiCandidates(at.text));
      }
    };
    const open = (at: Word | undefined) => {
      word.value = at;
      if (!at) return close();
      const found = find(at);
      if (!(found instanceof Promise)) return show(found);
      // What could not be fetched is tried again with the next letter.
      found.then((later) => word.peek() === at && show(later)).catch(console.error);
    };
    const move = (by: number) => {
      const count = candidates.peek().length;
      active.value = (active.peek() + by + count) % count;
      isMoved.value = true;
    };
    const onKey: Completion["onKey"] = (event, text, cursor, accept) => {
      const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
      const found = candidates.peek();
      if (event.key === "Tab" && isPlain) {
        if (found.length === 0 && !event.shiftKey) {
          const at = wordAt(text, cursor, true);
          if (!at) return false;
          open(at);
          const [only, ...others] = candidates.peek();
          if (only && others.length === 0) accept(only);
          return true;
        }
        if (found.length === 0) return false;
        accept(found[active.peek()]!);
        return true;
      }
      if (found.length === 0 || !isPlain) return false;
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && !event.shiftKey && isChosen(found)) accept(found[active.peek()]!);
      else return false;
      return true;
    };
    // Enter sends, unless something was chosen or there is no such command.
    const isChosen = (found: readonly Candidate[]) => {
      const at = word.peek();
      if (isMoved.peek()) return true;
      return at?.kind === "command" && at.text !== "" && !found.some(({ about }) => about === at.text.toLowerCase());
    };
    return {
      candidates,
      word,
      active,
      close,
      onKey,
      update: (text, cursor) => open(wordAt(text, cursor, false)),
      activeId: (listId) => (candidates.value.length > 0 ? `${listId}-${active.value}` : undefined),
    };
  }, [connection, conversation]);
}

export function CompletionList(props: { id: string; completion: Completion; onPick: (candidate: Candidate) => void }): VNode {
  const { id, completion, onPick } = props;
  const found = completion.candidates.value;
  return (
    <ul class={found.length > 0 ? "completion" : "completion completion-empty"} id={id} role="listbox" aria-label={t("chat.completion")}>
      {found.map((each, at) => (
        <li
          key={each.label}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === completion.active.value}
          // The input keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(each)}
        >
          <bdi>{each.label}</bdi>
          {each.kind === "command" && <span class="muted">{t(`command.${each.about as CommandName}`)}</span>}
        </li>
      ))}
    </ul>
  );
}

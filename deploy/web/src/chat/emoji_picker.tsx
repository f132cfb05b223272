// SPDX-License-Identifier: Apache-2.0
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { t } from "../text/i18n";
import { showBeside } from "../ui/floating";
import { findEmoji } from "./emoji";

const most = 48;
const usual = ["👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👀"];

export default function EmojiPicker({ onPick, onClose }: { onPick: (emoji: string) => void; onClose: () => void }): VNode {
  const text = useSignal("");
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const anchor = box.current?.parentElement;
    if (anchor && box.current) showBeside(anchor, box.current);
  }, []);
  useEffect(() => {
    input.current?.focus();
    const leave = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, []);
  const wanted = text.value.trim();
  const shown = wanted === "" ? usual.map((emoji) => ({ emoji, name: emoji })) : findEmoji(wanted, most);
  return (
    <div
      class="emoji-picker floating"
      popover="manual"
      ref={box}
      role="dialog"
      aria-label={t("chat.emoji")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <input
        class="input"
        ref={input}
        type="search"
        aria-label={t("chat.find_emoji")}
        placeholder={t("chat.find_emoji")}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <div class="emoji-grid">
        {shown.map(({ emoji, name }) => (
          <button key={emoji} type="button" class="emoji" title={name} aria-label={name} onClick={() => onPick(emoji)}>
            {emoji}
          </button>
        ))}
      </div>
    </div>
  );
}

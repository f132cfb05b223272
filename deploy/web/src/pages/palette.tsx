// SPDX-License-Identifier: Apache-2.0
// Goes anywhere by a few letters: conversations, networks, settings, a search.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

import { findConnection } from "../live/state";
import { go } from "../places";
import { t } from "../text/i18n";
import { Badge } from "../ui/blocks";
import { useModal } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { paletteItems, type PaletteItem } from "./palette_items";
import { rank } from "./palette_rank";
import "./palette.css";

const most = 50;

function Option(props: { item: PaletteItem; id: string; isActive: boolean; onPick: () => void; onPoint: () => void }): VNode {
  const { item, id, isActive, onPick, onPoint } = props;
  return (
    <li
      class="palette-item"
      role="option"
      id={id}
      aria-selected={isActive}
      onClick={onPick}
      onPointerMove={onPoint}
    >
      <Icon name={item.icon} />
      <span class="palette-name">
        <bdi>{item.name}</bdi>
        {item.connection && (
          <span class="muted small">
            {" "}
            <bdi>{findConnection(item.connection)?.name.value}</bdi>
          </span>
        )}
      </span>
      {item.unread > 0 && <Badge look={item.isCalled ? "warning" : "plain"}>{item.unread}</Badge>}
      <span class="muted small">{t(item.kind)}</span>
    </li>
  );
}

export default function Palette({ onClose }: { onClose: () => void }): VNode {
  const wish = useSignal("");
  const active = useSignal(0);
  const { element, close, handlers } = useModal(onClose);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active.value, wish.value]);

  const items = rank(paletteItems(wish.value.trim()), wish.value.trim()).slice(0, most);
  const at = Math.min(active.value, items.length - 1);

  const pick = (item: PaletteItem | undefined): void => {
    if (!item) return;
    close();
    if (typeof item.action === "string") go(item.action);
    else item.action();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === "Enter") pick(items[at]);
    else if (event.key === "ArrowDown") active.value = (at + 1) % items.length;
    else if (event.key === "ArrowUp") active.value = (at - 1 + items.length) % items.length;
    else return;
    event.preventDefault();
  };

  return (
    <dialog class="dialog palette" ref={element} aria-label={t("palette.title")} {...handlers}>
      <div class="palette-input">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          autofocus
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          placeholder={t("palette.label")}
          aria-label={t("palette.label")}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={items.length > 0 ? `${id}-${at}` : undefined}
          value={wish.value}
          onInput={(event) => {
            wish.value = event.currentTarget.value;
            active.value = 0;
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul class="palette-list" role="listbox" id={`${id}-list`} aria-label={t("palette.title")} ref={list}>
        {items.map((item, each) => (
          <Option
            item={item}
            key={item.key}
            id={`${id}-${each}`}
            isActive={each === at}
            onPick={() => pick(item)}
            onPoint={() => {
              active.value = each;
            }}
          />
        ))}
      </ul>
      <div class="visually-hidden" role="status">
        {t("palette.results", { count: items.length })}
      </div>
    </dialog>
  );
}

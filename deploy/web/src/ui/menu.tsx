// SPDX-License-Identifier: Apache-2.0
// A button that opens a menu: arrows move in it, Escape and a press elsewhere close it.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";

import { IconButton } from "./button";
import { showBeside } from "./floating";
import { Icon, type IconName } from "./icon";

export type MenuItem =
  | {
      label: string;
      icon?: IconName;
      /** What it does, or where it leads. */
      action: (() => void) | string;
      danger?: boolean;
      disabled?: boolean;
    }
  | "line";

const move = (list: HTMLElement, by: (at: number, many: number) => number): void => {
  const items = [...list.querySelectorAll<HTMLElement>('[role="menuitem"]:not(:disabled)')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items.at(by(at, items.length) % items.length)?.focus();
};

const keys: Readonly<Record<string, (at: number, many: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at, many) => (at <= 0 ? many - 1 : at - 1),
  Home: () => 0,
  End: (_, many) => many - 1,
};

export function Menu(props: { label: string; icon?: IconName; items: readonly MenuItem[] }): VNode {
  const { label, icon = "more", items } = props;
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    if (!open.value || !button.current || !list.current) return;
    showBeside(button.current, list.current);
    move(list.current, () => 0);
  }, [open.value]);

  useEffect(() => {
    if (!open.value) return undefined;
    const close = (event: Event): void => {
      const target = event.target as Node;
      const isInside = list.current?.contains(target) || button.current?.contains(target);
      if (!isInside) open.value = false;
    };
    const away = (): void => {
      open.value = false;
    };
    // What scrolls elsewhere, such as a talk that goes on, does not move the button.
    const onScroll = ({ target }: Event): void => {
      if ((target as Node).contains(button.current)) away();
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("scroll", onScroll, true);
    addEventListener("resize", away);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("scroll", onScroll, true);
      removeEventListener("resize", away);
    };
  }, [open.value]);

  const close = (): void => {
    open.value = false;
    button.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = keys[event.key];
    if (step && list.current) move(list.current, step);
    else if (event.key === "Escape") close();
    else if (event.key === "Tab") open.value = false;
    else return;
    event.stopPropagation();
    if (event.key !== "Tab") event.preventDefault();
  };

  return (
    <>
      <IconButton
        icon={icon}
        label={label}
        buttonRef={button}
        aria-haspopup="menu"
        aria-expanded={open.value}
        aria-controls={open.value ? id : undefined}
        onClick={() => {
          open.value = !open.value;
        }}
      />
      {open.value && (
        <div class="menu floating" popover="manual" role="menu" id={id} aria-label={label} ref={list} onKeyDown={onKeyDown}>
          {items.map((item, at) => (
            <Item item={item} key={at} close={close} />
          ))}
        </div>
      )}
    </>
  );
}

function Item({ item, close }: { item: MenuItem; close: () => void }): VNode {
  if (item === "line") return <div class="menu-line" role="separator" />;
  const looks = item.danger ? "menu-item menu-item-danger" : "menu-item";
  const { action } = item;
  const content = (
    <>
      {item.icon && <Icon name={item.icon} />}
      {item.label}
    </>
  );
  if (typeof action === "string")
    return (
      <a class={looks} role="menuitem" tabIndex={-1} href={action} onClick={close}>
        {content}
      </a>
    );
  return (
    <button
      type="button"
      class={looks}
      role="menuitem"
      tabIndex={-1}
      disabled={item.disabled}
      onClick={() => {
        close();
        action();
      }}
    >
      {content}
    </button>
  );
}

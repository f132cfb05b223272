// SPDX-License-Identifier: Apache-2.0
// A button that opens a menu: arrows move in it, Escape and a press elsewhere close it.
import { useSignal } from "@preact/signals";
import type { CSSProperties, VNode } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";

import { IconButton } from "./button";
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

const gap = 4;

/** Below the button or, without room, above it; from its end, or its begin. */
function placeOf(button: DOMRect, menu: DOMRect): CSSProperties {
  const below = button.bottom + gap;
  const top = below + menu.height <= innerHeight ? below : Math.max(gap, button.top - gap - menu.height);
  const isRightToLeft = document.documentElement.dir === "rtl";
  const wanted = isRightToLeft ? button.left : button.right - menu.width;
  const left = Math.min(Math.max(gap, wanted), innerWidth - menu.width - gap);
  return { top: `${top}px`, left: `${left}px` };
}

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
  const place = useSignal<CSSProperties>({});
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    if (!open.value || !button.current || !list.current) return;
    place.value = placeOf(button.current.getBoundingClientRect(), list.current.getBoundingClientRect());
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
    document.addEventListener("pointerdown", close);
    document.addEventListener("scroll", close, true);
    addEventListener("resize", away);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("scroll", close, true);
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
        <div class="menu" role="menu" id={id} aria-label={label} ref={list} style={place.value} onKeyDown={onKeyDown}>
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

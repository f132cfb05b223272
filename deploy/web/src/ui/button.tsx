// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren, JSX, Ref, VNode } from "preact";

import { Icon, type IconName } from "./icon";

type Look = "plain" | "primary" | "danger" | "fatal" | "quiet";

interface Common {
  look?: Look;
  icon?: IconName;
  small?: boolean;
  wide?: boolean;
  children?: ComponentChildren;
}

const classOf = ({ look = "plain", small, wide }: Common): string =>
  [
    "button",
    look === "plain" ? "" : `button-${look}`,
    small ? "button-small" : "",
    wide ? "button-wide" : "",
  ]
    .filter(Boolean)
    .join(" ");

export interface ButtonProps extends Common {
  type?: "button" | "submit";
  onClick?: () => void;
  /** It is being done: it cannot be asked for again, and keeps the focus. */
  busy?: boolean;
  disabled?: boolean;
  describedBy?: string;
}

export function Button(props: ButtonProps): VNode {
  const { type = "button", onClick, busy, disabled, icon, children, describedBy } = props;
  return (
    <button
      type={type}
      class={classOf(props)}
      disabled={disabled}
      aria-disabled={busy ? "true" : undefined}
      aria-busy={busy ? "true" : undefined}
      aria-describedby={describedBy}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.();
      }}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink(props: Common & { href: string; download?: boolean }): VNode {
  const { href, icon, children, download } = props;
  return (
    <a class={classOf(props)} href={href} download={download}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

type NativeButton = Omit<JSX.IntrinsicElements["button"], "icon" | "label" | "children" | "class">;

export interface IconButtonProps extends NativeButton {
  icon: IconName;
  /** What it does, for who cannot see the picture; it shows as a tip too. */
  label: string;
  buttonRef?: Ref<HTMLButtonElement>;
  children?: ComponentChildren;
}

export function IconButton({ icon, label, buttonRef, children, ...rest }: IconButtonProps): VNode {
  return (
    <button type="button" {...rest} ref={buttonRef ?? null} class="icon-button" aria-label={label} title={label}>
      <Icon name={icon} />
      {children}
    </button>
  );
}

// SPDX-License-Identifier: Apache-2.0
// The blocks that pages are built from.
import type { ComponentChildren, VNode } from "preact";
import { useEffect } from "preact/hooks";

import { t } from "../text/i18n";
import { Icon, type IconName } from "./icon";
import { usePageTitle } from "./page_title";

export function Page(props: { children: ComponentChildren; wide?: boolean }): VNode {
  return <div class={props.wide ? "page page-wide" : "page"}>{props.children}</div>;
}

/** Whoever came by a link outside of the page goes on in it. When nothing was chosen yet, and when
    the page itself has the focus, it stays where it is. */
function useMainFocus(): void {
  useEffect(() => {
    const main = document.getElementById("main");
    const focused = document.activeElement;
    if (main && focused && focused !== document.body && !main.contains(focused)) main.focus({ preventScroll: true });
  }, []);
}

export function PageHeader(props: { title: ComponentChildren; about?: ComponentChildren; children?: ComponentChildren }): VNode {
  useMainFocus();
  const heading = usePageTitle();
  return (
    <header class="page-header">
      <div>
        <h1 ref={heading}>{props.title}</h1>
        {props.about && <p>{props.about}</p>}
      </div>
      {props.children}
    </header>
  );
}

export function Section(props: { title: string; about?: ComponentChildren; children: ComponentChildren }): VNode {
  return (
    <section class="section">
      <div class="section-title">
        <h2>{props.title}</h2>
        {props.about && <p class="muted">{props.about}</p>}
      </div>
      {props.children}
    </section>
  );
}

type Mood = "info" | "good" | "warning" | "danger";

const moodIcons: Readonly<Record<Mood, IconName>> = {
  info: "info",
  good: "check",
  warning: "alert",
  danger: "alert",
};

export function Notice({ look = "info", children }: { look?: Mood; children: ComponentChildren }): VNode {
  return (
    <div class={look === "info" ? "notice" : `notice notice-${look}`}>
      <Icon name={moodIcons[look]} />
      <div>{children}</div>
    </div>
  );
}

export function Badge(props: { look?: "plain" | "accent" | "good" | "warning" | "danger"; children: ComponentChildren }): VNode {
  const { look = "plain", children } = props;
  return <span class={look === "plain" ? "badge" : `badge badge-${look}`}>{children}</span>;
}

export function EmptyState(props: { icon: IconName; title: string; children?: ComponentChildren }): VNode {
  return (
    <div class="empty">
      <Icon name={props.icon} size={32} />
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}

export function Loading(): VNode {
  return (
    <div class="loading" role="status">
      <span class="spinner" aria-hidden="true" />
      <span>{t("loading")}</span>
    </div>
  );
}

// SPDX-License-Identifier: Apache-2.0
// What is around every page of somebody who is logged in.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useEffect } from "preact/hooks";

import { site } from "../api/site";
import { link, loadFault, outbox } from "../live/live";
import { allConversations, storeFault, totals } from "../live/state";
import { go, places } from "../places";
import type { Route } from "../routes";
import { t } from "../text/i18n";
import { reason } from "../text/reasons";
import { Icon } from "../ui/icon";
import { overlayPart } from "../ui/part";
import { pageTitle } from "../ui/page_title";
import { nextConversation } from "./going";
import { Shade } from "./shade";
import { Sidebar } from "./sidebar";
import { SidebarButton } from "./shell_button";
import { useCover } from "./use_cover";
import { arePeopleOver, arePeopleShown, current, isSidebarOpen } from "./view";
import { WhoisCard } from "./whois_card";

const Palette = overlayPart(() => import("../pages/palette"));
const Keys = overlayPart(() => import("../pages/keys"));

type Overlay = "none" | "palette" | "keys";

/** Why what is shown may be old, or nothing can be sent. */
function Banner(): VNode | null {
  const isLost = link.state.value === "lost";
  const waiting = outbox.items.value.filter(({ state }) => state === "waiting").length;
  if (isLost)
    return (
      <div class="banner banner-warning" role="status">
        <Icon name="refresh" />
        <span>{waiting > 0 ? t("chat.link_lost_waiting", { count: waiting }) : t("chat.link_lost")}</span>
        <button type="button" class="button button-small" onClick={() => link.hurry()}>
          {t("try_again")}
        </button>
      </div>
    );
  const fault = storeFault.value || loadFault.value;
  if (fault === "") return null;
  return (
    <div class="banner banner-danger" role="alert">
      <Icon name="alert" />
      <span>{t("chat.store_fault", { reason: reason(fault) })}</span>
    </div>
  );
}

function isTyping(target: EventTarget | null) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function useKeys(overlay: { value: Overlay }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key } = event;
      // What is over the page has keys of its own.
      if (event.defaultPrevented || (key === "Escape" && document.querySelector("dialog[open]"))) return;
      const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (isCommand && key.toLowerCase() === "k") overlay.value = overlay.value === "palette" ? "none" : "palette";
      else if (key === "?" && !isTyping(event.target)) overlay.value = "keys";
      else if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) move(key === "ArrowUp" ? -1 : 1, event.shiftKey);
      else if (key === "Escape" && isSidebarOpen.value) isSidebarOpen.value = false;
      else if (key === "Escape" && arePeopleOver()) arePeopleShown.value = false;
      else return;
      // What was opened or gone to by a key does not stay below it.
      isSidebarOpen.value = false;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

/** To the next conversation, or the next one with something to read. */
function move(by: 1 | -1, onlyUnread: boolean) {
  const isNews = (each: (typeof allConversations.value)[number]) => each.unread.value > 0 || each.calls > 0;
  const next = nextConversation(allConversations.value, current.value, by, onlyUnread ? isNews : () => true);
  if (next) go(places.conversation(next.connectionId, next.id));
}

function titleOf(route: Route): string {
  const name = route.page === "conversation" ? current.value?.name.value : pageTitle.value;
  const calls = totals.value.calls;
  const part = route.page === "settings" ? t("settings.title") : route.page === "admin" ? t("chat.admin") : "";
  const title = [name, part, site.organizationName].filter(Boolean).join(" – ");
  return calls > 0 ? `(${calls}) ${title}` : title;
}

export function Shell({ route, children }: { route: Route; children: ComponentChildren }): VNode {
  const overlay = useSignal<Overlay>("none");
  useKeys(overlay);
  useCover(isSidebarOpen.value, { cover: "#sidebar", first: "[aria-current]", opener: ".sidebar-button" });
  const title = titleOf(route);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const closeOverlay = () => {
    overlay.value = "none";
  };
  return (
    <div class="shell">
      <a class="skip-link" href="#main" inert={isSidebarOpen.value}>
        {t("skip.main")}
      </a>
      <Sidebar route={route} onHelp={() => (overlay.value = "keys")} />
      {isSidebarOpen.value && <Shade look="sidebar-shade" onPress={() => (isSidebarOpen.value = false)} />}
      <div class="shell-content" inert={isSidebarOpen.value}>
        <Banner />
        <main class={route.page === "conversation" ? "main main-chat" : "main"} id="main" tabIndex={-1}>
          {route.page !== "conversation" && <SidebarButton />}
          {children}
        </main>
      </div>
      <WhoisCard />
      {overlay.value === "palette" && <Palette onClose={closeOverlay} />}
      {overlay.value === "keys" && <Keys onClose={closeOverlay} />}
    </div>
  );
}

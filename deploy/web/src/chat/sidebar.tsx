// SPDX-License-Identifier: Apache-2.0
// The connections with their conversations, and the way to everything else.
import type { VNode } from "preact";

import { updateConnection } from "../api/connections";
import { site } from "../api/site";
import { isMuted } from "../live/muted";
import type { Connection, Conversation } from "../live/models";
import { connections, isAdmin, takeConnection, totals, user } from "../live/state";
import { places } from "../places";
import type { Route } from "../routes";
import { t } from "../text/i18n";
import { reason } from "../text/reasons";
import { IconButton } from "../ui/button";
import { useHeldOrder } from "../ui/held_order";
import { Icon, type IconName } from "../ui/icon";
import { Menu } from "../ui/menu";
import { toastProblem } from "../ui/toast";
import { UnreadBadge } from "./badge";
import { isSidebarOpen } from "./view";

const close = () => {
  isSidebarOpen.value = false;
};

function Place(props: { href: string; icon: IconName; label: string; isHere: boolean; count?: number }): VNode {
  return (
    <a class="side-row side-place" href={props.href} aria-current={props.isHere ? "page" : undefined} onClick={close}>
      <Icon name={props.icon} />
      <span class="side-name">{props.label}</span>
      {props.count ? <span class="unread-badge unread-badge-call">{props.count}</span> : null}
    </a>
  );
}

function nameIcon(conversation: Conversation): IconName {
  if (conversation.frozen.value !== "") return "lock";
  return conversation.isChannel ? "hash" : "person";
}

function ConversationLink({ conversation, isHere }: { conversation: Conversation; isHere: boolean }): VNode {
  const isNews = !isMuted(conversation) && (conversation.unread.value > 0 || conversation.calls > 0);
  const looks = ["side-row", "side-link"];
  if (isNews) looks.push("side-link-news");
  if (isMuted(conversation)) looks.push("side-link-muted");
  if (conversation.frozen.value !== "") looks.push("side-link-frozen");
  const name = conversation.name.value;
  return (
    <li>
      <a
        class={looks.join(" ")}
        href={places.conversation(conversation.connectionId, conversation.id)}
        aria-current={isHere ? "page" : undefined}
        title={conversation.frozen.value === "" ? undefined : reason(conversation.frozen.value)}
        onClick={close}
      >
        <Icon name={nameIcon(conversation)} />
        <span class="side-name">
          <bdi>{conversation.isChannel ? name.replace(/^#/, "") : name}</bdi>
        </span>
        {isMuted(conversation) && <Icon name="bellOff" size={14} />}
        <UnreadBadge conversation={conversation} />
      </a>
    </li>
  );
}

async function want(connection: Connection, wanted_state: "connected" | "disconnected") {
  try {
    takeConnection(await updateConnection(connection.id, { wanted_state }));
  } catch (why) {
    toastProblem(why);
  }
}

function ConnectionGroup({ connection, route }: { connection: Connection; route: Route }): VNode {
  const state = connection.state.value;
  const { shown, holder } = useHeldOrder<HTMLElement, Conversation>(connection.conversations.value, ({ id }) => id);
  const isHere = (id: string) =>
    route.page === "conversation" && route.connection === connection.id && route.conversation.toLowerCase() === id;
  const isOn = connection.wantedState.value === "connected";
  const stateText = t(`chat.state.${state}`);
  return (
    <section class="side-group" aria-label={connection.name.value} {...holder}>
      <div class="side-heading">
        <a
          class="side-row side-server"
          href={places.conversation(connection.id, "")}
          aria-current={isHere("") ? "page" : undefined}
          title={connection.reason.value === "" ? stateText : reason(connection.reason.value)}
          onClick={close}
        >
          <span class={`state-dot state-${state}`} aria-hidden="true" />
          <span class="side-name">
            <bdi>{connection.name.value}</bdi>
          </span>
          <span class="visually-hidden">{stateText}</span>
        </a>
        <Menu
          label={t("chat.network_menu", { name: connection.name.value })}
          items={[
            { label: t("chat.join_channel"), icon: "hash", action: places.channels(connection.id) },
            { label: t("chat.edit_network"), icon: "pencil", action: places.connection(connection.id) },
            "line",
            {
              label: t(isOn ? "chat.disconnect" : "chat.connect"),
              icon: "power",
              action: () => void want(connection, isOn ? "disconnected" : "connected"),
            },
          ]}
        />
      </div>
      <ul class="side-list">
        {shown.map((each) => (
          <ConversationLink key={each.id} conversation={each} isHere={isHere(each.id)} />
        ))}
        {shown.length === 0 && (
          <li>
            <a class="side-row side-link side-link-hint" href={places.channels(connection.id)} onClick={close}>
              <Icon name="plus" />
              {t("chat.join_channel")}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}

export function Sidebar({ route, onHelp }: { route: Route; onHelp: () => void }): VNode {
  return (
    <nav class={isSidebarOpen.value ? "sidebar sidebar-open" : "sidebar"} id="sidebar" aria-label={t("chat.conversations")}>
      <div class="side-top">
        <a class="side-site" href={places.home()} onClick={close}>
          <bdi>{site.organizationName}</bdi>
        </a>
        <IconButton icon="keyboard" label={t("chat.keys")} onClick={onHelp} />
        <span class="side-close">
          <IconButton icon="close" label={t("close")} onClick={close} />
        </span>
      </div>
      <div class="side-places">
        <Place
          href={places.notifications()}
          icon="bell"
          label={t("chat.notifications")}
          isHere={route.page === "notifications"}
          count={totals.value.mentions}
        />
        <Place href={places.search()} icon="search" label={t("chat.search")} isHere={route.page === "search"} />
      </div>
      <div class="side-scroll">
        {connections.value.map((each) => (
          <ConnectionGroup key={each.id} connection={each} route={route} />
        ))}
        <a class="side-row side-link side-link-hint side-add" href={places.addConnection()} onClick={close}>
          <Icon name="plus" />
          {t("chat.add_network")}
        </a>
      </div>
      <div class="side-bottom">
        <Place
          href={places.settings()}
          icon="gear"
          label={user.value?.email ?? ""}
          isHere={route.page === "settings"}
        />
        {isAdmin.value && (
          <Place href={places.admin()} icon="shield" label={t("chat.admin")} isHere={route.page === "admin"} />
        )}
      </div>
    </nav>
  );
}

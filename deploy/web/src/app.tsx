// SPDX-License-Identifier: Apache-2.0
// Which page is shown, and to whom.
import { LocationProvider, useLocation } from "preact-iso";
import type { ComponentChildren, ComponentType, VNode } from "preact";
import { useEffect } from "preact/hooks";

import { site } from "./api/site";
import { Shell } from "./chat/shell";
import { ConversationPage } from "./chat/conversation_page";
import { readStored, writeStored } from "./live/stored";
import { link, loadFault, start } from "./live/live";
import { allConversations, connections, user } from "./live/state";
import { go, pageScope, places } from "./places";
import { routeOf, type Route } from "./routes";
import { t } from "./text/i18n";
import { reason } from "./text/reasons";
import { Button } from "./ui/button";
import { Questions } from "./ui/dialog";
import { pagePart } from "./ui/part";
import { Toasts } from "./ui/toast";

// Each is a file of its own, fetched when it is looked at.
const pages = {
  login: pagePart(() => import("./pages/login")),
  register: pagePart(() => import("./pages/register")),
  notifications: pagePart(() => import("./pages/notifications")),
  search: pagePart(() => import("./pages/search")),
  help: pagePart(() => import("./pages/help")),
  settings: pagePart(() => import("./pages/settings")),
  connection: pagePart(() => import("./pages/connection")),
  channels: pagePart(() => import("./pages/channels")),
  admin: pagePart(() => import("./pages/admin")),
  missing: pagePart(() => import("./pages/missing")),
};

const lastPlace = "convoy.last";

/** What somebody asked for who had to log in first. */
let wanted: string | undefined;

/** Where somebody is taken who only says that they want to be here. */
function homeOf(): string {
  if (wanted !== undefined) return wanted;
  const last = readStored<{ connection: string; conversation: string } | null>(lastPlace, null);
  const known = allConversations.value.find(
    (each) => each.connectionId === last?.connection && each.id === last.conversation,
  );
  const first = known ?? allConversations.value[0];
  if (first) return places.conversation(first.connectionId, first.id);
  const connection = connections.value[0];
  return connection ? places.conversation(connection.id, "") : places.addConnection();
}

function Redirect({ to }: { to: string }): null {
  useEffect(() => go(to, true), [to]);
  return null;
}

function Content({ route }: { route: Route }): VNode | null {
  useEffect(() => {
    wanted = undefined;
    if (route.page === "conversation")
      writeStored(lastPlace, { connection: route.connection, conversation: route.conversation });
  }, [route]);
  switch (route.page) {
    case "conversation":
      return <ConversationPage connectionId={route.connection} conversationId={route.conversation} at={route.at} />;
    case "home":
    case "login":
    case "register":
      return <Redirect to={homeOf()} />;
    default: {
      const { page, ...rest } = route;
      const Page = pages[page] as ComponentType<typeof rest>;
      return <Page {...rest} />;
    }
  }
}

/** Before it is known who is there. */
function Splash(): VNode {
  const isStuck = link.state.value === "lost" || loadFault.value !== "";
  return (
    <main class="splash" aria-busy={!isStuck}>
      <h1 class="splash-name">Convoy</h1>
      {isStuck ? (
        <div role="alert">
          <p>{reason(loadFault.value, 0)}</p>
          <Button look="primary" onClick={start}>
            {t("try_again")}
          </Button>
        </div>
      ) : (
        <p>{t("loading")}</p>
      )}
    </main>
  );
}

function Visitor({ route }: { route: Route }): VNode {
  if (route.page === "register") return <pages.register {...route} />;
  if (route.page === "login") return <pages.login />;
  if (route.page !== "home") wanted = location.pathname + location.search;
  return <Redirect to={site.firstUser ? places.register() : places.login()} />;
}

function Pages(): VNode {
  const { path, query } = useLocation();
  const route = routeOf(path, query);
  if (user.value === undefined) return <Splash />;
  const isInvited = route.page === "register" && route.token !== "";
  if (user.value === null || isInvited) return <Visitor route={route} />;
  return (
    <Shell route={route}>
      <Content route={route} />
    </Shell>
  );
}

function Frame({ children }: { children: ComponentChildren }): VNode {
  return (
    <>
      {children}
      <Toasts />
      <Questions />
    </>
  );
}

export function App(): VNode {
  return (
    <LocationProvider scope={pageScope}>
      <Frame>
        <Pages />
      </Frame>
    </LocationProvider>
  );
}

// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import type { Connection } from "../live/models";
import { connections, user } from "../live/state";
import { places } from "../places";
import { t } from "../text/i18n";
import { EmptyState, PageHeader, Section } from "../ui/blocks";
import { Button, ButtonLink } from "../ui/button";
import { toastProblem } from "../ui/toast";
import { StateBadge, StateReason } from "./connection_state";

function ConnectionRow({ connection }: { connection: Connection }): VNode {
  return (
    <li class="row">
      <div class="row-main">
        <div>
          <a href={places.connection(connection.id)}>
            <bdi>{connection.name.value}</bdi>
          </a>{" "}
          <StateBadge connection={connection} />
        </div>
        <div class="muted small">
          <span dir="auto">{t("connection.as", { nick: connection.nick.value })}</span>{" "}
          <StateReason connection={connection} />
        </div>
      </div>
      <div class="buttons">
        <ButtonLink small href={places.channels(connection.id)} icon="list">
          {t("connection.channels")}
        </ButtonLink>
        <ButtonLink small href={places.connection(connection.id)} icon="pencil">
          {t("edit")}
        </ButtonLink>
      </div>
    </li>
  );
}

/** From then on the browser opens `irc:` links of other pages here. */
function takeLinks(): void {
  try {
    for (const scheme of ["irc", "ircs"])
      navigator.registerProtocolHandler(scheme, `${location.origin}${places.register()}?uri=%s`);
  } catch (why) {
    toastProblem(why);
  }
}

export function ConnectionsSection(): VNode {
  const all = connections.value;
  const mayAdd = !(user.value?.forced_connection && all.length > 0);
  return (
    <>
      <PageHeader title={t("connections.title")} about={t("connections.about")}>
        {mayAdd && (
          <ButtonLink look="primary" icon="plus" href={places.addConnection()}>
            {t("connections.add")}
          </ButtonLink>
        )}
      </PageHeader>
      {all.length === 0 ? (
        <EmptyState icon="server" title={t("connections.none")}>
          <p>{t("connections.none_about")}</p>
        </EmptyState>
      ) : (
        <ul class="rows">
          {all.map((each) => (
            <ConnectionRow connection={each} key={each.id} />
          ))}
        </ul>
      )}
      {"registerProtocolHandler" in navigator && (
        <Section title={t("connections.links")} about={t("connections.links_about")}>
          <div class="buttons">
            <Button icon="link" onClick={takeLinks}>
              {t("connections.links_take")}
            </Button>
          </div>
        </Section>
      )}
    </>
  );
}

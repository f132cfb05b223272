// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { endOtherSessions, endSession, listSessions } from "../api/account";
import type { Session } from "../api/types";
import { places } from "../places";
import { ago, fullDate } from "../text/dates";
import { t } from "../text/i18n";
import { Badge, PageHeader } from "../ui/blocks";
import { Button, ButtonLink } from "../ui/button";
import { toast, toastProblem } from "../ui/toast";
import { Show } from "./loaded";
import { useLoaded } from "./use_loaded";
import { describeAgent } from "./user_agent";

function nameOf(session: Session): string {
  const { browser, system } = describeAgent(session.user_agent);
  if (browser && system) return t("devices.on", { browser, system });
  return browser || system || session.user_agent.slice(0, 80) || t("devices.unknown");
}

function Device({ session, onEnd }: { session: Session; onEnd: () => void }): VNode {
  const name = nameOf(session);
  return (
    <li class="row">
      <div class="row-main">
        <div title={session.user_agent}>
          <bdi>{name}</bdi> {session.current && <Badge look="good">{t("devices.this")}</Badge>}
        </div>
        <div class="muted small" title={fullDate(session.last_seen)}>
          {t("devices.seen", { when: ago(session.last_seen), address: session.remote_address })} ·{" "}
          {t("devices.since", { when: ago(session.created) })}
        </div>
      </div>
      {session.current ? (
        <ButtonLink small href={places.logout()}>
          {t("devices.end")}
        </ButtonLink>
      ) : (
        <Button small onClick={onEnd}>
          {t("devices.end")}
        </Button>
      )}
    </li>
  );
}

export function DevicesSection(): VNode {
  const loaded = useLoaded(async () => (await listSessions()).sessions);
  const end = async (work: () => Promise<string>): Promise<void> => {
    try {
      const said = await work();
      if (said !== "") toast(said);
    } catch (why) {
      toastProblem(why);
    }
    await loaded.reload();
  };
  const endAll = () => end(async () => t("devices.ended", { count: (await endOtherSessions()).deleted }));
  const endOne = (id: string) =>
    end(async () => {
      await endSession(id);
      return t("devices.ended", { count: 1 });
    });
  return (
    <>
      <PageHeader title={t("devices.title")} about={t("devices.about")}>
        {(loaded.value.value?.length ?? 0) > 1 && (
          <Button icon="leave" onClick={() => void endAll()}>
            {t("devices.end_others")}
          </Button>
        )}
      </PageHeader>
      <Show from={loaded}>
        {(sessions) => (
          <ul class="rows">
            {sessions.map((each) => (
              <Device session={each} key={each.id} onEnd={() => void endOne(each.id)} />
            ))}
          </ul>
        )}
      </Show>
    </>
  );
}

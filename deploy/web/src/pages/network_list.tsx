// SPDX-License-Identifier: Apache-2.0
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

import { listProfiles } from "../api/connections";
import { user } from "../live/state";
import { t } from "../text/i18n";
import { Badge } from "../ui/blocks";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { readConnectionUrl, type ConnectionFields } from "./connection_url";
import { networks } from "./networks";
import "./networks.css";

export interface Choice {
  name: string;
  fields: Partial<ConnectionFields>;
  /** Its address is still to be typed. */
  isOther: boolean;
}

interface Card {
  name: string;
  about: string;
  fields: Partial<ConnectionFields>;
  isFromSite: boolean;
}

const known = (): Card[] =>
  networks.map(({ name, host, port, tls, about }) => ({
    name,
    about: t(about),
    fields: { host, port: String(port), tls },
    isFromSite: false,
  }));

/** The networks that the site itself names come first. */
function cards(urls: readonly string[]): Card[] {
  const result = known();
  for (const url of urls) {
    const fields = readConnectionUrl(url);
    if (!fields) continue;
    const at = result.findIndex((each) => each.fields.host === fields.host);
    const [found] = at < 0 ? [] : result.splice(at, 1);
    result.unshift({
      name: found?.name ?? fields.host,
      about: found?.about ?? t("network.from_site"),
      fields,
      isFromSite: true,
    });
  }
  return result;
}

function NetworkButton({ card, onChoose }: { card: Card; onChoose: (choice: Choice) => void }): VNode {
  return (
    <button
      type="button"
      class="network"
      onClick={() => onChoose({ name: card.name, fields: card.fields, isOther: false })}
    >
      <span class="network-mark" aria-hidden="true">
        {card.name.slice(0, 1).toUpperCase()}
      </span>
      <span class="network-text">
        <strong dir="auto">{card.name}</strong>
        <span class="muted small">{card.about}</span>
        <span class="network-badges">
          {card.isFromSite && <Badge look="accent">{t("network.from_site")}</Badge>}
          {card.fields.tls === false && <Badge look="warning">{t("connection.plain")}</Badge>}
        </span>
      </span>
    </button>
  );
}

export function NetworkList({ onChoose }: { onChoose: (choice: Choice) => void }): VNode {
  const wish = useSignal("");
  const urls = useSignal<readonly string[]>([]);
  useEffect(() => {
    void listProfiles()
      .then(({ profiles }) => {
        const own = profiles.map((each) => each.url);
        const preferred = user.value?.default_connection;
        urls.value = preferred ? [...own, preferred] : own;
      })
      .catch(() => undefined);
  }, []);
  const text = wish.value.trim().toLowerCase();
  const shown = cards(urls.value).filter((each) =>
    `${each.name} ${each.fields.host ?? ""} ${each.about}`.toLowerCase().includes(text),
  );
  const host = /^[\w-]+(?:\.[\w-]+)+$/.test(text) && shown.length === 0 ? text : "";
  return (
    <>
      <Field
        label={t("connection.find")}
        type="search"
        autofocus
        value={wish.value}
        onInput={(value) => {
          wish.value = value;
        }}
      />
      <ul class="networks">
        {shown.map((card) => (
          <li key={card.fields.host}>
            <NetworkButton card={card} onChoose={onChoose} />
          </li>
        ))}
        <li>
          <button
            type="button"
            class="network"
            onClick={() => onChoose({ name: host, fields: { host }, isOther: true })}
          >
            <span class="network-mark" aria-hidden="true">
              <Icon name="plus" />
            </span>
            <span class="network-text">
              <strong>{host || t("network.other")}</strong>
              <span class="muted small">{t("network.other_about")}</span>
            </span>
          </button>
        </li>
      </ul>
    </>
  );
}

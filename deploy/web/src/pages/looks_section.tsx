// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { user } from "../live/state";
import { clock } from "../text/dates";
import { Formatted } from "../text/formatted";
import { languages, t } from "../text/i18n";
import { nickColour } from "../text/nick_colour";
import { PageHeader } from "../ui/blocks";
import { Choices } from "../ui/field";
import { Icon } from "../ui/icon";
import { density, joins, languageChoice, theme } from "../ui/preferences";

function Line(props: { from: string; text: string; isMention?: boolean }): VNode {
  return (
    <p class={props.isMention ? "sample-mention" : undefined}>
      <span class="muted small">{clock(new Date())}</span>{" "}
      <b class={nickColour(props.from)}>
        <bdi>{props.from}</bdi>
      </b>
      <span dir="auto">
        <Formatted text={props.text} />
      </span>
    </p>
  );
}

function Sample(): VNode {
  const own = user.value?.email.split("@")[0] ?? t("you");
  return (
    <figure class="field">
      <figcaption class="field-label">{t("looks.sample")}</figcaption>
      <div class="sample">
        <Line from="ada" text={t("looks.sample_one")} />
        <Line from="grace" text={`${own}: ${t("looks.sample_two")}`} isMention />
      </div>
    </figure>
  );
}

export function LooksSection(): VNode {
  return (
    <>
      <PageHeader title={t("looks.title")} />
      <div class="form">
        <Choices
          label={t("looks.theme")}
          value={theme.value}
          options={[
            { value: "auto", label: t("looks.theme_auto"), icon: <Icon name="monitor" /> },
            { value: "light", label: t("looks.theme_light"), icon: <Icon name="sun" /> },
            { value: "dark", label: t("looks.theme_dark"), icon: <Icon name="moon" /> },
          ]}
          onChange={(value) => {
            theme.value = value;
          }}
        />
        <Choices
          label={t("looks.density")}
          value={density.value}
          options={[
            { value: "comfortable", label: t("looks.density_comfortable") },
            { value: "compact", label: t("looks.density_compact") },
          ]}
          onChange={(value) => {
            density.value = value;
          }}
        />
        <Choices
          label={t("looks.joins")}
          value={joins.value}
          options={[
            { value: "fold", label: t("looks.joins_fold") },
            { value: "show", label: t("looks.joins_show") },
            { value: "hide", label: t("looks.joins_hide") },
          ]}
          onChange={(value) => {
            joins.value = value;
          }}
        />
        <Choices
          label={t("looks.language")}
          value={languageChoice.value}
          options={[
            { value: "auto", label: t("looks.language_auto"), icon: <Icon name="language" /> },
            { value: "en", label: languages.en.name },
            { value: "ar", label: languages.ar.name },
          ]}
          onChange={(value) => {
            languageChoice.value = value;
          }}
        />
        <Sample />
      </div>
    </>
  );
}

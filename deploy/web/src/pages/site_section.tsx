// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";
import { useRef } from "preact/hooks";

import { getSettings, updateSettings } from "../api/admin";
import type { SiteSettings } from "../api/types";
import { t } from "../text/i18n";
import { PageHeader } from "../ui/blocks";
import { Button } from "../ui/button";
import { Checkbox, Field } from "../ui/field";
import { Form, useForm } from "../ui/form";
import { toast } from "../ui/toast";
import { changesOf } from "./changes";
import { Show } from "./loaded";
import { useLoaded } from "./use_loaded";

function SiteForm({ settings }: { settings: SiteSettings }): VNode {
  const { base_url, disk_usage: _, ...initial } = settings;
  const stored = useRef(initial);
  const form = useForm(initial, async (values) => {
    const { base_url: _url, disk_usage: _disk, ...now } = await updateSettings(changesOf(stored.current, values));
    stored.current = now;
    form.values.value = now;
    toast(t("saved"));
  });
  const values = form.values.value;
  return (
    <Form state={form}>
      <div class="field-row">
        <Field label={t("site.organization_name")} dir="auto" {...form.text("organization_name")} />
        <Field label={t("site.organization_url")} type="url" dir="ltr" {...form.text("organization_url")} />
      </div>
      <Field label={t("site.contact")} hint={t("site.contact_hint")} dir="ltr" {...form.text("contact")} />
      <Checkbox
        label={t("site.open")}
        hint={t("site.open_hint")}
        checked={values.open_to_public}
        onChange={(on) => form.set("open_to_public", on)}
      />
      <Field
        label={t("site.default_connection")}
        hint={t("site.default_connection_hint")}
        dir="ltr"
        spellcheck={false}
        {...form.text("default_connection")}
      />
      <Checkbox
        label={t("site.forced")}
        checked={values.forced_connection}
        onChange={(on) => form.set("forced_connection", on)}
      />
      <Field label={t("site.video")} hint={t("site.video_hint")} type="url" dir="ltr" {...form.text("video_service")} />
      <p class="muted small">
        {t("site.base_url")} <bdi class="mono">{base_url}</bdi>
      </p>
      <div class="buttons">
        <Button type="submit" look="primary" busy={form.busy.value}>
          {t("save")}
        </Button>
      </div>
    </Form>
  );
}

export function SiteSection(): VNode {
  const loaded = useLoaded(getSettings);
  return (
    <>
      <PageHeader title={t("site.title")} about={t("site.about")} />
      <Show from={loaded}>{(settings) => <SiteForm settings={settings} />}</Show>
    </>
  );
}

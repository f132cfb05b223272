// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { saveProfile } from "../api/connections";
import type { Profile } from "../api/types";
import { t } from "../text/i18n";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Checkbox, Field, PasswordField } from "../ui/field";
import { Form, useForm } from "../ui/form";
import { toast } from "../ui/toast";
import { changesOf } from "./changes";

type Fields = {
  url: string;
  is_default: boolean;
  is_forced: boolean;
  skip_queue: boolean;
  max_bulk_message_size: string;
  max_message_length: string;
  service_accounts: string;
  webirc_password: string;
  flood_burst: string;
  flood_interval: string;
};

const fieldsOf = (profile: Profile | null): Fields => ({
  url: profile?.url ?? "",
  is_default: profile?.is_default ?? false,
  is_forced: profile?.is_forced ?? false,
  skip_queue: profile?.skip_queue ?? false,
  max_bulk_message_size: String(profile?.max_bulk_message_size ?? ""),
  max_message_length: String(profile?.max_message_length ?? ""),
  service_accounts: profile?.service_accounts.join(" ") ?? "",
  webirc_password: profile?.webirc_password ?? "",
  flood_burst: String(profile?.flood_burst ?? ""),
  flood_interval: String(profile?.flood_interval ?? ""),
});

const numberOrNull = (text: string): number | null => (text.trim() === "" ? null : Number(text));
const numberOrNone = (text: string): number | undefined => numberOrNull(text) ?? undefined;

/** As the node wants it; an empty number is as the node has it. */
const wishOf = (values: Fields) => ({
  url: values.url.trim(),
  is_default: values.is_default,
  is_forced: values.is_default && values.is_forced,
  skip_queue: values.skip_queue,
  max_bulk_message_size: numberOrNone(values.max_bulk_message_size),
  max_message_length: numberOrNone(values.max_message_length),
  service_accounts: values.service_accounts.split(/[\s,]+/).filter(Boolean),
  webirc_password: values.webirc_password,
  flood_burst: numberOrNull(values.flood_burst),
  flood_interval: numberOrNull(values.flood_interval),
});

export function ProfileDialog(props: { profile: Profile | null; onClose: (isSaved: boolean) => void }): VNode {
  const { profile, onClose } = props;
  const initial = fieldsOf(profile);
  const form = useForm(initial, async (values) => {
    const wish = wishOf(values);
    await saveProfile({ ...changesOf(wishOf(initial), wish), url: wish.url });
    toast(t("saved"));
    onClose(true);
  });
  const values = form.values.value;
  return (
    <Dialog wide title={profile?.id ?? t("profiles.add")} onClose={() => onClose(false)}>
      <Form state={form}>
        <Field
          label={t("profiles.url")}
          hint={t("profiles.url_hint")}
          dir="ltr"
          spellcheck={false}
          autofocus={profile === null}
          readOnly={profile !== null}
          {...form.text("url")}
        />
        <div>
          <Checkbox
            label={t("profiles.default")}
            checked={values.is_default}
            disabled={profile?.is_default === true}
            onChange={(on) => form.set("is_default", on)}
          />
          <Checkbox
            label={t("profiles.forced")}
            checked={values.is_default && values.is_forced}
            disabled={!values.is_default}
            onChange={(on) => form.set("is_forced", on)}
          />
          <Checkbox
            label={t("profiles.skip_queue")}
            checked={values.skip_queue}
            onChange={(on) => form.set("skip_queue", on)}
          />
        </div>
        <div class="field-row">
          <Field
            label={t("profiles.bulk")}
            hint={t("profiles.bulk_hint")}
            type="number"
            min={1}
            max={32}
            {...form.text("max_bulk_message_size")}
          />
          <Field label={t("profiles.length")} type="number" min={32} max={2048} {...form.text("max_message_length")} />
        </div>
        <div class="field-row">
          <Field
            label={t("profiles.burst")}
            hint={t("profiles.as_node")}
            type="number"
            min={1}
            max={1000}
            {...form.text("flood_burst")}
          />
          <Field
            label={t("profiles.interval")}
            hint={t("profiles.as_node")}
            type="number"
            min={0}
            {...form.text("flood_interval")}
          />
        </div>
        <Field
          label={t("profiles.services")}
          hint={t("profiles.services_hint")}
          dir="ltr"
          spellcheck={false}
          {...form.text("service_accounts")}
        />
        <PasswordField label={t("profiles.webirc")} dir="ltr" autocomplete="off" {...form.text("webirc_password")} />
        <div class="dialog-actions">
          <Button onClick={() => onClose(false)}>{t("cancel")}</Button>
          <Button type="submit" look="primary" busy={form.busy.value}>
            {t("save")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

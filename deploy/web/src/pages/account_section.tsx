// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { deleteUser, updateUser } from "../api/account";
import { user } from "../live/state";
import { places } from "../places";
import { mediumDate } from "../text/dates";
import { t } from "../text/i18n";
import { Badge, PageHeader, Section } from "../ui/blocks";
import { Button, ButtonLink } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { Field, PasswordField } from "../ui/field";
import { Form, useForm } from "../ui/form";
import { toast } from "../ui/toast";

function PasswordForm({ email }: { email: string }): VNode {
  const form = useForm({ password: "" }, async ({ password }) => {
    await updateUser(email, { password });
    form.set("password", "");
    toast(t("account.password_done"));
  });
  return (
    <Form state={form} label={t("account.password")}>
      {/* So that a password manager knows whose it is. */}
      <input type="email" class="visually-hidden" autocomplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
      <PasswordField
        label={t("entry.new_password")}
        hint={t("entry.password_hint")}
        autocomplete="new-password"
        dir="ltr"
        {...form.text("password")}
      />
      <div class="buttons">
        <Button type="submit" busy={form.busy.value} disabled={form.values.value.password === ""}>
          {t("account.password_submit")}
        </Button>
      </div>
    </Form>
  );
}

function DeleteForm({ email }: { email: string }): VNode {
  const form = useForm({ typed: "" }, async () => {
    await deleteUser(email);
    location.assign(places.login());
  });
  const isSure = form.values.value.typed.trim().toLowerCase() === email.toLowerCase();
  return (
    <Form state={form} label={t("account.delete")}>
      <p>{t("account.delete_about")}</p>
      <Field
        label={t("account.delete_type")}
        dir="ltr"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        {...form.text("typed")}
      />
      <div class="buttons">
        <Button type="submit" look="fatal" icon="trash" busy={form.busy.value} disabled={!isSure}>
          {t("account.delete")}
        </Button>
      </div>
    </Form>
  );
}

export function AccountSection(): VNode | null {
  const who = user.value;
  if (!who) return null;
  return (
    <>
      <PageHeader
        title={t("account.title")}
        about={
          <>
            <bdi>{who.email}</bdi> · {t("account.since", { date: mediumDate(who.registered) })}{" "}
            {who.roles.includes("admin") && <Badge look="accent">{t("account.role_admin")}</Badge>}
          </>
        }
      />
      <Section title={t("account.log_out")} about={t("account.log_out_about")}>
        <div class="buttons">
          <ButtonLink href={places.logout()} icon="leave">
            {t("account.log_out")}
          </ButtonLink>
        </div>
      </Section>
      <Section title={t("account.password")} about={t("account.password_about")}>
        <PasswordForm email={who.email} />
      </Section>
      <Disclosure title={t("account.delete")}>
        <DeleteForm email={who.email} />
      </Disclosure>
    </>
  );
}

// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

import { login } from "../api/account";
import { site } from "../api/site";
import { go, places } from "../places";
import { t } from "../text/i18n";
import { Button, ButtonLink } from "../ui/button";
import { Field, PasswordField } from "../ui/field";
import { Form, useForm } from "../ui/form";
import { EntryFrame } from "./entry_frame";
import { enter } from "./enter";

export default function LoginPage(): VNode {
  const form = useForm({ email: "", password: "" }, async ({ email, password }) => {
    enter(await login({ email: email.trim(), password }));
  });
  useEffect(() => {
    // Where nobody has an account there is nothing to log in to.
    if (site.firstUser) go(places.register(), true);
  }, []);
  return (
    <EntryFrame title={t("login.title")}>
      <Form state={form}>
        <Field
          label={t("entry.email")}
          type="email"
          autocomplete="username"
          dir="ltr"
          autofocus
          required
          {...form.text("email")}
        />
        <PasswordField
          label={t("entry.password")}
          autocomplete="current-password"
          dir="ltr"
          required
          {...form.text("password")}
        />
        <Button type="submit" look="primary" wide busy={form.busy.value}>
          {t("login.submit")}
        </Button>
      </Form>
      <div class="entry-more">
        <details>
          <summary>{t("login.forgot")}</summary>
          <p>{t("login.forgot_answer")}</p>
        </details>
        {site.openToPublic && (
          <ButtonLink href={places.register()} wide>
            {t("login.register")}
          </ButtonLink>
        )}
      </div>
    </EntryFrame>
  );
}

// SPDX-License-Identifier: Apache-2.0
// Making an account: as the first one, where anybody may, or with an invitation. An invitation
// for an account that exists sets another password.
import type { VNode } from "preact";

import { register } from "../api/account";
import { site } from "../api/site";
import { places } from "../places";
import { t } from "../text/i18n";
import { Button, ButtonLink } from "../ui/button";
import { Field, PasswordField } from "../ui/field";
import { Form, useForm } from "../ui/form";
import { EntryFrame } from "./entry_frame";
import { enter } from "./enter";

interface Invitation {
  email: string;
  token: string;
  exp: string;
}

const gone = 410;

/** Why nobody can register here and now, if so. */
function obstacle(invitation: Invitation | undefined): { title: string; about: string } | undefined {
  if (invitation && site.status === gone)
    return { title: t("register.expired_title"), about: t("register.expired_about") };
  if (invitation && site.status >= 400)
    return { title: t("register.invalid_title"), about: t("register.invalid_about") };
  if (!invitation && !site.openToPublic && !site.firstUser)
    return { title: t("register.closed_title"), about: t("register.closed_about") };
  return undefined;
}

function wording(invitation: Invitation | undefined): { title: string; about?: string; submit: string } {
  const submit = t("register.submit");
  if (invitation && site.existingUser)
    return {
      title: t("register.recover_title"),
      about: t("register.recover_about"),
      submit: t("register.recover_submit"),
    };
  if (invitation) return { title: t("register.invited_title"), about: t("register.invited_about"), submit };
  if (site.firstUser) return { title: t("register.first_title"), about: t("register.first_about"), submit };
  return { title: t("register.title"), submit };
}

export default function RegisterPage(asked: Invitation): VNode {
  const invitation = asked.email && asked.token && asked.exp ? asked : undefined;
  const form = useForm({ email: invitation?.email ?? "", password: "" }, async ({ email, password }) => {
    const { token, exp } = invitation ?? {};
    enter(await register({ email: email.trim(), password, ...(token && exp ? { token, exp } : {}) }));
  });

  const blocked = obstacle(invitation);
  if (blocked)
    return (
      <EntryFrame title={blocked.title} about={blocked.about}>
        <ButtonLink href={places.login()}>{t("register.login")}</ButtonLink>
      </EntryFrame>
    );

  const { title, about, submit } = wording(invitation);
  return (
    <EntryFrame title={title} {...(about ? { about } : {})}>
      <Form state={form}>
        <Field
          label={t("entry.email")}
          type="email"
          autocomplete="username"
          dir="ltr"
          required
          autofocus={!invitation}
          readOnly={invitation !== undefined}
          {...form.text("email")}
        />
        <PasswordField
          label={invitation && site.existingUser ? t("entry.new_password") : t("entry.password")}
          hint={t("entry.password_hint")}
          autocomplete="new-password"
          dir="ltr"
          required
          autofocus={invitation !== undefined}
          {...form.text("password")}
        />
        <Button type="submit" look="primary" wide busy={form.busy.value}>
          {submit}
        </Button>
      </Form>
      {!site.firstUser && (
        <div class="entry-more">
          <ButtonLink href={places.login()} wide>
            {t("register.login")}
          </ButtonLink>
        </div>
      )}
    </EntryFrame>
  );
}

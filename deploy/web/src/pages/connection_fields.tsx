// SPDX-License-Identifier: Apache-2.0
// The fields that adding and changing a connection have in common.
import type { VNode } from "preact";

import { ApiError } from "../api/client";
import { t, type Key } from "../text/i18n";
import { Checkbox, Field, PasswordField, Select, TextArea } from "../ui/field";
import type { FormState } from "../ui/form";
import { loginKinds, needsUser, type ConnectionFields, type LoginKind } from "./connection_url";

export type ConnectionForm = FormState<ConnectionFields & { commands: string }>;

const loginTexts: Readonly<Record<LoginKind, Key>> = {
  none: "connection.login_none",
  plain: "connection.login_plain",
  "scram-sha-256": "connection.login_scram256",
  "scram-sha-512": "connection.login_scram512",
  external: "connection.login_external",
  server: "connection.login_server",
};

export const commandsOf = (text: string): string[] =>
  text
    .split("\n")
    .map((each) => each.trim())
    .filter(Boolean);

/** The node knows one address and not its parts: says which part it found wrong. */
export function placed(why: unknown): unknown {
  if (!(why instanceof ApiError)) return why;
  const faults = why.faults.map((fault) => {
    if (!fault.path?.endsWith("/url")) return fault;
    if (/host/i.test(fault.message)) return { ...fault, path: "/host" };
    if (/port/i.test(fault.message)) return { ...fault, path: "/port" };
    return fault;
  });
  return new ApiError(why.status, faults);
}

export function ServerFields({ form }: { form: ConnectionForm }): VNode {
  const { tls, verify } = form.values.value;
  const setTls = (on: boolean): void => {
    const { port } = form.values.value;
    form.set("tls", on);
    if (on && port === "6667") form.set("port", "6697");
    if (!on && port === "6697") form.set("port", "6667");
  };
  return (
    <>
      <div class="field-row">
        <Field
          label={t("connection.host")}
          placeholder="irc.example.org"
          dir="ltr"
          autocapitalize="off"
          spellcheck={false}
          required
          {...form.text("host")}
        />
        <Field label={t("connection.port")} inputmode="numeric" dir="ltr" {...form.text("port")} />
      </div>
      <Checkbox
        label={t("connection.tls")}
        checked={tls}
        onChange={setTls}
        {...(tls ? {} : { hint: t("connection.tls_off") })}
      />
      {tls && (
        <Checkbox
          label={t("connection.verify")}
          checked={verify}
          onChange={(on) => form.set("verify", on)}
          {...(verify ? {} : { hint: t("connection.verify_off") })}
        />
      )}
    </>
  );
}

export function LoginFields({ form, isKept }: { form: ConnectionForm; isKept: boolean }): VNode {
  const { login } = form.values.value;
  return (
    <>
      <p class="muted small">{t("connection.login_about")}</p>
      <Select
        label={t("connection.login_kind")}
        value={login}
        options={loginKinds.map((value) => ({ value, label: t(loginTexts[value]) }))}
        onChange={(value) => form.set("login", value)}
        {...(login === "external" ? { hint: t("connection.fingerprint_hint") } : {})}
      />
      {needsUser(login) && (
        <div class="field-row">
          <Field
            label={t("connection.user")}
            dir="ltr"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            {...form.text("user")}
          />
          <PasswordField
            label={t("connection.password")}
            dir="ltr"
            autocomplete="off"
            {...(isKept ? { hint: t("connection.password_kept") } : {})}
            {...form.text("password")}
          />
        </div>
      )}
    </>
  );
}

export function MoreFields({ form }: { form: ConnectionForm }): VNode {
  return (
    <>
      <Field
        label={t("connection.realname")}
        hint={t("connection.realname_hint")}
        dir="auto"
        autocomplete="off"
        {...form.text("realname")}
      />
      <TextArea
        label={t("connection.commands")}
        hint={t("connection.commands_hint")}
        dir="ltr"
        spellcheck={false}
        {...form.text("commands")}
      />
    </>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { createToken, listTokens, removeToken } from "../api/account";
import type { Scope, Token } from "../api/types";
import { isAdmin } from "../live/state";
import { ago, mediumDate } from "../text/dates";
import { t, type Key } from "../text/i18n";
import { Badge, Notice, PageHeader, Section } from "../ui/blocks";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy_field";
import { confirmed } from "../ui/dialog";
import { Checkbox, Field } from "../ui/field";
import { Form, useForm } from "../ui/form";
import { toastProblem } from "../ui/toast";
import { Show } from "./loaded";
import { useLoaded } from "./use_loaded";

const scopeTexts: Readonly<Record<Scope, Key>> = {
  read: "tokens.scope_read",
  send: "tokens.scope_send",
  admin: "tokens.scope_admin",
};

interface Made {
  name: string;
  value: string;
}

/** The end of that day, where the person is. */
const endOf = (day: string): string => new Date(`${day}T23:59:59`).toISOString();

function NewToken({ onMade }: { onMade: (made: Made) => void }): VNode {
  const form = useForm({ name: "", expires: "", read: true, send: false, admin: false }, async (values) => {
    const scopes = (["read", "send", "admin"] as const).filter((each) => values[each]);
    const made = await createToken({
      name: values.name.trim(),
      scopes,
      ...(values.expires ? { expires: endOf(values.expires) } : {}),
    });
    form.values.value = { name: "", expires: "", read: true, send: false, admin: false };
    onMade({ name: made.name, value: made.token });
  });
  const values = form.values.value;
  const scopes: Scope[] = isAdmin.value ? ["read", "send", "admin"] : ["read", "send"];
  const hasScope = scopes.some((each) => values[each]);
  return (
    <Form state={form} label={t("tokens.new")}>
      <Field label={t("tokens.name")} dir="auto" required {...form.text("name")} />
      <fieldset class="field">
        <legend class="field-label">{t("tokens.scopes")}</legend>
        {scopes.map((each) => (
          <Checkbox
            key={each}
            label={t(scopeTexts[each])}
            checked={values[each]}
            onChange={(on) => form.set(each, on)}
          />
        ))}
        {!hasScope && <div class="field-error">{t("tokens.bad_scopes")}</div>}
      </fieldset>
      <Field label={t("tokens.expires")} hint={t("tokens.expires_hint")} type="date" {...form.text("expires")} />
      <div class="buttons">
        <Button type="submit" look="primary" busy={form.busy.value} disabled={!hasScope}>
          {t("tokens.create")}
        </Button>
      </div>
    </Form>
  );
}

function TokenRow({ token, onRemove }: { token: Token; onRemove: () => void }): VNode {
  return (
    <li class="row">
      <div class="row-main">
        <div>
          <bdi>{token.name}</bdi>{" "}
          {token.scopes.map((each) => (
            <Badge key={each} look={each === "admin" ? "warning" : "plain"}>
              {t(scopeTexts[each])}
            </Badge>
          ))}
        </div>
        <div class="muted small">
          {token.last_used ? t("tokens.used", { when: ago(token.last_used) }) : t("tokens.never_used")}
          {token.expires && ` · ${t("tokens.until", { date: mediumDate(token.expires) })}`}
        </div>
      </div>
      <Button small icon="trash" onClick={onRemove}>
        {t("remove")}
      </Button>
    </li>
  );
}

export function TokensSection(): VNode {
  const loaded = useLoaded(async () => (await listTokens()).tokens);
  const made = useSignal<Made | undefined>(undefined);
  const remove = async (token: Token): Promise<void> => {
    const isSure = await confirmed({
      title: t("tokens.remove_question", { name: token.name }),
      text: t("tokens.remove_about"),
      action: t("remove"),
      fatal: true,
    });
    if (!isSure) return;
    try {
      await removeToken(token.id);
    } catch (why) {
      toastProblem(why);
    }
    await loaded.reload();
  };
  return (
    <>
      <PageHeader title={t("tokens.title")} about={t("tokens.about")} />
      <div role="status">
        {made.value && (
          <Notice look="good">
            <div class="form">
              <p>{t("tokens.made", { name: made.value.name })}</p>
              <CopyField label={t("tokens.value")} value={made.value.value} />
            </div>
          </Notice>
        )}
      </div>
      <Show from={loaded}>
        {(tokens) =>
          tokens.length === 0 ? (
            <p class="muted">{t("tokens.none")}</p>
          ) : (
            <ul class="rows">
              {tokens.map((each) => (
                <TokenRow token={each} key={each.id} onRemove={() => void remove(each)} />
              ))}
            </ul>
          )
        }
      </Show>
      <Section title={t("tokens.new")}>
        <NewToken
          onMade={(next) => {
            made.value = next;
            void loaded.reload();
          }}
        />
      </Section>
    </>
  );
}

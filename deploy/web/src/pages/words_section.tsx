// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { updateUser } from "../api/account";
import { user } from "../live/state";
import { t } from "../text/i18n";
import { PageHeader } from "../ui/blocks";
import { Button } from "../ui/button";
import { TextArea } from "../ui/field";
import { Form, useForm } from "../ui/form";
import { toast } from "../ui/toast";

const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((each) => each.trim())
      .filter(Boolean),
  ),
];

export function WordsSection(): VNode | null {
  const form = useForm(
    { highlight_keywords: user.peek()?.highlight_keywords.join("\n") ?? "" },
    async ({ highlight_keywords }) => {
      const who = user.peek();
      if (!who) return;
      const changed = await updateUser(who.email, { highlight_keywords: wordsOf(highlight_keywords) });
      user.value = { ...who, highlight_keywords: changed.highlight_keywords };
      form.set("highlight_keywords", changed.highlight_keywords.join("\n"));
      toast(t("saved"));
    },
  );
  return (
    <>
      <PageHeader title={t("words.title")} about={t("words.about")} />
      <Form state={form}>
        <TextArea
          label={t("words.label")}
          hint={t("words.hint")}
          rows={8}
          dir="auto"
          spellcheck={false}
          {...form.text("highlight_keywords")}
        />
        <div class="buttons">
          <Button type="submit" look="primary" busy={form.busy.value}>
            {t("save")}
          </Button>
        </div>
      </Form>
    </>
  );
}

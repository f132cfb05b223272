// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";
import { useId, useRef } from "preact/hooks";

import { t } from "../text/i18n";
import { Button } from "./button";
import { toast } from "./toast";

/** Whether it is in the clipboard now; a page that is not served safely has none. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied"));
    return true;
  } catch {
    return false;
  }
}

/** Something to be taken elsewhere: where it cannot be copied for people, it is selected. */
export function CopyField({ label, value }: { label: string; value: string }): VNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    if (!(await copyText(value))) input.current?.select();
  };
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <div class="copy-field">
        <input
          id={id}
          ref={input}
          class="input mono"
          dir="ltr"
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button icon="copy" onClick={() => void copy()}>
          {t("copy")}
        </Button>
      </div>
    </div>
  );
}

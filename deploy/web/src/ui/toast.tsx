// SPDX-License-Identifier: Apache-2.0
// Short words on what was done, which go away by themselves; what went wrong stays longer.
import { signal } from "@preact/signals";
import type { VNode } from "preact";

import { ApiError } from "../api/client";
import { t } from "../text/i18n";
import { reason } from "../text/reasons";
import { IconButton } from "./button";
import { Icon } from "./icon";

interface Toast {
  id: number;
  text: string;
  isProblem: boolean;
}

const most = 4;
const toasts = signal<readonly Toast[]>([]);
let last = 0;

const dismiss = (id: number): void => {
  toasts.value = toasts.value.filter((each) => each.id !== id);
};

function show(text: string, isProblem: boolean): void {
  const id = ++last;
  const others = toasts.value.filter((each) => each.text !== text);
  toasts.value = [...others, { id, text, isProblem }].slice(-most);
  setTimeout(() => dismiss(id), isProblem ? 12_000 : 5000);
}

export const toast = (text: string): void => show(text, false);

/** Says what went wrong, in words of the page. */
export const toastWarning = (text: string): void => show(text, true);

/** Says why something was not done. */
export function toastProblem(why: unknown): void {
  if (why instanceof ApiError) toastWarning(reason(why.message, why.status));
  else toastWarning(reason(why instanceof Error ? why.message : String(why), 0));
}

/** Where they appear; once, in the layout. */
export function Toasts(): VNode {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((each) => (
        <div class={each.isProblem ? "toast toast-problem" : "toast"} key={each.id}>
          <Icon name={each.isProblem ? "alert" : "check"} />
          <span dir="auto">{each.text}</span>
          <IconButton icon="close" label={t("close")} onClick={() => dismiss(each.id)} />
        </div>
      ))}
    </div>
  );
}

// SPDX-License-Identifier: Apache-2.0
// What forms have in common: values, what the node finds wrong with them, and one submit at a
// time.
import { useSignal, type Signal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useRef } from "preact/hooks";

import { ApiError } from "../api/client";
import { reason } from "../text/reasons";
import { Notice } from "./blocks";

type Values = Record<string, unknown>;

export interface FormState<V extends Values> {
  values: Signal<V>;
  busy: Signal<boolean>;
  /** What is wrong with the whole of it, or "". */
  problem: Signal<string>;
  errors: Signal<Record<string, string>>;
  set: <K extends keyof V>(name: K, value: V[K]) => void;
  /** What a text field needs: `<Field label=… {...form.text("email")} />`. */
  text: (name: keyof V & string) => {
    name: string;
    value: string;
    error: string | undefined;
    onInput: (value: string) => void;
  };
  submit: () => Promise<void>;
}

/** `send` does it, and throws what was wrong. */
export function useForm<V extends Values>(initial: V, send: (values: V) => Promise<void>): FormState<V> {
  const values = useSignal(initial);
  const busy = useSignal(false);
  const problem = useSignal("");
  const errors = useSignal<Record<string, string>>({});
  // A submit takes the function of the last drawing, and not one that has closed over old values.
  const latest = useRef(send);
  latest.current = send;

  const set: FormState<V>["set"] = (name, value) => {
    values.value = { ...values.value, [name]: value };
    if (errors.value[String(name)] !== undefined) {
      const { [String(name)]: _, ...rest } = errors.value;
      errors.value = rest;
    }
  };

  const submit = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    problem.value = "";
    errors.value = {};
    try {
      await latest.current(values.value);
    } catch (why) {
      if (why instanceof ApiError) {
        errors.value = Object.fromEntries(
          Object.entries(why.fields)
            .filter(([name]) => name in values.value)
            .map(([name, message]) => [name, reason(message)]),
        );
        const rest = why.rest(Object.keys(errors.value));
        problem.value = Object.keys(errors.value).length > 0 && rest === "" ? "" : reason(rest, why.status);
      } else {
        throw why;
      }
    } finally {
      busy.value = false;
    }
  };

  return {
    values,
    busy,
    problem,
    errors,
    set,
    text: (name) => ({
      name,
      value: String(values.value[name] ?? ""),
      error: errors.value[name],
      onInput: (value) => set(name, value as V[typeof name]),
    }),
    submit,
  };
}

/** The form itself. What is wrong is told at once, and the first wrong field gets the focus. */
export function Form<V extends Values>(props: {
  state: FormState<V>;
  children: ComponentChildren;
  label?: string;
}): VNode {
  const { state, children, label } = props;
  const element = useRef<HTMLFormElement>(null);
  const send = async (): Promise<void> => {
    await state.submit();
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <form
      class="form"
      ref={element}
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {children}
      <div role="alert">{state.problem.value && <Notice look="danger">{state.problem.value}</Notice>}</div>
    </form>
  );
}

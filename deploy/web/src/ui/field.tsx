// SPDX-License-Identifier: Apache-2.0
// What a form asks for: each field with its label, a hint, and what is wrong with it.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, RefObject, VNode } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

import { t } from "../text/i18n";
import { IconButton } from "./button";
import { Icon } from "./icon";

export interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
}

interface Described {
  id: string;
  "aria-invalid"?: "true";
  "aria-describedby"?: string;
}

/** Label, hint and error around whatever takes the input. */
function Frame(props: FieldProps & { children: (described: Described) => ComponentChildren }): VNode {
  const { label, hint, error, children } = props;
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const about = [hint ? hintId : "", error ? errorId : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {children({
        id,
        ...(error ? { "aria-invalid": "true" as const } : {}),
        ...(about ? { "aria-describedby": about } : {}),
      })}
      {hint && (
        <div class="field-hint" id={hintId}>
          {hint}
        </div>
      )}
      {error && (
        <div class="field-error" id={errorId}>
          <Icon name="alert" size={14} />
          <span>{error}</span>
        </div>
      )}
    </div>
  );
}

/** What the page says of a text field to the browser. */
interface Native {
  name?: string;
  type?: "text" | "email" | "url" | "search" | "number" | "date" | "password";
  placeholder?: string;
  autocomplete?: string;
  inputmode?: "text" | "email" | "url" | "numeric";
  required?: boolean;
  disabled?: boolean;
  readOnly?: boolean;
  autofocus?: boolean;
  spellcheck?: boolean;
  autocapitalize?: "off" | "none";
  dir?: "ltr" | "auto";
  min?: number | string;
  max?: number | string;
  rows?: number;
  maxlength?: number;
}

/** The browser itself would do it once only, when the page is new. A finger is not met with a
    keyboard that it did not ask for. */
function useFocus(isWanted: boolean | undefined): RefObject<HTMLInputElement | null> {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isWanted && matchMedia("(pointer: fine)").matches) input.current?.focus();
  }, []);
  return input;
}

interface Texts {
  value: string;
  onInput: (value: string) => void;
}

export function Field(props: FieldProps & Texts & Native): VNode {
  const { label, hint, error, value, onInput, autofocus, ...rest } = props;
  const input = useFocus(autofocus);
  return (
    <Frame label={label} hint={hint} error={error}>
      {(described) => (
        <input
          {...(rest as object)}
          {...described}
          ref={input}
          class="input"
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Frame>
  );
}

export function PasswordField(props: FieldProps & Texts & Native): VNode {
  const { label, hint, error, value, onInput, autofocus, ...rest } = props;
  const input = useFocus(autofocus);
  const shown = useSignal(false);
  return (
    <Frame label={label} hint={hint} error={error}>
      {(described) => (
        <div class="field-box">
          <input
            {...(rest as object)}
            {...described}
            ref={input}
            class="input"
            {...({ type: shown.value ? "text" : "password" } as object)}
            autocapitalize="off"
            spellcheck={false}
            value={value}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <IconButton
            icon={shown.value ? "eyeOff" : "eye"}
            label={t("field.show_password")}
            aria-pressed={shown.value}
            onClick={() => {
              shown.value = !shown.value;
            }}
          />
        </div>
      )}
    </Frame>
  );
}

export function TextArea({ label, hint, error, value, onInput, ...rest }: FieldProps & Texts & Native): VNode {
  return (
    <Frame label={label} hint={hint} error={error}>
      {(described) => (
        <textarea
          rows={3}
          {...(rest as object)}
          {...described}
          class="input"
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Frame>
  );
}

export interface Option<Value extends string> {
  value: Value;
  label: string;
}

export function Select<Value extends string>(
  props: FieldProps & {
    value: Value;
    options: readonly Option<Value>[];
    onChange: (value: Value) => void;
    disabled?: boolean;
  },
): VNode {
  const { label, hint, error, value, options, onChange, disabled } = props;
  return (
    <Frame label={label} hint={hint} error={error}>
      {(described) => (
        <select
          {...described}
          class="input"
          disabled={disabled}
          value={value}
          onChange={(event) => {
            const chosen = options.find((each) => each.value === event.currentTarget.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((each) => (
            <option value={each.value} key={each.value}>
              {each.label}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}

export function Checkbox(props: {
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}): VNode {
  const { label, hint, checked, disabled, onChange } = props;
  const id = useId();
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? id : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
      {hint && (
        <span class="field-hint" id={id}>
          {hint}
        </span>
      )}
    </label>
  );
}

/** One of a few, all in sight. */
export function Choices<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly (Option<Value> & { icon?: ComponentChildren })[];
  onChange: (value: Value) => void;
}): VNode {
  const { label, value, options, onChange } = props;
  const name = useId();
  return (
    <fieldset class="field">
      <legend class="field-label">{label}</legend>
      <div class="choices">
        {options.map((each) => (
          <label class="choice" key={each.value}>
            <input
              type="radio"
              name={name}
              value={each.value}
              checked={each.value === value}
              onChange={() => onChange(each.value)}
            />
            {each.icon}
            {each.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

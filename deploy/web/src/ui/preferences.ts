// SPDX-License-Identifier: Apache-2.0
// What somebody wants of the page in this browser. It is kept here and not with the account: a
// phone and a desk may differ.
import { effect, signal, type Signal } from "@preact/signals";

import { readStored, writeStored } from "../live/stored";
import { isLanguage, preferredLanguage, setLanguage, t, type Language } from "../text/i18n";
import { toastWarning } from "./toast";

export const themes = ["auto", "light", "dark"] as const;
export const densities = ["comfortable", "compact"] as const;
export const joinLooks = ["fold", "show", "hide"] as const;
const switches = ["off", "on"] as const;
const languageChoices = ["auto", "en", "ar"] as const;

export type Theme = (typeof themes)[number];
export type Density = (typeof densities)[number];
/** What becomes of the lines on who comes and goes. */
export type JoinLook = (typeof joinLooks)[number];
type Switch = (typeof switches)[number];
type LanguageChoice = (typeof languageChoices)[number];

const prefix = "convoy.";

/** Takes what another page of this browser has chosen. */
const listeners = new Map<string, () => void>();
const savers: (() => void)[] = [];

/** One of a few values; the first is the one that is so until another is chosen. */
function kept<Value extends string>(name: string, values: readonly [Value, ...Value[]]): Signal<Value> {
  const key = prefix + name;
  const read = (): Value => {
    const found = readStored<unknown>(key, undefined);
    return values.find((each) => each === found) ?? values[0];
  };
  const result = signal<Value>(read());
  listeners.set(key, () => {
    result.value = read();
  });
  savers.push(() => writeStored(key, result.value));
  return result;
}

export const theme = kept<Theme>("theme", themes);
export const density = kept<Density>("density", densities);
export const joins = kept<JoinLook>("joins", joinLooks);
/** Whether the desktop is told of what mentions one; the browser must agree too. */
export const desktopNotifications = kept<Switch>("desktop-notifications", switches);
export const notificationSound = kept<Switch>("notification-sound", switches);
export const languageChoice = kept<LanguageChoice>("language", languageChoices);

const chosenLanguage = (): Language => {
  const choice = languageChoice.value;
  return isLanguage(choice) ? choice : preferredLanguage(navigator.languages);
};

/** When its texts cannot be fetched, the page stays in the language that it has. */
async function speakChosen(): Promise<void> {
  try {
    await setLanguage(chosenLanguage());
  } catch (why) {
    console.error(why);
    toastWarning(t("part.unreachable"));
  }
}

/** Puts them into force, now and whenever one changes; the promise is kept when the texts of the
    language are there, or cannot be fetched. */
export async function applyPreferences(): Promise<void> {
  const root = document.documentElement;
  effect(() => {
    if (theme.value === "auto") delete root.dataset["theme"];
    else root.dataset["theme"] = theme.value;
  });
  effect(() => {
    root.dataset["density"] = density.value;
  });
  for (const save of savers) effect(save);
  addEventListener("storage", ({ key }) => listeners.get(key ?? "")?.());
  await speakChosen();
  effect(() => {
    void speakChosen();
  });
}

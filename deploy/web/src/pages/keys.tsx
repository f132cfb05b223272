// SPDX-License-Identifier: Apache-2.0
// What can be done with the keyboard.
import type { VNode } from "preact";

import { t, type Key } from "../text/i18n";
import { Dialog } from "../ui/dialog";
import "./keys.css";

/** Keys that are pressed together; each is a text, or what is written on it. */
interface Chord {
  keys: readonly string[];
  about: Key;
}

const ctrl = () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : t("keys.ctrl"));

const anywhere = (): Chord[] => [
  { keys: [ctrl(), "K"], about: "keys.palette" },
  { keys: ["?"], about: "keys.overlay" },
  { keys: [t("keys.alt"), "↓"], about: "keys.next" },
  { keys: [t("keys.alt"), "↑"], about: "keys.previous" },
  { keys: [t("keys.alt"), t("keys.shift"), "↓"], about: "keys.next_unread" },
  { keys: [t("keys.alt"), t("keys.shift"), "↑"], about: "keys.previous_unread" },
  { keys: [t("keys.escape")], about: "keys.close" },
];

const writing = (): Chord[] => [
  { keys: [t("keys.enter")], about: "keys.send" },
  { keys: [t("keys.shift"), t("keys.enter")], about: "keys.newline" },
  { keys: [t("keys.tab")], about: "keys.complete" },
  { keys: ["↑"], about: "keys.recall" },
  { keys: [t("keys.page_up")], about: "keys.scroll" },
];

export function KeyList({ title, chords }: { title: string; chords: readonly Chord[] }): VNode {
  return (
    <section class="keys">
      <h3>{title}</h3>
      <dl>
        {chords.map((chord) => (
          <div key={chord.about}>
            <dt>{t(chord.about)}</dt>
            <dd dir="ltr">
              {chord.keys.map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function KeyLists(): VNode {
  return (
    <div class="keys-columns">
      <KeyList title={t("keys.anywhere")} chords={anywhere()} />
      <KeyList title={t("keys.writing")} chords={writing()} />
    </div>
  );
}

export default function Keys({ onClose }: { onClose: () => void }): VNode {
  return (
    <Dialog wide title={t("keys.title")} onClose={onClose}>
      <KeyLists />
    </Dialog>
  );
}

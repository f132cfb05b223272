// SPDX-License-Identifier: Apache-2.0
// A dialog is the browser's own: it holds the focus, gives it back, and closes on Escape.
import { signal } from "@preact/signals";
import type { ComponentChildren, RefObject, VNode } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";

import { t } from "../text/i18n";
import { Button, IconButton } from "./button";

interface Modal {
  element: RefObject<HTMLDialogElement | null>;
  close: () => void;
  /** For the dialog element. */
  handlers: { onClose: () => void; onClick: (event: MouseEvent) => void };
}

/** A dialog for as long as it is drawn. */
export function useModal(onClose: () => void): Modal {
  const element = useRef<HTMLDialogElement>(null);
  const isGone = useRef(false);
  // Before the effects of what is in it, so that a field there can take the focus.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => {
      // Closed, it gives the focus back to where it was.
      isGone.current = true;
      dialog?.close();
    };
  }, []);
  const close = (): void => element.current?.close();
  return {
    element,
    close,
    handlers: {
      onClose: () => {
        if (!isGone.current) onClose();
      },
      onClick: (event) => {
        // Only its backdrop is the dialog itself.
        if (event.target === element.current) close();
      },
    },
  };
}

export function Dialog(props: {
  title: ComponentChildren;
  wide?: boolean;
  onClose: () => void;
  children: ComponentChildren;
}): VNode {
  const { title, wide, onClose, children } = props;
  const { element, close, handlers } = useModal(onClose);
  const titleId = useId();
  return (
    <dialog
      class={wide ? "dialog dialog-wide" : "dialog"}
      ref={element}
      aria-labelledby={titleId}
      {...handlers}
    >
      <div class="dialog-header">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="close" label={t("close")} onClick={close} />
      </div>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}

interface Question {
  title: string;
  text?: ComponentChildren;
  /** What the button says that does it. */
  action: string;
  fatal?: boolean;
  answer: (yes: boolean) => void;
}

const question = signal<Question | null>(null);

/** Asks before something is done that cannot be undone. */
export function confirmed(wish: Omit<Question, "answer">): Promise<boolean> {
  question.value?.answer(false);
  return new Promise((resolve) => {
    question.value = {
      ...wish,
      answer: (yes) => {
        question.value = null;
        resolve(yes);
      },
    };
  });
}

/** What does no harm has the focus. */
function Answers({ asked }: { asked: Question }): VNode {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.querySelector<HTMLElement>("button")?.focus(), []);
  return (
    <div class="dialog-actions" ref={element}>
      <Button onClick={() => asked.answer(false)}>{t("cancel")}</Button>
      <Button look={asked.fatal ? "fatal" : "primary"} onClick={() => asked.answer(true)}>
        {asked.action}
      </Button>
    </div>
  );
}

/** Where questions appear; once, in the layout. */
export function Questions(): VNode | null {
  const asked = question.value;
  if (!asked) return null;
  return (
    <Dialog title={asked.title} onClose={() => asked.answer(false)}>
      {asked.text && <div>{asked.text}</div>}
      <Answers asked={asked} />
    </Dialog>
  );
}

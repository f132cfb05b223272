// SPDX-License-Identifier: Apache-2.0
// Where one types.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";

import type { Connection, Conversation } from "../live/models";
import { mostWaiting } from "../live/outbox";
import { t } from "../text/i18n";
import { stripFormat } from "../text/irc_format";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { overlayPart } from "../ui/part";
import { toastProblem } from "../ui/toast";
import { complete, type Candidate } from "./completion";
import { CompletionList, useCompletion } from "./completion_list";
import { findCommand } from "./commands";
import { draftOf, keepDraft, remember, saidBefore } from "./drafts";
import { speak } from "./speaking";
import { tellTyping, typed } from "./typing";
import type { UploadDesk } from "./uploads";
import { insertion, paging, replyTo } from "./view";

const EmojiPicker = overlayPart(() => import("./emoji_picker"));

interface Props {
  connection: Connection;
  conversation: Conversation;
  uploads: UploadDesk;
}

function placeholderOf(conversation: Conversation) {
  return conversation.isServer ? t("chat.type_command") : t("chat.type_here", { name: conversation.name.value });
}

export function Composer({ connection, conversation, uploads }: Props): VNode {
  const text = useSignal(draftOf(conversation));
  const back = useRef(0);
  const isPicking = useSignal(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const completion = useCompletion(connection, conversation);
  const id = useId();
  const reply = replyTo.value?.conversation === conversation ? replyTo.value.msgid : undefined;
  const answered = reply === undefined ? undefined : conversation.timeline.find(reply);

  const change = (next: string, cursor?: number) => {
    text.value = next;
    keepDraft(conversation, next);
    tellTyping(connection, conversation, next);
    const element = input.current;
    if (!element || cursor === undefined) return;
    element.value = next;
    element.setSelectionRange(cursor, cursor);
  };

  const insert = (what: string) => {
    const element = input.current;
    const at = element?.selectionStart ?? text.value.length;
    change(text.value.slice(0, at) + what + text.value.slice(element?.selectionEnd ?? at), at + what.length);
    element?.focus();
  };

  useEffect(() => {
    if (insertion.value) insert(insertion.value.text);
    insertion.value = null;
  }, [insertion.value]);

  // Where there is a keyboard, one can begin at once.
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) input.current?.focus({ preventScroll: true });
  }, [conversation]);
  useEffect(() => {
    if (reply) input.current?.focus();
  }, [reply]);

  // As high as what is in it.
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.blockSize = "auto";
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [text.value]);

  const send = () => {
    const wanted = text.value;
    if (wanted.trim() === "") return;
    if (!speak(connection, conversation, wanted, reply)) {
      toastProblem(t("chat.too_many_wait", { count: mostWaiting }));
      return;
    }
    remember(conversation, wanted);
    back.current = 0;
    typed();
    replyTo.value = null;
    completion.close();
    change("", 0);
  };

  const accept = (candidate: Candidate) => {
    const word = completion.word.value;
    if (!word) return;
    const done = complete(text.value, word, candidate);
    change(done.text, done.cursor);
    completion.close();
    input.current?.focus();
  };

  const recall = (by: number): boolean => {
    const next = back.current + by;
    const before = next === 0 ? "" : saidBefore(conversation, next);
    if (next < 0 || before === undefined) return false;
    back.current = next;
    change(before, before.length);
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const handled = completion.onKey(event, text.value, input.current?.selectionStart ?? 0, accept);
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (handled) event.preventDefault();
    else if (event.key === "Enter" && isPlain) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape" && reply) replyTo.value = null;
    else if (event.key === "ArrowUp" && isPlain && (text.value === "" || back.current > 0)) {
      if (recall(1)) event.preventDefault();
    } else if (event.key === "ArrowDown" && isPlain && back.current > 0) {
      if (recall(-1)) event.preventDefault();
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      paging.value = event.key === "PageUp" ? -1 : 1;
      event.preventDefault();
    }
  };

  const onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    uploads.add(files);
  };

  const command = findCommand(text.value);
  return (
    <form
      class="composer"
      aria-label={t("chat.write")}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {reply && (
        <div class="composer-reply">
          <Icon name="reply" size={16} />
          <span dir="auto">
            {answered ? (
              <>
                <bdi>{answered.from}</bdi> {stripFormat(answered.text)}
              </>
            ) : (
              t("chat.reply_to_unknown")
            )}
          </span>
          <IconButton icon="close" label={t("chat.no_reply")} onClick={() => (replyTo.value = null)} />
        </div>
      )}
      {command && completion.candidates.value.length === 0 && (
        <p class="composer-help" id={`${id}-help`}>
          <kbd>
            /{command.name} {command.usage}
          </kbd>{" "}
          {t(`command.${command.name}`)}
        </p>
      )}
      {text.value.split("\n").length > 2 && <p class="composer-help">{t("chat.may_be_file")}</p>}
      <CompletionList id={`${id}-list`} completion={completion} onPick={accept} />
      <div class="composer-box">
        <IconButton icon="paperclip" label={t("chat.attach")} onClick={() => file.current?.click()} />
        <input
          ref={file}
          class="visually-hidden"
          type="file"
          multiple
          tabIndex={-1}
          aria-label={t("chat.attach")}
          onChange={({ currentTarget }) => {
            uploads.add([...(currentTarget.files ?? [])]);
            currentTarget.value = "";
          }}
        />
        <textarea
          ref={input}
          class="composer-input"
          rows={1}
          dir="auto"
          aria-label={placeholderOf(conversation)}
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={completion.activeId(`${id}-list`)}
          aria-describedby={command ? `${id}-help` : undefined}
          placeholder={placeholderOf(conversation)}
          enterkeyhint="send"
          value={text.value}
          onInput={({ currentTarget }) => {
            back.current = 0;
            change(currentTarget.value);
            completion.update(currentTarget.value, currentTarget.selectionStart);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => completion.close()}
        />
        <IconButton
          icon="smile"
          label={t("chat.emoji")}
          aria-expanded={isPicking.value}
          onClick={() => (isPicking.value = !isPicking.value)}
        />
        <IconButton icon="send" type="submit" label={t("chat.send")} disabled={text.value.trim() === ""} />
        {isPicking.value && (
          <EmojiPicker
            onClose={() => (isPicking.value = false)}
            onPick={(emoji: string) => {
              isPicking.value = false;
              insert(emoji);
            }}
          />
        )}
      </div>
    </form>
  );
}

// SPDX-License-Identifier: Apache-2.0
// Files that become links: chosen, dropped or pasted.
import { useSignal, type Signal } from "@preact/signals";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";

import { uploadFile } from "../api/files";
import type { Conversation } from "../live/models";
import { t } from "../text/i18n";
import { bytes } from "../text/sizes";
import { IconButton } from "../ui/button";
import { toastProblem } from "../ui/toast";
import { draftOf, keepDraft } from "./drafts";
import { current, insertText } from "./view";

interface Running {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly stop: () => void;
}

export interface UploadDesk {
  readonly running: Signal<readonly Running[]>;
  readonly isDragged: Signal<boolean>;
  add(files: Iterable<File>): void;
  onDragOver(event: DragEvent): void;
  onDragLeave(event: DragEvent): void;
  onDrop(event: DragEvent): void;
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

let last = 0;

/** The link goes where the file was meant for, also when something else is looked at by then. */
function insertInto(conversation: Conversation, text: string) {
  if (current.peek() === conversation) insertText(text);
  else keepDraft(conversation, draftOf(conversation) + text);
}

async function upload(file: File, conversation: Conversation, running: Signal<readonly Running[]>) {
  const control = new AbortController();
  const id = ++last;
  running.value = [...running.peek(), { id, name: file.name, size: file.size, stop: () => control.abort() }];
  try {
    const { url } = await uploadFile(file, control.signal);
    insertInto(conversation, `${url} `);
  } catch (why) {
    if (!control.signal.aborted) toastProblem(why);
  }
  running.value = running.peek().filter((each) => each.id !== id);
}

export function useUploads(conversation: Conversation): UploadDesk {
  const running = useSignal<readonly Running[]>([]);
  const isDragged = useSignal(false);
  return useMemo(() => {
    const add = (files: Iterable<File>) => {
      for (const each of files) void upload(each, conversation, running);
    };
    return {
      running,
      isDragged,
      add,
      onDragOver: (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        isDragged.value = true;
      },
      onDragLeave: ({ currentTarget, relatedTarget }) => {
        const isInside = relatedTarget instanceof Node && (currentTarget as HTMLElement).contains(relatedTarget);
        if (!isInside) isDragged.value = false;
      },
      onDrop: (event) => {
        isDragged.value = false;
        if (!hasFiles(event)) return;
        event.preventDefault();
        add(event.dataTransfer?.files ?? []);
      },
    };
  }, [conversation]);
}

/** What is on its way. */
export function Uploads({ uploads }: { uploads: UploadDesk }): VNode | null {
  if (uploads.running.value.length === 0) return null;
  return (
    <ul class="uploads" role="status">
      {uploads.running.value.map(({ id, name, size, stop }) => (
        <li key={id}>
          <span class="spinner" aria-hidden="true" />
          <bdi>{name}</bdi> <span class="muted">{bytes(size)}</span>
          <IconButton icon="close" label={t("chat.stop_upload", { name })} onClick={stop} />
        </li>
      ))}
    </ul>
  );
}

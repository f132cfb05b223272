// SPDX-License-Identifier: Apache-2.0
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { deleteFiles, listFiles } from "../api/files";
import { site } from "../api/site";
import type { FileEntry } from "../api/types";
import { user } from "../live/state";
import { ago, fullDate } from "../text/dates";
import { t } from "../text/i18n";
import { bytes } from "../text/sizes";
import { EmptyState, PageHeader } from "../ui/blocks";
import { Button, IconButton } from "../ui/button";
import { copyText } from "../ui/copy_field";
import { confirmed } from "../ui/dialog";
import { toastProblem } from "../ui/toast";
import { Show } from "./loaded";
import { useLoaded } from "./use_loaded";

interface Files {
  files: FileEntry[];
  /** Behind which file there are more; "" at the end. */
  more: string;
}

const pageSize = 60;

async function pageBehind(after: string): Promise<Files> {
  const { files, next } = await listFiles({ limit: pageSize, ...(after ? { after } : {}) });
  return { files, more: next === undefined ? "" : (files.at(-1)?.id ?? "") };
}

const addressOf = (file: FileEntry): string =>
  `${location.origin}${site.basePath}/file/${encodeURIComponent(user.peek()?.uid ?? "")}/${encodeURIComponent(file.id)}`;

function FileRow({ file, onRemove }: { file: FileEntry; onRemove: () => void }): VNode {
  const address = addressOf(file);
  return (
    <li class="row">
      <div class="row-main">
        <div>
          <a href={address} target="_blank" rel="noopener noreferrer">
            <bdi>{file.name}</bdi>
          </a>
        </div>
        <div class="muted small" title={fullDate(file.saved)}>
          {bytes(file.size)} · {ago(file.saved)}
        </div>
      </div>
      <div class="buttons">
        <IconButton icon="link" label={t("files.copy_link")} onClick={() => void copyText(address)} />
        <IconButton icon="trash" label={t("files.remove")} onClick={onRemove} />
      </div>
    </li>
  );
}

export function FilesSection(): VNode {
  const loaded = useLoaded(() => pageBehind(""));
  const busy = useSignal(false);
  const showMore = async ({ files, more }: Files): Promise<void> => {
    busy.value = true;
    try {
      const next = await pageBehind(more);
      loaded.value.value = { files: [...files, ...next.files], more: next.more };
    } catch (why) {
      toastProblem(why);
    }
    busy.value = false;
  };
  const remove = async (file: FileEntry): Promise<void> => {
    const isSure = await confirmed({
      title: t("files.remove_question", { name: file.name }),
      text: t("files.remove_about"),
      action: t("files.remove"),
      fatal: true,
    });
    const uid = user.peek()?.uid;
    if (!isSure || uid === undefined) return;
    try {
      await deleteFiles(uid, [file.id]);
    } catch (why) {
      toastProblem(why);
    }
    await loaded.reload();
  };
  return (
    <>
      <PageHeader title={t("files.title")} about={t("files.about")} />
      <Show from={loaded}>
        {(found) =>
          found.files.length === 0 ? (
            <EmptyState icon="file" title={t("files.none")}>
              <p>{t("files.none_about")}</p>
            </EmptyState>
          ) : (
            <>
              <ul class="rows">
                {found.files.map((each) => (
                  <FileRow file={each} key={each.id} onRemove={() => void remove(each)} />
                ))}
              </ul>
              {found.more !== "" && (
                <div class="buttons">
                  <Button busy={busy.value} onClick={() => void showMore(found)}>
                    {t("show_more")}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Show>
    </>
  );
}

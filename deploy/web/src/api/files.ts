// SPDX-License-Identifier: Apache-2.0
import { at, call } from "./client";
import type { FileEntry, UploadedFile } from "./types";

export const listFiles = (query: { after?: string; limit?: number } = {}) =>
  call<{ files: FileEntry[]; after?: string; next?: string; prev?: string }>("GET", "/files", { query });

export async function uploadFile(file: File, signal?: AbortSignal): Promise<UploadedFile> {
  const body = new FormData();
  body.append("file", file, file.name || "file");
  const { files } = await call<{ files: [UploadedFile] }>("POST", "/files", { body, ...(signal ? { signal } : {}) });
  return files[0];
}

export const deleteFiles = (uid: string, ids: string[]) =>
  call<{ deleted: number }>("DELETE", at("files", uid, ids.join(",")));

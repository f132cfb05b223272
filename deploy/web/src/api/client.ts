// SPDX-License-Identifier: Apache-2.0
import { site } from "./site";
import type { Fault } from "./types";

/** A request that was not done, with what the node says of it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly faults: Fault[],
  ) {
    super(faults[0]?.message ?? "");
  }

  /** What is wrong with a field of a form, by the last part of its pointer. */
  get fields(): Record<string, string> {
    const result: Record<string, string> = {};
    for (const { path, message } of this.faults) {
      const name = path?.split("/").pop();
      if (name) result[name] ??= message;
    }
    return result;
  }

  /** What is wrong with none of these fields. */
  rest(names: readonly string[]): string {
    const { fields } = this;
    const other = this.faults.filter(({ path }) => {
      const name = path?.split("/").pop() ?? "";
      return !(names.includes(name) && fields[name]);
    });
    return other.map(({ message }) => message).join(" ");
  }
}

export type Query = Record<string, string | number | boolean | undefined>;

function apiUrl(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)] as [string, string]],
  );
  const search = new URLSearchParams(pairs).toString();
  return `${site.basePath}/api${path}${search ? `?${search}` : ""}`;
}

/** Path segments, encoded: `at("connection", id)`. */
export const at = (...segments: string[]) => segments.map((each) => `/${encodeURIComponent(each)}`).join("");

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  let json: unknown;
  try {
    json = text === "" ? {} : JSON.parse(text);
  } catch {
    json = undefined;
  }
  if (response.ok && json !== undefined) return json;
  const faults = (json as { errors?: Fault[] } | undefined)?.errors;
  throw new ApiError(response.status, faults?.length ? faults : [{ message: response.statusText || "?" }]);
}

export async function call<T>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  options: { query?: Query; body?: unknown; signal?: AbortSignal } = {},
): Promise<T> {
  const { query, body, signal } = options;
  const init: RequestInit = { method, signal: signal ?? null, credentials: "same-origin" };
  if (body instanceof FormData) {
    init.body = body;
  } else if (body !== undefined) {
    init.headers = { "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(apiUrl(path, query), init);
  } catch (why) {
    if (signal?.aborted) throw why;
    throw new ApiError(0, [{ message: "" }]);
  }
  return (await answerOf(response)) as T;
}

// SPDX-License-Identifier: Apache-2.0
// Something that a page asks the node for when it is opened.
import { useSignal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ApiError } from "../api/client";
import { reason } from "../text/reasons";

export interface Loaded<T> {
  value: Signal<T | undefined>;
  /** Why it is not there, or "". */
  problem: Signal<string>;
  reload: () => Promise<void>;
}

export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const value = useSignal<T | undefined>(undefined);
  const problem = useSignal("");
  const reload = async (): Promise<void> => {
    try {
      value.value = await load();
      problem.value = "";
    } catch (why) {
      if (!(why instanceof ApiError)) throw why;
      problem.value = reason(why.message, why.status);
    }
  };
  useEffect(() => {
    void reload();
  }, []);
  return { value, problem, reload };
}

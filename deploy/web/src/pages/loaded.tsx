// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren, VNode } from "preact";

import { t } from "../text/i18n";
import { Loading, Notice } from "../ui/blocks";
import { Button } from "../ui/button";
import type { Loaded } from "./use_loaded";

/** What was asked for; until it is there, that it is on its way, or why it did not come. */
export function Show<T>({ from, children }: { from: Loaded<T>; children: (value: T) => ComponentChildren }): VNode {
  const value = from.value.value;
  const problem = from.problem.value;
  return (
    <>
      {problem !== "" && (
        <div role="alert">
          <Notice look="danger">
            <p>{problem}</p>
            <Button small icon="refresh" onClick={() => void from.reload()}>
              {t("try_again")}
            </Button>
          </Notice>
        </div>
      )}
      {value !== undefined && children(value)}
      {value === undefined && problem === "" && <Loading />}
    </>
  );
}

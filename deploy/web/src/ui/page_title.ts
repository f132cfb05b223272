// SPDX-License-Identifier: Apache-2.0
import { signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** What the heading of the page says, for the title of the window; "" where it has none. */
export const pageTitle = signal("");

/** For the heading. */
export function usePageTitle(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    pageTitle.value = heading.current?.textContent ?? "";
  });
  useLayoutEffect(
    () => () => {
      pageTitle.value = "";
    },
    [],
  );
  return heading;
}

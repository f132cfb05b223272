// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect } from "preact/hooks";

interface Cover {
  /** What covers the page. */
  cover: string;
  /** What in it has the focus first; otherwise what is the first there. */
  first: string;
  /** What opens it, where the focus goes back to. */
  opener: string;
}

/** Gives the focus to what covers a part of the page, for as long as it does, and back. To be used
    where that part is drawn: it is `inert` meanwhile, so that Tab does not go on behind. */
export function useCover(isOver: boolean, { cover, first, opener }: Cover) {
  useLayoutEffect(() => {
    if (!isOver) return undefined;
    const covering = document.querySelector(cover);
    const target = covering?.querySelector<HTMLElement>(first) ?? covering?.querySelector<HTMLElement>("a, button");
    target?.focus();
    return () => {
      const focused = document.activeElement;
      const isLost = focused === null || focused === document.body || focused.closest(cover) !== null;
      if (isLost) document.querySelector<HTMLElement>(opener)?.focus();
    };
  }, [isOver]);
}

// SPDX-License-Identifier: Apache-2.0
// A list that is sorted as it changes would put another thing under the pointer just before a
// press. So it keeps its order for as long as the pointer or the focus is on it.
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

/** What was there stays in that order; what is new follows it. */
export function inOrderOf<T>(keys: readonly string[], items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const places = new Map(keys.map((key, at) => [key, at]));
  const placeOf = (item: T) => places.get(keyOf(item)) ?? keys.length;
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}

/** The items as they are to be shown, and what the element has to have that they are in. */
export function useHeldOrder<Element extends HTMLElement, T>(items: readonly T[], keyOf: (item: T) => string) {
  const element = useRef<Element>(null);
  const isPointedAt = useSignal(false);
  const focusMoves = useSignal(0);
  const keys = useRef<readonly string[]>([]);
  // Drawn anew when the focus moves. Where it is, is looked up: what goes away with the focus on
  // it tells nobody.
  focusMoves.value;
  const isHeld = isPointedAt.value || element.current?.contains(document.activeElement) === true;
  const shown = isHeld ? inOrderOf(keys.current, items, keyOf) : items;
  keys.current = shown.map(keyOf);
  const onFocusOut = (event: FocusEvent) => {
    // It has not moved yet; within the list it changes nothing.
    if (!element.current?.contains(event.relatedTarget as Node | null)) queueMicrotask(() => focusMoves.value++);
  };
  const holder = {
    ref: element,
    onPointerEnter: () => (isPointedAt.value = true),
    onPointerLeave: () => (isPointedAt.value = false),
    onFocusOut,
  };
  return { shown, holder };
}

// SPDX-License-Identifier: Apache-2.0
// What lies above the page beside something in it. It is in the layer of the browser that is
// above everything: in a row of a virtual list what is "fixed" would be so to the row only.

const gap = 4;

function placeOf(anchor: DOMRect, { width, height }: DOMRect) {
  const below = anchor.bottom + gap;
  const top = below + height <= innerHeight ? below : Math.max(gap, anchor.top - gap - height);
  const isRightToLeft = document.documentElement.dir === "rtl";
  const wanted = isRightToLeft ? anchor.left : anchor.right - width;
  const left = Math.max(gap, Math.min(wanted, innerWidth - width - gap));
  return { top, left };
}

/** Below the anchor or, without room, above it; from its end. The element is a `popover`. */
export function showBeside(anchor: HTMLElement, element: HTMLElement) {
  element.showPopover?.();
  const { top, left } = placeOf(anchor.getBoundingClientRect(), element.getBoundingClientRect());
  element.style.top = `${top}px`;
  element.style.left = `${left}px`;
}

// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

/** What is between the page and what covers it: a press on it closes that, and takes no focus. */
export function Shade({ look, onPress }: { look: string; onPress: () => void }): VNode {
  return <div class={look} onMouseDown={(event) => event.preventDefault()} onClick={onPress} />;
}

// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren, VNode } from "preact";

import { Icon } from "./icon";

/** What few people need: folded until somebody opens it. */
export function Disclosure(props: { title: string; open?: boolean; children: ComponentChildren }): VNode {
  return (
    <details class="disclosure" open={props.open}>
      <summary>
        <Icon name="forward" size={16} />
        {props.title}
      </summary>
      <div class="disclosure-body">{props.children}</div>
    </details>
  );
}

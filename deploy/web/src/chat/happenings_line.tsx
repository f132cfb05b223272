// SPDX-License-Identifier: Apache-2.0
// Who came and went, in one line that tells each of them when it is opened.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";

import type { HappeningEntry } from "../live/entries";
import { clock } from "../text/dates";
import { Formatted } from "../text/formatted";
import { t, tx } from "../text/i18n";
import { nickColour } from "../text/nick_colour";
import { Icon } from "../ui/icon";
import { summarize } from "./rows";

/** So many are named; the rest are a number. */
const named = 4;

const Who = ({ nick }: { nick: string }): VNode => <bdi class={nickColour(nick)}>{nick}</bdi>;

function Names({ nicks }: { nicks: readonly string[] }): VNode {
  const shown = nicks.slice(0, named);
  const parts: ComponentChildren[] = shown.flatMap((nick, at) => (at === 0 ? [<Who nick={nick} />] : [", ", <Who nick={nick} />]));
  const left = nicks.length - shown.length;
  return (
    <>
      {parts}
      {left > 0 && ` ${t("chat.and_others", { count: left })}`}
    </>
  );
}

export function HappeningsLine({ entries }: { entries: readonly HappeningEntry[] }): VNode {
  const isOpen = useSignal(false);
  const only = entries.length === 1 ? entries[0] : undefined;
  if (only)
    return (
      <div class="row-happenings">
        <One entry={only} />
      </div>
    );
  const { came, left, passed, renamed } = summarize(entries);
  const groups: VNode[] = [];
  if (came.length > 0) groups.push(<span>{tx("chat.came", { who: <Names nicks={came} />, count: came.length })}</span>);
  if (left.length > 0) groups.push(<span>{tx("chat.left", { who: <Names nicks={left} />, count: left.length })}</span>);
  if (passed.length > 0)
    groups.push(<span>{tx("chat.passed", { who: <Names nicks={passed} />, count: passed.length })}</span>);
  if (renamed.length > 0)
    groups.push(
      <span>
        {tx("chat.renamed_some", { who: <Names nicks={renamed.map(({ after }) => after)} />, count: renamed.length })}
      </span>,
    );
  return (
    <div class="row-happenings">
      <button
        type="button"
        class="happenings-button"
        aria-expanded={isOpen.value}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <Icon name={isOpen.value ? "chevronUp" : "chevronDown"} size={14} />
        <span>
          {groups.map((each, at) => (
            <>
              {at > 0 && " · "}
              {each}
            </>
          ))}
        </span>
      </button>
      {isOpen.value && (
        <ul class="happenings-list">
          {entries.map((each) => (
            <li key={each.seq}>
              <One entry={each} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function One({ entry }: { entry: HappeningEntry }): VNode {
  const { what, nick, other, text } = entry;
  const why = text === "" || what === "mode" || what === "topic" ? null : (
    <>
      {" "}
      (<bdi>
        <Formatted text={text} />
      </bdi>)
    </>
  );
  return (
    <span>
      <time class="happening-time">{clock(new Date(entry.time))}</time>{" "}
      {tx(`chat.happened.${what}`, {
        who: <Who nick={nick} />,
        other: other === undefined ? "" : <Who nick={other} />,
        text: (
          <bdi>
            <Formatted text={text} />
          </bdi>
        ),
      })}
      {why}
    </span>
  );
}

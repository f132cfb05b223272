// SPDX-License-Identifier: Apache-2.0
// What becomes of what was typed.
import type { SentAnswer } from "../live/events";
import { commandOf } from "../live/holding";
import { say } from "../live/live";
import type { Connection, Conversation } from "../live/models";
import { go, places } from "../places";
import { t } from "../text/i18n";
import { toast } from "../ui/toast";
import { cardOf } from "./view";

/** Whether it was taken; not when too much waits already. */
export function speak(
  connection: Connection,
  conversation: Conversation,
  text: string,
  replyTo: string | undefined,
): boolean {
  const name = commandOf(text);
  if (name === "whois") {
    const nick = text.trim().split(/\s+/)[1];
    if (nick) cardOf.value = { connectionId: connection.id, nick, conversation };
    return true;
  }
  if (name === "list" || name === "help") {
    go(name === "list" ? places.channels(connection.id) : places.help());
    return true;
  }
  const answer = say(conversation, text, name === undefined ? replyTo : undefined);
  answer?.then(
    (found) => show(connection, conversation, name, found),
    () => undefined,
  );
  return answer !== undefined;
}

function goTo(connection: Connection, answer: SentAnswer) {
  const id = answer.conversation_id;
  if (typeof id !== "string" || id === "") return;
  connection.conversation(id, typeof answer.name === "string" ? answer.name : id);
  go(places.conversation(connection.id, id));
}

interface Seen {
  nick: string;
  user: string;
  host: string;
}

/** What a command found out, where no event tells it. */
function show(connection: Connection, conversation: Conversation, name: string | undefined, answer: SentAnswer) {
  switch (name) {
    case "join":
    case "j":
    case "query":
      return goTo(connection, answer);
    case "ison":
      return toast(t(answer.online ? "chat.is_on" : "chat.is_off", { nick: String(answer.nick) }));
    case "away":
      return toast(t(answer.away ? "chat.you_are_away" : "chat.you_are_back"));
    case "ctcp":
      return toast(`${String(answer.nick)}: ${String(answer.reply ?? "")}`);
    case "ignore":
    case "unignore":
      return toast(t("chat.ignores", { list: listed(answer.ignores) }));
    case "monitor":
      return toast(t("chat.monitored", { list: listed(answer.monitored) }));
    case "topic":
      return typeof answer.topic === "string" && answer.topic !== conversation.topic.peek() ? toast(answer.topic) : undefined;
    case "mode":
      return typeof answer.mode === "string" && !answer.mode_changed ? toast(answer.mode) : undefined;
    case "who":
    case "whowas":
      return toast(
        Array.isArray(answer.users) && answer.users.length > 0
          ? (answer.users as Seen[]).slice(0, 10).map(({ nick, user, host }) => `${nick} (${user}@${host})`).join(", ")
          : t("chat.nobody"),
      );
    case "names":
      return toast(t("chat.people_count", { count: Array.isArray(answer.participants) ? answer.participants.length : 0 }));
    default:
      return undefined;
  }
}

const listed = (what: unknown) => (Array.isArray(what) && what.length > 0 ? what.join(", ") : t("none"));


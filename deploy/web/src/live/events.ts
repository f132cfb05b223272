// SPDX-License-Identifier: Apache-2.0
// The frames of the WebSocket, as `/api/events` describes them.
import type { ConnectionInfo, ConnectionState, Fault, Message, Time, User, Whois } from "../api/types";

interface Placed {
  connection_id: string;
  conversation_id: string;
}

interface Of<Type extends string> {
  event: "state";
  type: Type;
  connection_id: string;
  ts: Time;
  seq: number;
}

type Passing<T extends { seq: number }> = Omit<T, "seq"> & { seq?: undefined };

export type MessageEvent = Message & Placed & { event: "message"; name: string };

export type StateEvent =
  | (Of<"connection"> & { state: ConnectionState; message: string })
  | (Of<"info"> & ConnectionInfo)
  | (Of<"frozen"> &
      Placed & {
        name: string;
        frozen: string;
        topic: string;
        unread: number;
        notifications: number;
        info: Whois;
      })
  | (Of<"join"> & Placed & { nick: string; account?: string; realname?: string })
  | (Of<"part"> & Placed & { nick: string; message?: string; kicker?: string })
  | (Of<"quit"> & { nick: string; message: string })
  | (Of<"nick_change"> & { old_nick: string; new_nick: string })
  | (Of<"mode"> & Placed & { from: string; mode: string; nick?: string; params?: string[] })
  | (Of<"invite"> & Placed & { nick: string; invited: string })
  | Passing<Of<"typing"> & Placed & { nick: string; state: "active" | "paused" | "done" }>
  | (Of<"away"> & { nick: string; away: boolean; message: string })
  | (Of<"account"> & { nick: string; account: string })
  | (Of<"host"> & { nick: string; user: string; host: string })
  | (Of<"realname"> & { nick: string; realname: string })
  | (Of<"redact"> & Placed & { nick: string; msgid: string; message: string })
  | (Of<"rename"> & Placed & { name: string; old_conversation_id: string; message: string })
  | (Of<"presence"> & { nick: string; online: boolean })
  | (Of<"read"> & Placed & { unread: number; notifications: number; read_seq: number })
  | Passing<Of<"queued"> & Placed & { lines: number; wait: number }>
  | { event: "state"; type: "store"; available: boolean; message: string; ts: Time; seq?: undefined };

export type LiveEvent = MessageEvent | StateEvent;

export interface ResumeFrame {
  event: "resume";
  resumed: boolean;
  stream: string;
  seq: number;
  since?: number;
}

export interface LoadAnswer {
  event: "load";
  id: string;
  stream: string;
  seq: number;
  user: User;
}

/** The answer to a `send`; what it found out depends on the command. */
export interface SentAnswer {
  event: "sent";
  id: string;
  connection_id?: string;
  conversation_id?: string | null;
  message?: string;
  [found: string]: unknown;
}

export interface Refusal {
  event: string;
  id?: string;
  errors: Fault[];
}

export type Frame = LiveEvent | ResumeFrame | LoadAnswer | SentAnswer | Refusal | { event: "pong"; id: string };

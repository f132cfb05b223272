// SPDX-License-Identifier: Apache-2.0
import type { Time } from "./types";

/** Milliseconds since 1970. History may leave out the zone, which is UTC. */
export const millisecondsOf = (time: Time): number =>
  typeof time === "number" ? time * 1000 : Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`);

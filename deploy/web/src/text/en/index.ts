// SPDX-License-Identifier: Apache-2.0
import { admin } from "./admin";
import { browse } from "./browse";
import { chat } from "./chat";
import { commands } from "./commands";
import { common } from "./common";
import { connections } from "./connections";
import { entry } from "./entry";
import { reasons } from "./reasons";
import { settings } from "./settings";

/** The language that every other one is translated from. */
export const en = { ...common, ...reasons, ...entry, ...chat, ...commands, ...browse, ...connections, ...settings, ...admin } as const;

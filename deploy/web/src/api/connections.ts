// SPDX-License-Identifier: Apache-2.0
import { at, call } from "./client";
import type { Connection, Profile, WantedState } from "./types";

interface ConnectionWish {
  on_connect_commands?: string[];
  wanted_state?: WantedState;
}

export const createConnection = (body: ConnectionWish & { url: string; conversation_id?: string }) =>
  call<Connection>("POST", "/connections", { body });
export const updateConnection = (id: string, body: ConnectionWish & { url?: string }) =>
  call<Connection>("POST", at("connection", id), { body });
export const removeConnection = (id: string) => call<object>("DELETE", at("connection", id));

export const listProfiles = () => call<{ profiles: Profile[] }>("GET", "/connection-profiles");
/** What is null is as the node has it. */
type ProfileWish = Partial<Omit<Profile, "id" | "url" | "flood_burst" | "flood_interval">> & {
  url: string;
  flood_burst?: number | null;
  flood_interval?: number | null;
};

export const saveProfile = (body: ProfileWish) =>
  call<Profile>("POST", "/connection-profiles", { body });
export const removeProfile = (id: string) => call<{ message: string }>("DELETE", at("connection-profiles", id));

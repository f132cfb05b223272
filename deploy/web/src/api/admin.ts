// SPDX-License-Identifier: Apache-2.0
import { at, call } from "./client";
import type { Health, ListedUser, SiteSettings } from "./types";

export const listUsers = (query: { after?: string } = {}) =>
  call<{ users: ListedUser[] }>("GET", "/users", { query });
export const inviteUser = (email: string) =>
  call<{ url: string; existing: boolean; expires: string }>("POST", `${at("user", email)}/invite`);

export const getSettings = () => call<SiteSettings>("GET", "/settings");
export const updateSettings = (body: Partial<Omit<SiteSettings, "base_url" | "disk_usage">>) =>
  call<SiteSettings>("POST", "/settings", { body });
export const getHealth = () => call<Health>("GET", "/health");

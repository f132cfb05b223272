// SPDX-License-Identifier: Apache-2.0
import { at, call } from "./client";
import type { Scope, Session, Token, User } from "./types";

export const register = (body: { email: string; password: string; token?: string; exp?: string }) =>
  call<User>("POST", "/user/register", { body });

export const login = (body: { email: string; password: string }) => call<User>("POST", "/user/login", { body });

export const updateUser = (
  email: string,
  body: { highlight_keywords?: string[]; password?: string; roles?: string[] },
) => call<User>("POST", at("user", email), { body });

export const deleteUser = (email: string) => call<{ message: string }>("DELETE", at("user", email));

export const listSessions = () => call<{ sessions: Session[] }>("GET", "/sessions");
export const endSession = (id: string) => call<{ message: string }>("DELETE", at("sessions", id));
export const endOtherSessions = () => call<{ deleted: number }>("DELETE", "/sessions");

export const listTokens = () => call<{ tokens: Token[] }>("GET", "/tokens");
export const createToken = (body: { name: string; scopes: Scope[]; expires?: string }) =>
  call<Token & { token: string }>("POST", "/tokens", { body });
export const removeToken = (id: string) => call<{ message: string }>("DELETE", at("tokens", id));

// SPDX-License-Identifier: Apache-2.0
// What the node says, as its own descriptions (`/api`, `/api/events`) have it.

export type ConnectionState = "connected" | "connecting" | "disconnected" | "disconnecting" | "queued";
export type WantedState = "connected" | "disconnected";
export type MessageType = "private" | "notice" | "action" | "error" | "preformat" | "server" | "reaction";
export type Scope = "read" | "send" | "admin";

/** ISO 8601, or seconds since 1970: what came over the WebSocket. */
export type Time = string | number;

export interface User {
  email: string;
  uid: string;
  roles: string[];
  registered: string;
  remote_address: string;
  highlight_keywords: string[];
  unread: number;
  default_connection: string;
  forced_connection: boolean;
  video_service: string;
  csrf?: string;
  connections?: Connection[];
  conversations?: Conversation[];
}

/** Of the list for admins. */
export interface ListedUser {
  email: string;
  uid: string;
  roles: string[];
  registered: string;
  remote_address: string;
  highlight_keywords: string[];
  disabled?: boolean;
}

export interface ConnectionInfo {
  nick: string;
  authenticated: boolean;
  capabilities: Record<string, boolean>;
  real_host?: string;
  certificate?: { fingerprint: string; sha256: string };
  socket?: { address: string; port: number; tls: boolean; local_address: string | null };
  server_op?: boolean;
  utf8_only?: boolean;
  version?: string;
  available_user_modes?: string;
  available_channel_modes?: string;
}

export interface Connection {
  connection_id: string;
  name: string;
  url: string;
  state: ConnectionState;
  wanted_state: WantedState;
  on_connect_commands: string[];
  service_accounts: string[];
  info: ConnectionInfo;
}

/** What `/whois` found. */
export interface Whois {
  nick?: string;
  user?: string;
  host?: string;
  name?: string;
  server?: string;
  server_info?: string;
  away?: string;
  fingerprint?: string;
  account?: string;
  oper?: boolean;
  bot?: boolean;
  secure?: boolean;
  idle_for?: number;
  channels?: Record<string, { mode: string }>;
  ts?: number;
}

export interface Conversation {
  connection_id: string;
  conversation_id: string;
  name: string;
  topic: string;
  frozen: string;
  unread: number;
  notifications: number;
  info: Whois;
}

export interface Participant {
  nick: string;
  mode: string;
}

export interface Message {
  from: string;
  message: string;
  type: MessageType;
  highlight: boolean;
  ts: Time;
  seq: number;
  msgid?: string;
  account?: string;
  reply_to?: string;
  bot?: boolean;
  tags?: Record<string, string>;
  late?: boolean;
  gap?: { from: string; to: string };
  redacted?: boolean;
}

export interface MessagePage {
  messages: Message[];
  before?: string;
  after?: string;
  before_seq?: number;
  after_seq?: number;
}

export interface Placed {
  connection_id: string;
  conversation_id: string;
}

export type Notification = Message & Placed;
export type SearchHit = Message & Placed & { snippet: string; matches: [number, number][] };

export interface Session {
  id: string;
  created: string;
  last_seen: string;
  expires: string;
  remote_address: string;
  user_agent: string;
  current: boolean;
}

export interface Token {
  id: string;
  name: string;
  scopes: Scope[];
  created: string;
  expires?: string;
  last_used?: string;
}

export interface FileEntry {
  id: string;
  name: string;
  saved: string;
  size: number;
}

export interface UploadedFile {
  id: string;
  filename: string;
  ext: string;
  saved: string;
  uid: string;
  url: string;
}

export interface Profile {
  id: string;
  url: string;
  is_default: boolean;
  is_forced: boolean;
  skip_queue: boolean;
  max_bulk_message_size: number;
  max_message_length: number;
  service_accounts: string[];
  webirc_password?: string;
  flood_burst?: number;
  flood_interval?: number;
}

export interface DiskUsage {
  block_size: number;
  blocks_free: number;
  blocks_total: number;
  blocks_used: number;
  inodes_free: number;
  inodes_total: number;
  inodes_used: number;
}

export interface SiteSettings {
  base_url: string;
  contact: string;
  default_connection: string;
  forced_connection: boolean;
  open_to_public: boolean;
  organization_name: string;
  organization_url: string;
  video_service: string;
  disk_usage?: DiskUsage;
}

export interface ListedChannel {
  name: string;
  conversation_id: string;
  n_users: number;
  topic: string;
}

export interface Fault {
  message: string;
  /** JSON pointer: `/body/email`; `/` is all of it. */
  path?: string;
  code?: string;
}

/** How the node does that was asked. */
export interface Health {
  version: string;
  ready: boolean;
  /** "ok", or what is wrong. */
  checks: Record<string, string>;
  warnings?: Record<string, string>;
  sessions: number;
  users: number;
  homes: number;
  waiting_events: number;
  waiting_connects: number;
  process: { cpu_seconds: number; resident_bytes: number; open_files: number; threads: number; started: number };
  nodes: { name: string; version: string; homes: number; draining: boolean }[];
}

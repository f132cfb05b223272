// SPDX-License-Identifier: Apache-2.0
// What the node wrote into the page.

const read = (name: string) =>
  globalThis.document?.querySelector(`meta[name="convoy:${name}"]`)?.getAttribute("content") ?? "";

const decode = (base64: string) => {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)));
  } catch {
    return "";
  }
};

export const site = {
  /** What every address begins with: "" or "/convoy". */
  basePath: read("base-path"),
  csrf: read("csrf"),
  firstUser: read("first-user") === "yes",
  openToPublic: read("open-to-public") === "yes",
  /** Whether the invitation of this page is for an account that exists. */
  existingUser: read("existing-user") === "yes",
  /** 200; 410 and 400 for an invitation that has expired or is none. */
  status: Number(read("status")) || 200,
  contact: decode(read("contact")),
  organizationName: read("organization-name") || "Convoy",
  organizationUrl: read("organization-url"),
  version: read("version"),
};

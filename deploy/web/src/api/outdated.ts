// SPDX-License-Identifier: Apache-2.0
import { site } from "./site";

/** Whether the node has another page by now than the one that is open: then the files of the open
    one are gone. Not known is no. */
export async function isOutdated(): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>("script[type=module][src]");
  const name = script?.src.split("/").at(-1);
  if (name === undefined) return false;
  try {
    const response = await fetch(`${site.basePath}/`, { cache: "no-store" });
    return response.ok && !(await response.text()).includes(name);
  } catch {
    return false;
  }
}

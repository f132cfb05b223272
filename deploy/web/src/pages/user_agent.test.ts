// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { describeAgent } from "./user_agent";

test("browsers that say that they are others, too", () => {
  const agents: [string, string, string][] = [
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0",
      "Edge",
      "Windows",
    ],
    ["Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Mobile Safari/537.36", "Chrome", "Android"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
      "Safari",
      "iOS",
    ],
    ["curl/8.0", "", ""],
    ["", "", ""],
  ];
  for (const [text, browser, system] of agents) expect(describeAgent(text), text).toEqual({ browser, system });
});

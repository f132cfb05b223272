// SPDX-License-Identifier: Apache-2.0
import "./ui/styles.css";
import "./chat/styles.css";

import { render } from "preact";

import { App } from "./app";
import { tellDesktop } from "./live/desktop";
import { start } from "./live/live";
import { applyPreferences } from "./ui/preferences";

start();
tellDesktop();
const root = document.getElementById("app");
if (root) void applyPreferences().then(() => render(<App />, root));

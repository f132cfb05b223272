// SPDX-License-Identifier: Apache-2.0
// What follows a login: the page becomes that person's, and shows what was asked for.
import { site } from "../api/site";
import type { User } from "../api/types";
import { start } from "../live/live";
import { user } from "../live/state";
import { places } from "../places";

export function enter(who: User): void {
  // Somebody was here, of whom nothing may stay; or there is an invitation, which is used up.
  if (user.value || location.search !== "") {
    location.replace(places.home());
    return;
  }
  site.firstUser = false;
  if (who.csrf !== undefined) site.csrf = who.csrf;
  start();
}

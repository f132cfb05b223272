// SPDX-License-Identifier: Apache-2.0
// What many parts of the page say.
export const common = {
  loading: "Loading…",
  close: "Close",
  cancel: "Cancel",
  save: "Save",
  saved: "Saved.",
  edit: "Edit",
  remove: "Remove",
  back: "Back",
  more: "More",
  copy: "Copy",
  copied: "Copied.",
  try_again: "Try again",
  "part.title": "Something is missing",
  "part.unreachable": "This part of the page could not be fetched. Check your network and try again.",
  "part.outdated": "The server has a new version of this page. Load it to go on.",
  "part.reload": "Load the new version",
  show_more: "Show more",
  none: "None",
  yes: "Yes",
  no: "No",
  you: "you",
  "skip.main": "Skip to the conversation",

  "field.show_password": "Show the password",

  "date.today": "Today",
  "date.yesterday": "Yesterday",
  "date.now": "just now",
} as const;

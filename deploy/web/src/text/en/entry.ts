// SPDX-License-Identifier: Apache-2.0
// What somebody reads who is not logged in, and on pages that are not there.
export const entry = {
  "entry.tagline": "Always on IRC, on all your devices.",
  "entry.email": "Email",
  "entry.password": "Password",
  "entry.new_password": "New password",
  "entry.password_hint": "At least ten characters. A few random words are easy to remember and hard to guess.",
  "entry.about_site": "About {name}",
  "entry.contact": "Contact the admin",

  "login.title": "Log in",
  "login.submit": "Log in",
  "login.register": "Make an account",
  "login.forgot": "Forgot your password?",
  "login.forgot_answer": "An admin of this site can send you a link with which you set another one.",

  "register.title": "Make an account",
  "register.submit": "Make an account",
  "register.login": "I have an account",
  "register.first_title": "Welcome to Convoy",
  "register.first_about": "Nobody has an account here yet. Yours is the first, so you will be the admin of this site.",
  "register.invited_title": "You are invited",
  "register.invited_about": "Choose a password, and you are in.",
  "register.recover_title": "Set a new password",
  "register.recover_about": "This ends all other sessions of your account.",
  "register.recover_submit": "Set the password",
  "register.closed_title": "Registration is closed",
  "register.closed_about": "New people come in by invitation here. Ask an admin of this site for one.",
  "register.expired_title": "This invitation has expired",
  "register.expired_about": "Ask an admin of this site for a new one.",
  "register.invalid_title": "This invitation is not valid",
  "register.invalid_about": "It may have been used already. Ask an admin of this site for a new one.",

  "missing.title": "There is nothing here",
  "missing.about": "The address may have a slip in it, or what was here is gone.",
  "missing.home": "To the conversations",
} as const;

// SPDX-License-Identifier: Apache-2.0
// Somebody with a browser of their own: what they see and do on the page, and
// what the browser finds wrong with it.
import assert from "node:assert/strict";
import { patience, until } from "./until.mjs";

// Says in the console what the policy has forbidden, so that it counts as a fault.
const tellViolations = () =>
  addEventListener("securitypolicyviolation", (event) =>
    console.error(`forbidden by the policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
  );

export class Visitor {
  faults = [];
  #allowed = [];

  static async come(browser, base, options = {}) {
    const visitor = new Visitor();
    visitor.base = base;
    visitor.context = await browser.newContext({
      locale: "en-GB",
      viewport: { width: 1280, height: 800 },
      reducedMotion: "reduce",
      ...options,
    });
    await visitor.context.addInitScript(tellViolations);
    visitor.page = await visitor.newPage();
    return visitor;
  }

  async newPage() {
    const page = await this.context.newPage();
    page.setDefaultTimeout(patience);
    page.on("pageerror", (why) => this.faults.push(`error: ${why.stack ?? why}`));
    page.on("console", (line) => line.type() === "error" && this.faults.push(`console: ${line.text()}`));
    page.on("dialog", (dialog) => {
      this.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("response", (answer) => this.#checkPolicy(answer));
    return page;
  }

  // The same person, with another page of the same browser.
  async besides() {
    const other = Object.create(this, { page: { value: await this.newPage() } });
    await other.page.goto(this.page.url());
    await other.log.waitFor();
    return other;
  }

  // Every page that is shown has a policy, and it is a strict one.
  #checkPolicy(answer) {
    if (answer.request().resourceType() !== "document" || answer.status() >= 300) return;
    const policy = answer.headers()["content-security-policy"] ?? "";
    if (!/(?:default|script)-src/.test(policy) || policy.includes("unsafe-"))
      this.faults.push(`policy of ${answer.url()}: "${policy}"`);
  }

  // Something that a browser complains of is what the test is about.
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  assertNoFaults() {
    const found = this.faults.filter((each) => !this.#allowed.some((pattern) => pattern.test(each)));
    assert.deepEqual(found, [], "what the browser found wrong");
  }

  goto(path) {
    return this.page.goto(`${this.base}${path}`);
  }

  // By what a program for the blind calls it.
  see(role, name, options = {}) {
    return this.page.getByRole(role, { name, ...options });
  }

  async sees(role, name, options = {}) {
    await this.see(role, name, options).first().waitFor();
  }

  async press(name, role = "button") {
    await this.see(role, name, { exact: true }).click();
  }

  fill(label, value) {
    return this.page.getByLabel(label, { exact: true }).fill(value);
  }

  async reads(text) {
    await this.page.getByText(text).first().waitFor();
  }

  /* Through the API, as what is not the matter of a test. */

  async call(method, path, data) {
    const answer = await this.context.request.fetch(`${this.base}/api${path}`, { method, data });
    assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  }

  async register(email, password = "correct horse battery") {
    Object.assign(this, { email, password });
    this.user = await this.call("POST", "/user/register", { email, password });
  }

  async login(email, password = "correct horse battery") {
    Object.assign(this, { email, password });
    this.user = await this.call("POST", "/user/login", { email, password });
  }

  async connectTo(port, nick, channels) {
    const [first = "", ...others] = channels;
    const url = `irc://127.0.0.1:${port}/?tls=0&nick=${encodeURIComponent(nick)}`;
    const on_connect_commands = others.map((each) => `/join ${each}`);
    await this.call("POST", "/connections", { url, conversation_id: first, on_connect_commands });
    await until(
      async () => {
        const { connections } = await this.call("GET", "/connections");
        const { conversations } = await this.call("GET", "/conversations");
        const isIn = (each) => conversations.some((one) => one.conversation_id === each && one.frozen === "");
        return connections[0].state === "connected" && channels.every(isIn);
      },
      `${nick} is in ${channels}`
    );
  }

  /* In the chat. */

  async open(channel) {
    await this.goto(`/chat/irc-localhost/${encodeURIComponent(channel)}`);
    await this.composer.waitFor();
    await this.log.waitFor();
  }

  get log() {
    return this.page.getByRole("log");
  }

  get composer() {
    return this.page.getByRole("textbox", { name: /^(?:Message to|Command for) / });
  }

  get sidebar() {
    return this.see("navigation", "Conversations");
  }

  // A line of the chat, whole or in part.
  line(text) {
    return this.log.getByRole("article").filter({ hasText: text });
  }

  async hears(text) {
    await this.line(text).first().waitFor();
  }

  async types(text) {
    await this.composer.click();
    await this.composer.fill(text);
  }

  async says(text) {
    await this.types(text);
    await this.composer.press("Enter");
  }

  // The texts that are in sight, in their order.
  texts() {
    return this.log.locator(".line-text").allInnerTexts();
  }

  // What is in the sidebar for a conversation.
  place(name) {
    return this.sidebar.getByRole("listitem").filter({ hasText: name.replace(/^#/, "") });
  }

  // How many messages are unread there, in words; "" when none.
  async unread(name) {
    return (await this.place(name).locator(".unread-badge .visually-hidden").allInnerTexts()).join();
  }

  leave() {
    return this.context.close();
  }
}

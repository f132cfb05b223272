// SPDX-License-Identifier: Apache-2.0
"use strict";

// A front end that asks for what the Convos front end asks for, in its way and
// in its order (spec/rest-api.md §7 to §9), and shows it plainly.

const settings = {};
for (const tag of document.querySelectorAll("meta[name]"))
  settings[tag.name.replace(/^convos:/, "")] = tag.content;
const setting = (name) => {
  if (!(name in settings)) throw new Error(`No meta tag ${name}`);
  return settings[name];
};

const baseUrl = setting("base_url").replace(/\/$/, "");
if (!location.href.startsWith(baseUrl))
  throw new Error(`${location.href} is not below ${baseUrl}`);
if (setting("start_app") !== "chat") throw new Error("Nothing is to be started");

// What is there before it starts goes; without it, nothing starts.
for (const name of [".cms-main", ".footer--wrapper"]) document.querySelector(name).remove();
document.body.prepend(document.createElement("main"));

// A theme is chosen by its title, which the one in use does not have.
const theme = document.querySelector("link#theme_primary[rel=stylesheet]:not([title])");
theme.href = document.querySelector("link[id^=theme_alt__light-][title$=' (light)']").href;

navigator.serviceWorker.register(`${baseUrl}/sw.js`);
fetch(`${baseUrl}/sw/info`)
  .then((answer) => answer.json())
  .then(({ version }) => {
    if (version !== setting("version")) throw new Error(`This is not ${version}`);
  });

// -- the API, as its document describes it ------------------------------------

let operations;

// Always at the root of the origin, wherever the page is.
async function readDocument() {
  const document = await (await fetch("/api")).json();
  const root = document.servers[0].url;
  const result = {};
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods))
      if (operation.operationId)
        result[operation.operationId] = {
          ...operation,
          method: method.toUpperCase(),
          url: root + path,
          document,
        };
  return result;
}

function resolve(document, what) {
  while (what && what.$ref)
    what = what.$ref
      .replace(/^#\//, "")
      .split("/")
      .reduce((at, key) => at[key], document);
  return what;
}

async function call(operationId, values = {}) {
  operations ??= readDocument();
  const operation = (await operations)[operationId];
  if (!operation) throw new Error(`Failed fetching operationId "${operationId}"`);
  let url = operation.url;
  const query = new URLSearchParams();
  for (let parameter of operation.parameters || []) {
    parameter = resolve(operation.document, parameter);
    if (parameter.in === "path")
      url = url.replace(
        `{${parameter.name}}`,
        encodeURIComponent(values[parameter.name])
      );
    else if (parameter.in === "query" && parameter.name in values)
      query.set(parameter.name, values[parameter.name]);
  }
  url = new URL(url);
  url.search = query;
  let body;
  if (operation.requestBody) {
    const content = resolve(operation.document, operation.requestBody).content;
    const json = content["application/json"];
    const schema = resolve(operation.document, json && json.schema);
    body = {};
    for (const key of Object.keys((schema && schema.properties) || {}))
      if (key in values) body[key] = values[key];
    body = JSON.stringify(body);
  }
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(operation.method, url);
    request.setRequestHeader("Content-Type", "application/json");
    request.timeout = 15000;
    request.onerror = () => failed(new Error(`${operationId} got no answer`));
    request.ontimeout = request.onerror;
    request.onload = () => {
      const answer = request.responseText ? JSON.parse(request.responseText) : {};
      if (request.status < 400) return done(answer);
      const { message, path } = answer.errors[0];
      const place = /\w$/.test(path) ? path.split("/").pop() + ": " : "";
      failed(new Error(place + message));
    };
    request.send(body);
  });
}

// -- the socket ---------------------------------------------------------------

let socket;
let lastId = 0;
const waiting = new Map();

function connect() {
  const url = baseUrl.replace(/^http/, "ws") + "/events";
  socket = new WebSocket(url);
  socket.onopen = () =>
    ask({ method: "load", object: "user", params: { connections: true, conversations: true } })
      .then(showUser, () => {});
  socket.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.event === "handshake" && event.errors) return showLogin();
    if (event.id && waiting.has(event.id)) {
      const [done, failed] = waiting.get(event.id);
      waiting.delete(event.id);
      if (event.errors) failed(new Error(event.errors[0].message));
      else done(event);
    }
    onEvent(event);
  };
}

function ask(what) {
  const id = String(++lastId);
  socket.send(JSON.stringify({ ...what, id }));
  return new Promise((done, failed) => waiting.set(id, [done, failed]));
}

const say = (message) =>
  ask({ method: "send", connection_id: here.connection_id, conversation_id: here.conversation_id, message });

// -- what is shown ------------------------------------------------------------

const main = document.querySelector("main");
let here = { connection_id: "", conversation_id: "" };
let user;

function show(html) {
  main.innerHTML = html;
  for (const form of main.querySelectorAll("form"))
    form.onsubmit = (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(form));
      handlers[form.id](values, form).catch((why) => {
        main.querySelector("#error").textContent = why.message;
      });
    };
}

const escape = (text) => {
  const span = document.createElement("span");
  span.textContent = text;
  return span.innerHTML;
};

function showLogin() {
  const first = setting("first_user") === "yes";
  const what = first && !localStorage.getItem("known") ? "register" : "login";
  const contact = atob(setting("contact"));
  show(`<h1>${escape(setting("contactorganization"))}</h1>
    <form id="${what}">
      <input name="email" type="email"><input name="password" type="password">
      <button>${what}</button>
    </form><p id="error"></p><p>${escape(contact)}</p>`);
}

function showUser({ user: loaded }) {
  user = loaded;
  localStorage.setItem("known", "yes");
  fetch(`${baseUrl}/emojis/0bf11a9aff0d6da7b46f1490f86a71eb.json`).then((answer) => answer.json());
  const joined = user.conversations.find((each) => !each.frozen && each.name.startsWith("#"));
  show(`<h1 id="me">${escape(user.email)}</h1>
    <form id="add"><input name="url"><button>add</button></form>
    <form id="join"><input name="channel"><button>join</button></form>
    <p id="state"></p><p id="people"></p><ol id="messages"></ol>
    <form id="talk"><input name="message"><button>say</button></form>
    <form id="search"><input name="match"><button>search</button></form>
    <ol id="hits"></ol><p id="error"></p>
    <a id="logout" href="${baseUrl}/logout?csrf=${encodeURIComponent(setting("csrf"))}">log out</a>`);
  if (joined) openConversation(joined);
}

async function openConversation(conversation) {
  here = conversation;
  const ids = { connection_id: here.connection_id, conversation_id: here.conversation_id };
  await call("markConversationAsRead", ids);
  const page = await call("conversationMessages", { ...ids, around: new Date().toISOString(), limit: 40 });
  // This makes the real one ask again and again.
  if (page.after) throw new Error("The newest page has an after");
  main.querySelector("#messages").innerHTML = "";
  page.messages.forEach(addMessage);
  const names = await say(`/names ${here.name}`);
  main.querySelector("#people").textContent = names.participants.map((each) => each.nick).join(" ");
}

function addMessage({ from, message, ts }) {
  const time = new Date(/Z$/.test(ts) ? ts : ts + "Z");
  if (Number.isNaN(time.getTime())) throw new Error(`Not a time: ${ts}`);
  const item = document.createElement("li");
  item.textContent = `${from}: ${message}`;
  main.querySelector("#messages").append(item);
}

function onEvent(event) {
  if (event.event === "sent" && typeof event.message !== "string")
    throw new Error("sent without message");
  if (event.event === "state" && event.type === "connection")
    main.querySelector("#state").textContent = event.state;
  if (event.event === "state" && event.type === "frozen" && !event.frozen && event.name.startsWith("#"))
    openConversation(event);
  if (event.event === "message" && event.conversation_id && event.conversation_id === here.conversation_id)
    addMessage(event);
}

const handlers = {
  async register(values) {
    await call("registerUser", { ...values, token: "", exp: "" });
    connect();
  },
  async login(values) {
    await call("loginUser", values);
    connect();
  },
  async add(values) {
    const made = await call("createConnection", { url: values.url, conversation_id: "", on_connect_commands: [] });
    here = { connection_id: made.connection_id, conversation_id: "" };
    await call("listConnectionProfiles");
  },
  async join(values) {
    await say(`/join ${values.channel}`);
  },
  async talk(values, form) {
    await say(values.message);
    form.reset();
  },
  async search(values) {
    const { messages } = await call("searchMessages", { match: values.match });
    main.querySelector("#hits").innerHTML = messages
      .map((hit) => `<li>${escape(`${hit.connection_id}/${hit.conversation_id} ${hit.message}`)}</li>`)
      .join("");
  },
};

call("getDictionary", { lang: document.documentElement.lang }).then(({ available_languages }) => {
  document.body.dataset.languages = Object.keys(available_languages).join(" ");
});
connect();

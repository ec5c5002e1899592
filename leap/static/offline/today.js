// Today's visits, with or without a signal: opened with the passphrase, read, and written about. The
// key is in this page's memory alone; closing, locking or ten minutes without a touch forget it.

import { decrypt, encrypt, openKey, seal } from "./keys.js";
import * as kept from "./kept.js";
import * as sending from "./sending.js";
import { arrive, formOf, inWords, lines, missing, part, show, typedIn, view } from "./showing.js";

const TRIES = 5;
const IDLE = 10 * 60_000; // milliseconds
const PAUSE = 800; // after the last key
const LOOK = 30_000; // between two looks at the clock

let taken; // whose visits, until when, with the locked key
let key; // undefined while locked
let visits = []; // {id, place, ref, name, before, contact, since, by}
let signal = navigator.onLine;
let who; // who is signed in, as far as LEAP has said
let touched = Date.now();
let lastTry = Promise.resolve(); // to send what waits
let leave = async () => {}; // keeps what the open form holds

// Opening and forgetting

async function start() {
  document.getElementById("leap-today").addEventListener("click", press);
  document.addEventListener("submit", submit, true);
  window.addEventListener("popstate", (event) => { if (event.state) go(event.state, false); });
  window.addEventListener("online", trySending);
  window.addEventListener("offline", () => { signal = false; tell(); });
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : look()));
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => { touched = Date.now(); });
  setInterval(look, LOOK);
  await reconsider();
  await closed();
  navigator.serviceWorker?.register("/worker.js");
}

// What is on the device may have ended: by the clock, or because LEAP says so.
async function reconsider() {
  taken = await kept.taken();
  const said = await sending.ask(taken);
  [signal, who] = [said.answers, said.who];
  if (said.over) taken = undefined;
  if (!taken && who) await sending.send({ who, everything: true });
}

async function look() {
  if (taken && !(await kept.taken())) {
    taken = undefined;
    await closed();
  } else if (key && Date.now() - touched > IDLE) await closed();
}

async function closed() {
  await leave();
  [key, visits, leave] = [undefined, [], async () => {}];
  show(taken ? "locked" : "nothing");
  await tell();
  arrive();
}

async function open(form) {
  const said = part("said", form);
  const tries = (taken.tries ?? 0) + 1;
  await kept.put("visits", "taken", { ...taken, tries });
  said.textContent = "";
  const found = await openKey(form.elements.phrase.value, taken.lock);
  if (found) return unlocked(found);
  taken.tries = tries;
  form.elements.phrase.value = "";
  const left = TRIES - tries;
  if (!left) return erased();
  said.textContent = `That is not the passphrase. ${left} ${left === 1 ? "try" : "tries"} left.`;
  form.elements.phrase.focus();
}

async function unlocked(found) {
  key = found;
  touched = Date.now();
  taken.tries = 0;
  await kept.put("visits", "taken", taken);
  for (const { id, box } of await kept.visits()) visits.push({ id, ...(await decrypt(key, box, id)) });
  visits.sort((one, other) => one.place - other.place);
  await go({ name: "today" });
  await trySending();
}

async function erased() {
  await kept.erase();
  taken = undefined;
  await closed();
}

// What is shown

async function go(where, remember = true) {
  if (!key) return;
  await leave();
  leave = async () => {};
  if (remember) history.pushState(where, "");
  await PAGES[where.name](where);
  await tell();
  arrive();
}

const PAGES = { today, visit, contact, problem };
const visitOf = (id) => visits.find((each) => each.id === id);

async function today() {
  list(await kept.all("written"));
}

// Drawn at once, so that two who draw it never both fill one list.
function list(written) {
  show("list");
  for (const each of visits) {
    const row = document.getElementById("leap-row").content.cloneNode(true);
    Object.assign(part("visit", row), { textContent: each.name }).dataset.visit = each.id;
    part("ref", row).textContent = each.ref;
    part("written", row).append(...written.filter((one) => one.visit === each.id).map(mark));
    part("visits").append(row);
  }
  askToSignIn();
}

const STATES = {
  draft: ["Not finished", "orange"],
  waiting: ["Waiting to be sent", "blue"],
  refused: ["Needs you", "red"],
  meanwhile: ["Needs you", "red"],
  sent: ["Sent", "green"],
};

function mark({ id, state }) {
  const [words, colour] = STATES[state];
  const tag = document.createElement(state === "sent" ? "strong" : "button");
  tag.className = `govuk-tag govuk-tag--${colour} leap-today__tag`;
  tag.textContent = words;
  if (state !== "sent") Object.assign(tag, { type: "button" }).dataset.one = id;
  return tag;
}

function visit({ id }) {
  show("visit");
  part("before").innerHTML = visitOf(id).before;
  part("go=contact").dataset.id = id;
}

async function contact({ id, one }) {
  const begun = one ?? (await kept.all("written")).find((each) => each.visit === id && each.state === "draft")?.id;
  const record = begun && (await kept.get("written", begun));
  const content = record ? await decrypt(key, record.box, begun) : undefined;
  const page = formOf(content?.html ?? visitOf(id).contact, content?.typed);
  view.replaceChildren(...page.childNodes);
  keepTyping(view.querySelector(".leap-contact"), { id: begun ?? crypto.randomUUID(), visit: id, content });
}

// A contact that LEAP has not taken: why, what was typed, and what can be done about it.
async function problem({ one }) {
  const record = await kept.get("written", one);
  const { content, ref, form } = await whatWasWritten(record);
  show("problem").dataset.one = one;
  part("name").textContent = `${visitOf(record.visit).name}, ${ref}`;
  part("title").textContent = record.state === "waiting" ? "Waiting to be sent" : "Not sent yet";
  part("sentence").textContent = sentenceOf(record.state, content);
  part("meanwhile").hidden = part("do=anyway").hidden = record.state !== "meanwhile";
  part("lines").append(...(content.meanwhile ?? []).map(meanwhile));
  part("typed").append(...lines(inWords(form)));
  Object.assign(part("go=contact").dataset, { id: record.visit, one });
}

async function whatWasWritten(record) {
  const content = await decrypt(key, record.box, record.id);
  const { ref, contact: html } = visitOf(record.visit);
  const form = formOf(html, content.typed).querySelector("form");
  return { content, ref, form };
}

function sentenceOf(state, { sentence, html }) {
  if (state === "waiting") return "It goes as soon as there is a signal and you are signed in.";
  if (state === "meanwhile") return "Something was recorded meanwhile that you could not know of. Read it, then decide.";
  return sentence ?? (html ? "LEAP needs something put right first." : "Send it now to hear what is wrong.");
}

function meanwhile({ title, by, note: words }) {
  const line = document.createElement("li");
  const [strong, small] = [document.createElement("strong"), document.createElement("span")];
  strong.textContent = title;
  Object.assign(small, { className: "leap-muted", textContent: ` ${by}` });
  line.append(strong, small, document.createElement("br"), words);
  return line;
}

// Writing

function keepTyping(form, one) {
  const said = form.querySelector(".leap-draft");
  let timer;
  let last = typedIn(form);
  const save = async () => {
    clearTimeout(timer);
    const typed = typedIn(form);
    if (typed === last) return;
    last = typed;
    await write(one, typed, "draft");
    said.textContent = "Kept on this device, encrypted. Not sent yet.";
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problems = missing(form);
    said.classList.toggle("leap-draft--lost", Boolean(problems));
    said.textContent = problems;
    if (problems) return;
    clearTimeout(timer);
    leave = async () => {};
    await write(one, typedIn(form), "waiting");
    await go({ name: "today" });
    await trySending();
  });
  leave = save;
}

// Encrypted for this page, and sealed for LEAP; the key to send it under is made once.
async function write({ id, visit: place, content }, typed, state, since = content?.since) {
  const { ref, since: known } = visitOf(place);
  const told = { ref, submission: id, typed, since: since ?? known };
  const sealed = await seal(told, taken.public);
  const box = await encrypt(key, { typed, since: told.since }, id);
  await kept.put("written", id, { id, who: taken.who, taken: taken.taken, visit: place, state, sealed, box });
}

// Sending

// One after the other: what an earlier try found out late never undoes what a later one shows.
function trySending() {
  lastTry = lastTry.then(sendWhatWaits, sendWhatWaits);
  return lastTry;
}

async function sendWhatWaits() {
  const said = await sending.ask(taken);
  [signal, who] = [said.answers, said.who];
  if (said.over) return erased();
  if (who && taken && who === taken.who) signal = await sending.send({ who, hear: key ? hear : undefined });
  const written = await kept.all("written");
  if (key && part("visits")) list(written);
  await tell();
}

// What LEAP answered is kept beside what was typed, encrypted as it is.
async function hear(one, answer) {
  await sending.note(one, answer);
  if (!one.box || !["refused", "meanwhile"].includes(answer.state)) return;
  const { typed, since } = await decrypt(key, one.box, one.id);
  const { html, sentence, meanwhile: others, at } = answer;
  const box = await encrypt(key, { typed, since, html, sentence, meanwhile: others, at }, one.id);
  await kept.put("written", one.id, { ...one, state: answer.state, box });
}

function askToSignIn() {
  const place = part("sign-in");
  place.replaceChildren();
  if (!signal || who === taken.who || !view.querySelector("[data-written] button")) return;
  place.append(document.getElementById("leap-sign-in").content.cloneNode(true));
  const { by: name } = visits[0];
  part("why").textContent = who
    ? `Somebody else is signed in here. Nothing of ${name}’s is sent before ${name} signs in.`
    : `You were signed out, ${name}. What you wrote is here, and goes when you are back.`;
}

async function signIn(form) {
  const asks = part("code", form).hidden ? "password" : "code";
  const said = await sending.signIn(taken.who, { [asks]: form.elements[asks].value });
  form.elements[asks].value = "";
  part("said", form).textContent = said.sentence ?? "";
  part("code", form).hidden = !said.code;
  part("password", form).hidden = Boolean(said.code);
  if (said.who) await trySending();
  else form.elements[said.code ? "code" : "password"].focus();
}

// What is pressed

async function press(event) {
  const button = event.target.closest("button");
  const { do: does, go: there, visit: id, one } = button?.dataset ?? {};
  if (does) await DOES[does](view.dataset.one);
  else if (id) await go({ name: "visit", id });
  else if (there === "today") await go({ name: there });
  else if (there) await go({ name: there, ...button.dataset });
  else if (one) await goTo(one);
}

async function goTo(one) {
  const { state, visit: id, box } = await kept.get("written", one);
  const { html } = await decrypt(key, box, one);
  const name = state === "draft" || html ? "contact" : "problem";
  await go({ name, id, one });
}

const DOES = {
  send: trySending,
  lock: closed,
  async erase() {
    if (confirm("Erase the visits from this device? What you wrote and have not sent stays, unreadable, until you are signed in here with a signal.")) await erased();
  },
  async anyway(one) {
    const record = await kept.get("written", one);
    const { typed, at } = await decrypt(key, record.box, one);
    await write(record, typed, "waiting", at);
    await go({ name: "today" });
    await trySending();
  },
  async copy(one) {
    const { form } = await whatWasWritten(await kept.get("written", one));
    await navigator.clipboard.writeText(inWords(form).map((pair) => pair.join(": ")).join("\n"));
    part("said").textContent = "Copied.";
  },
  async discard(one) {
    if (!confirm("Throw away what you wrote? It cannot be brought back.")) return;
    await kept.remove("written", one);
    await go({ name: "today" });
  },
};

// Before anybody else hears of it: these two forms are answered here.
function submit(event) {
  const answers = { open, "sign-in": signIn }[event.target.dataset.form];
  if (!answers) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  answers(event.target);
}

// The line at the top: whether there is a signal, what waits, and until when all this is here.

async function tell() {
  const waiting = await sending.unsent();
  const count = waiting.filter((one) => one.state === "waiting").length;
  const asks = waiting.filter((one) => ["refused", "meanwhile"].includes(one.state)).length;
  const said = [signal ? "" : "No signal."];
  if (count) said.push(`${contacts(count)} waiting to be sent.`);
  if (asks) said.push(`${contacts(asks)} LEAP could not take yet: open ${asks === 1 ? "it" : "them"} to see why.`);
  if (taken) said.push(`Kept until ${clock(taken.until)}.`);
  document.querySelector("[data-state]").textContent = said.join(" ").trim();
  const button = part("do=send");
  if (button) button.hidden = !waiting.some((one) => one.state !== "draft");
}

const contacts = (count) => `${count} ${count === 1 ? "contact" : "contacts"}`;

function clock(at) {
  const time = new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return time === "00:00" ? "midnight" : `${time} today`;
}

start();

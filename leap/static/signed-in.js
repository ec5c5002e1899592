// Notices that the session has ended, and signs in again over the page, so that nothing typed is lost.

const dialog = document.getElementById("leap-again");
const { who, still, again } = dialog.dataset;
const WARNING = 120; // seconds before the end
const SIGN_OF_LIFE = 5 * 60_000; // milliseconds: how often somebody at work says so
const SPACING = 2000; // between two questions
const RETRY = 30; // seconds, when there is no answer

let until = Date.now() + (Number(dialog.dataset.seconds) - 60) * 1000; // the server notes once a minute
let heard = Date.now();
let timer;
let waiting; // the form that is to be sent once we are back

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
const shown = () => (dialog.open ? dialog.dataset.shown : "");

async function ask(method = "GET") {
  const asked = Date.now();
  heard = asked;
  try {
    const headers = method === "POST" ? { "X-CSRFToken": token() } : {};
    const answer = await fetch(still, { method, headers, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    hear(await answer.json());
  } catch {
    if (waiting) send();
    else later(RETRY);
  }
}

function hear(now) {
  if (now.who !== who) return signInAgain(now.who ? "other" : "out");
  until = Date.now() + now.seconds * 1000;
  if (now.seconds > WARNING) {
    goOn();
    later(now.seconds - WARNING);
  } else {
    if (!waiting) open("warning");
    later(now.seconds + 1);
    send();
  }
}

function later(seconds) {
  clearTimeout(timer);
  timer = setTimeout(ask, Math.max(1, seconds) * 1000);
}

function signInAgain(why) {
  clearTimeout(timer);
  until = 0;
  document.body.classList.add("leap-covered");
  for (const line of dialog.querySelectorAll("[data-why]")) line.hidden = line.dataset.why !== why;
  if (shown() !== "code") open("password");
}

function open(name) {
  if (shown() === name) return;
  for (const one of dialog.querySelectorAll("[data-part]")) one.hidden = one.dataset.part !== name;
  dialog.dataset.shown = name;
  dialog.setAttribute("aria-labelledby", `leap-again-${name}`);
  if (!dialog.open) dialog.showModal();
  part(name).querySelector("input:not([type=hidden]), button").focus();
}

function goOn() {
  document.body.classList.remove("leap-covered");
  dialog.dataset.shown = "";
  if (dialog.open) dialog.close();
  send();
}

// The form that was held back goes out as it stands: same fields, same submission key.
function send() {
  if (!waiting) return;
  const { form, submitter } = waiting;
  waiting = undefined;
  until = Date.now() + SIGN_OF_LIFE;
  form.requestSubmit(submitter);
}

async function signIn(form) {
  const said = form.querySelector("[data-said]");
  const secret = form.querySelector("input:not([type=hidden])");
  const body = new URLSearchParams({ who, [secret.name]: secret.value });
  said.textContent = "";
  try {
    const headers = { "X-CSRFToken": token() };
    const answer = await fetch(again, { method: "POST", body, headers, redirect: "error" });
    const now = await answer.json();
    secret.value = "";
    if (now.who) return hear(now);
    open(now.code ? "code" : "password");
    const where = part(now.code ? "code" : "password");
    where.querySelector("[data-said]").textContent = now.sentence ?? "";
    where.querySelector("input:not([type=hidden])").focus();
  } catch {
    said.textContent = "LEAP does not answer. Try again in a moment.";
  }
}

// Before anybody else hears of it: the dialog's own forms, and forms that would arrive signed out.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const ours = dialog.contains(form);
  if (!ours && (form.method !== "post" || Date.now() < until - 5000)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (ours) return signIn(form);
  waiting = { form, submitter: event.submitter };
  ask("POST");
}, true);

// Escape does not lead back to a page that nobody is signed in to; where one may stay, it means yes.
dialog.addEventListener("close", () => {
  const name = dialog.dataset.shown;
  if (name === "warning") ask("POST");
  else if (name) {
    dialog.dataset.shown = "";
    open(name);
  }
});
part("warning").querySelector("[data-stay]").addEventListener("click", () => ask("POST"));

for (const kind of ["input", "keydown", "pointerdown"]) {
  document.addEventListener(kind, () => {
    if (!dialog.open && Date.now() - heard > SIGN_OF_LIFE) ask("POST");
  }, { passive: true });
}

// A tab that was away, or asleep, or under somebody else's, asks before it goes on.
function back() {
  if (document.visibilityState === "visible" && Date.now() - heard > SPACING) ask();
}
document.addEventListener("visibilitychange", back);
window.addEventListener("focus", back);
window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
document.addEventListener("leap:refused", () => ask());

later(Number(dialog.dataset.seconds) - 60 - WARNING);

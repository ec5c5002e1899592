// Everything works without this file; with it, work is quicker and typing is kept as you go.

const here = document.getElementById("leap-js")?.dataset ?? {};
const DOUBLE_CLICK = 3000; // milliseconds
const PAUSE = 2500; // after the last key
const KEEPALIVE_LIMIT = 60_000; // bytes a browser lets us send while it leaves the page

document.body.classList.add("js-enabled", "govuk-frontend-supported");
if (here.govuk) import(here.govuk).then((govuk) => govuk.initAll());
// Only in a browser that takes visits along is there a worker, and anything that might wait.
if (here.waiting && navigator.serviceWorker?.controller) import(here.waiting);

// On a phone the filters start closed, unless they are narrowing what is shown.
for (const filters of document.querySelectorAll("[data-leap-filters]")) {
  const narrow = window.matchMedia("(max-width: 40.05em)").matches;
  if (narrow && !("inUse" in filters.dataset)) filters.open = false;
}

// In a list whose rows can be chosen the arrows go from box to box; Space and Enter do as ever.
const choices = [...document.querySelectorAll("[data-leap-choose] input")];
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next = choices[choices.indexOf(event.target) + step];
  if (!step || !choices.includes(event.target) || !next) return;
  event.preventDefault();
  next.focus();
});

const cookie = (name) =>
  document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, DOUBLE_CLICK);
  freshen(form);
});

// Someone who signed in again in another tab has a new token there; this form still holds the old one.
function freshen(form) {
  const token = cookie("csrftoken");
  const field = form.elements.csrfmiddlewaretoken;
  if (token && field) field.value = token;
  if (here.who && !form.elements.made_for) form.append(madeFor(here.who));
}

// Whose page this is: should somebody else have signed in over it, nothing is sent as them.
function madeFor(who) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "made_for", value: who });
  return field;
}

// Coming back with the back button must not leave a form thinking that it has been sent.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

for (const form of document.querySelectorAll("form[data-draft]")) keepDraft(form);

function keepDraft(form) {
  const said = document.createElement("p");
  said.className = "leap-draft";
  said.setAttribute("role", "status");
  form.append(said);
  let timer;
  let kept = typed(form);
  let sent = false;

  const save = async (leaving = false) => {
    clearTimeout(timer);
    const body = typed(form);
    if (sent || body === kept) return;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new URLSearchParams(body),
        headers: { "X-CSRFToken": cookie("csrftoken") ?? "" },
        keepalive: leaving && body.length < KEEPALIVE_LIMIT,
        redirect: "error",
      });
      if (answer.status === 507) throw new Error(await answer.text());
      if (!answer.ok) throw new Error(answer.status);
      kept = body;
      said.textContent = `Draft saved ${time()}`;
      said.classList.remove("leap-draft--lost");
    } catch (problem) {
      said.classList.add("leap-draft--lost");
      const refused = ["403", "409"].includes(problem.message);
      if (refused) document.dispatchEvent(new Event("leap:refused")); // signed-in.js finds out why
      const full = problem.message.startsWith("Not kept.") ? `${problem.message} ` : "";
      said.textContent = refused
        ? "You are signed out. Your typing is still on this page, and not saved yet."
        : `${full}Not saved yet. Your typing is still on this page; we will try again.`;
      if (!leaving) timer = setTimeout(save, 4 * PAUSE);
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
}

function typed(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.append(name, value);
  }
  return fields.toString();
}

function time() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

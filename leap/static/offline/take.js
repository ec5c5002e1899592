// Takes visits along: fetches each, encrypts it with a key that only the passphrase opens, and leaves.

import { encrypt, makeKey, newPhrase, tidy } from "./keys.js";
import * as kept from "./kept.js";
import { send } from "./sending.js";

const form = document.getElementById("leap-take");
const { phrase } = form.elements;
const said = form.querySelector("[data-said]");
const SHORTEST = 12;
const MOST = Number(form.dataset.most);

const cookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
const suggest = () => { phrase.value = newPhrase(); };

function say(words, wrong = false) {
  said.textContent = words;
  said.classList.toggle("leap-draft--lost", wrong);
}

function problemWith(chosen) {
  if (!chosen.length) return "Tick whom you are going to see.";
  if (chosen.length > MOST) return `Take at most ${MOST} visits along. You have ticked ${chosen.length}.`;
  const short = tidy(phrase.value).length < SHORTEST || new Set(tidy(phrase.value)).size < 5;
  return short ? `The passphrase needs at least ${SHORTEST} letters or digits, and not the same few over and over.` : "";
}

async function answerOf(address, method = "GET") {
  const headers = method === "POST" ? { "X-CSRFToken": cookie() } : {};
  const answer = await fetch(address, { method, headers, redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

async function take() {
  const chosen = [...form.querySelectorAll("input[name=family]:checked")];
  const problem = problemWith(chosen);
  if (problem) return say(problem, true);
  say("One moment. Your browser is getting ready.");
  await navigator.serviceWorker.register("/worker.js");
  const begun = await answerOf(form.action, "POST");
  await makeRoom(begun.who);
  const { lock, key } = await makeKey(phrase.value);
  for (const [place, { value: ref }] of chosen.entries()) {
    say(`Fetching visit ${place + 1} of ${chosen.length}.`);
    const visit = await answerOf(form.dataset.visit.replace("LB-XXXXX", ref));
    const id = crypto.randomUUID();
    await kept.put("visits", id, { id, box: await encrypt(key, { ...visit, id, place, by: begun.name }, id) });
  }
  const { who, taken, until, public: sealTo } = begun;
  await kept.put("visits", "taken", { who, taken, until, public: sealTo, lock, tries: 0 });
  await navigator.serviceWorker.ready;
  location.assign("/offline/");
}

// What was taken or written before gives way: to LEAP what was written, as contacts or as drafts.
async function makeRoom(who) {
  await send({ who, everything: true });
  await kept.erase();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await take();
  } catch (problem) {
    await kept.erase();
    const full = problem.name === "QuotaExceededError";
    say(full ? "There is no room on this device." : "LEAP does not answer. Nothing was taken along: try again.", true);
  }
});
form.querySelector("[data-suggest]").addEventListener("click", suggest);

if (!window.isSecureContext || !navigator.serviceWorker) {
  form.querySelector("[data-cannot]").hidden = false;
  form.querySelector("button[type=submit]").disabled = true;
} else if (!phrase.value) suggest();

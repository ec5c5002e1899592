// On every page of somebody who takes visits along: sends what waits, and clears up at the end.

import * as kept from "./kept.js";
import { ask, note, send, unsent } from "./sending.js";

const { who } = document.getElementById("leap-js").dataset;
const dialog = document.getElementById("leap-unsent");
const mine = async () => (await unsent()).filter((one) => one.who === who);

async function look() {
  const taken = await kept.taken();
  if (!taken && !(await mine()).length) return;
  const { over, answers } = await ask(taken);
  if (!answers) return;
  const here = Boolean(taken) && !over;
  let why = "";
  const hear = async (one, answer) => {
    if (answer.state === "wait") why = answer.sentence ?? "";
    await note(one, answer);
  };
  await send({ who, everything: !here, hear });
  const left = (await mine()).filter((one) => one.state !== "draft" || !here);
  tell(left.length, here, why);
}

function tell(count, here, why) {
  const place = document.getElementById("leap-offline");
  place.hidden = !count && !here;
  const waits = `${count} ${count === 1 ? "contact that you wrote" : "contacts that you wrote"} without a signal ${count === 1 ? "is" : "are"} not in LEAP yet.`;
  place.querySelector("span").textContent = count ? `${waits} ${why}`.trim() : "Visits are with you on this device.";
}

// Signing out ends it: what is written goes to LEAP if it can, and stays sealed if it cannot.
// Whatever goes wrong here, nobody is kept from signing out.
async function leave(form) {
  try {
    if ((await mine()).length) await send({ who, everything: true });
    const count = (await mine()).length;
    if (count && !(await agreed(count))) return;
    await kept.erase();
  } catch (problem) {
    console.error(problem);
  }
  form.submit();
}

function agreed(count) {
  dialog.querySelector("[data-count]").textContent = count === 1 ? "1 contact is" : `${count} contacts are`;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "out"), { once: true });
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (new URL(form.action, location.href).pathname !== "/sign-out/") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  leave(form);
}, true);
window.addEventListener("online", look);
look();

// Sends what was written, each under its own key, so that sending twice logs once.

import * as kept from "./kept.js";

export const UNSENT = ["draft", "waiting", "refused", "meanwhile"];
const PATIENCE = 30_000; // milliseconds
const SEND = "/offline/send/";
const STILL = "/offline/still/";
const AGAIN = "/sign-in/again/";

const cookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

async function post(address, fields) {
  const body = new URLSearchParams(fields);
  const headers = { "X-CSRFToken": cookie() };
  const signal = AbortSignal.timeout(PATIENCE); // one that hangs must not keep the next from trying
  return fetch(address, { method: "POST", body, headers, redirect: "error", signal });
}

export const unsent = async () => (await kept.all("written")).filter((one) => UNSENT.includes(one.state));

// Whether LEAP answers; who is signed in; and whether the visits may stay, which it erases if not.
export async function ask(taken) {
  try {
    const answer = await post(STILL, { taken: taken?.taken ?? "" });
    if (!answer.ok) return { answers: true, who: "" };
    const { holds, who } = await answer.json();
    const over = taken && (!holds || (who && who !== taken.who));
    if (over) await kept.erase();
    return { answers: true, who, over };
  } catch {
    return { answers: false, who: "" };
  }
}

// Sends what waits; with `everything`, also what is begun or was refused, which LEAP keeps as drafts.
// `hear` is told of each answer. One at a time, whichever pages are open. False when LEAP did not answer.
export function send({ who, everything = false, hear = note }) {
  return navigator.locks.request("leap-offline", async () => {
    for (const one of await unsent()) {
      if (one.who !== who || !(everything || one.state === "waiting")) continue;
      const how = one.state === "draft" ? "draft" : everything ? "keep" : "";
      const answer = await sendOne(one, how);
      if (!answer) return false;
      await hear(one, answer);
    }
    return true;
  });
}

async function sendOne(one, how) {
  try {
    const fields = { taken: one.taken, sealed: one.sealed, how, made_for: one.who };
    const answer = await post(SEND, fields);
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    return json ? await answer.json() : { state: "wait" };
  } catch {
    return undefined;
  }
}

// What becomes of it on the device. Sent, or kept by LEAP with the drafts: its words go.
export async function note(one, { state }) {
  const { id, who, visit } = one;
  if (state === "wait") return;
  if (state === "draft") await kept.remove("written", id);
  else if (state === "sent") await kept.put("written", id, { id, who, visit, state });
  else await kept.put("written", id, { ...one, state });
}

// Signs in again where one is. Gives {who}, {code: true} when a code is asked for, or {sentence}.
export async function signIn(who, fields) {
  if (!cookie()) await fetch("/sign-in/");
  try {
    return await (await post(AGAIN, { who, ...fields })).json();
  } catch {
    return { sentence: "LEAP does not answer. Try again when there is a signal." };
  }
}

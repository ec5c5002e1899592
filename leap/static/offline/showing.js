// Pieces of the page: its templates, a form filled in again, and what was typed in words.

import { fits, watch } from "../contact.js";

export const view = document.querySelector("[data-view]");

export function show(name) {
  view.replaceChildren(document.getElementById(`leap-${name}`).content.cloneNode(true));
  return view;
}

export function arrive() {
  window.scrollTo(0, 0);
  view.querySelector("h1")?.focus();
}

export const part = (name, within = view) => within.querySelector(`[data-${name}]`);

// The contact form as LEAP made it, begun now or filled in with what was typed before.
export function formOf(html, typed) {
  const page = document.createElement("div");
  page.innerHTML = html;
  const form = page.querySelector(".leap-contact");
  form.autocomplete = "off"; // or the browser writes what is in it down, to restore the tab
  if (typed === undefined) beginNow(form);
  else fill(form, new URLSearchParams(typed));
  watch(form);
  return page;
}

function beginNow(form) {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const minutes = now.getMinutes() - (now.getMinutes() % 5);
  form.elements.on.value = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  form.elements.at.value = `${two(now.getHours())}:${two(minutes)}`;
}

function fill(form, typed) {
  for (const field of form.elements) {
    if (!field.name) continue;
    const values = typed.getAll(field.name);
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
  for (const details of form.querySelectorAll("details")) {
    details.open = [...details.querySelectorAll("input[type=text], select")].some((one) => one.value);
  }
}

export const typedIn = (form) => new URLSearchParams(new FormData(form)).toString();

// What can be told without LEAP. It checks everything again.
export function missing(form) {
  const typed = new FormData(form);
  if (!typed.has("concerned")) return "Tick whom the contact was about.";
  if (!typed.get("on") || !typed.get("at")) return "Give the date and the time.";
  if (typed.get("next_step") && !typed.get("next_on")) return "Say by when the next step is due.";
  return missingReview(form, typed);
}

// A review is of a child whom the contact was about, at an age that it fits. Of a day that has not come
// LEAP says what is wrong.
function missingReview(form, typed) {
  const hasCome = typed.get("on") <= new Date().toISOString().slice(0, 10);
  for (const asked of form.querySelectorAll("[data-review-of]")) {
    const chosen = asked.querySelector("input:checked")?.value;
    const question = asked.querySelector("legend").textContent.trim();
    if (!chosen) continue;
    if (!typed.getAll("concerned").includes(asked.dataset.reviewOf)) return `“${question}” Tick whom it was about, or choose No.`;
    if (hasCome && !fits(asked, chosen, typed.get("on"))) return `“${question}” This review does not fit the age on that day. Choose another, or No.`;
  }
  return "";
}

// [question, answer] for each that was answered.
export function inWords(form) {
  const said = new Map();
  for (const field of form.elements) {
    const chosen = ["radio", "checkbox"].includes(field.type);
    if (!field.name || field.type === "hidden" || !field.value || (chosen && !field.checked)) continue;
    if (field.closest("[hidden]")) continue;
    const label = form.querySelector(`label[for="${field.id}"]`)?.textContent.trim() ?? "";
    const question = chosen ? field.closest("fieldset")?.querySelector("legend")?.textContent.trim() : label;
    const answer = chosen ? label : shown(field);
    said.set(question || label, [said.get(question || label), answer].filter(Boolean).join(", "));
  }
  return [...said];
}

function shown(field) {
  if (field.type === "date") return field.value.split("-").reverse().join("/");
  return field.selectedOptions?.[0].textContent.trim() ?? field.value;
}

export function lines(pairs) {
  return pairs.map(([question, answer]) => {
    const row = document.createElement("div");
    const [key, value] = [document.createElement("dt"), document.createElement("dd")];
    row.className = "govuk-summary-list__row";
    Object.assign(key, { className: "govuk-summary-list__key", textContent: question });
    Object.assign(value, { className: "govuk-summary-list__value", textContent: answer });
    row.append(key, value);
    return row;
  });
}

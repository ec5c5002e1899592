// Shows what can be asked of the children that the contact is about: the reviews that fit their age on
// its day, and the measures that the chosen one calls for. Without this file all of them are there.
// What has been typed or chosen is never put out of sight.

export function watch(form) {
  const update = () => show(form);
  form.addEventListener("change", update);
  form.addEventListener("input", update);
  update();
}

const filled = (part) => [...part.querySelectorAll("input, select")].some((field) => field.value);

function show(form) {
  const chosen = (name) => [...form.querySelectorAll(`input[name="${name}"]:checked`)].map((one) => one.value);
  const about = chosen("concerned");
  const missed = !["", "attended"].includes(chosen("outcome")[0] ?? "");
  askByOutcome(form, missed);
  const reviews = reviewsIn(form, about);
  for (const person of form.querySelectorAll("[data-measures]")) {
    const { child } = person.dataset;
    const called = child ? [reviews.get(child)].filter(Boolean) : [...reviews.values()];
    let any = false;
    for (const measure of person.querySelectorAll("[data-reviews]")) {
      const asked = !called.length || measure.dataset.reviews.split(" ").some((one) => called.includes(one));
      measure.hidden = !(!missed && asked && (!child || about.includes(child))) && !filled(measure);
      any ||= !measure.hidden;
    }
    person.hidden = !any;
    if (called.length && any) person.querySelector("details").open = true;
  }
  const next = form.querySelector("[data-next]");
  if (next) next.hidden = !form.elements.next_step.value && !next.querySelector(".govuk-error-message");
}

// Where nobody was seen there is nothing to ask about who was there, but about what was tried instead.
function askByOutcome(form, missed) {
  const refOf = (one) => (one.value === "yes" ? one.name.replace("there-", "") : one.value);
  const ticked = (part) => [...part.querySelectorAll("input:checked")].map(refOf).filter((one) => one !== "no");
  const there = form.querySelector("[data-there]");
  if (!there) return; // a form that a device took along before this was asked
  const presumed = form.elements.presumed.value.split(" ").filter(Boolean);
  there.hidden = missed && ticked(there).every((one) => presumed.includes(one)) && ticked(there).length <= presumed.length;
  const alone = form.querySelector("[data-alone]");
  alone.hidden = missed && !ticked(alone).length;
  form.querySelector("[data-missed]").hidden = !missed && !form.elements.tried.value;
}

// The review chosen of each child, by reference; of each, only what fits its age stays to be chosen.
function reviewsIn(form, about) {
  const reviews = new Map();
  for (const asked of form.querySelectorAll("[data-review-of]")) {
    const child = asked.dataset.reviewOf;
    const chosen = asked.querySelector("input:checked")?.value ?? "";
    if (chosen && about.includes(child)) reviews.set(child, chosen);
    let any = false;
    for (const one of asked.querySelectorAll("input")) {
      const holds = !one.value || one.checked || fits(asked, one.value, form.elements.on.value);
      one.closest(".govuk-radios__item").hidden = !holds;
      any ||= Boolean(one.value) && holds;
    }
    asked.hidden = !chosen && !(any && about.includes(child));
  }
  return reviews;
}

// Whether that day is in the window of a review; what has none is left to LEAP.
export function fits(asked, review, on) {
  const windows = asked.dataset.windows.split(";").map((one) => one.split(" "));
  const [, first, last] = windows.find(([code]) => code === review) ?? [];
  return !first || !on || (first <= on && on <= last);
}

for (const form of document.querySelectorAll(".leap-contact")) watch(form);

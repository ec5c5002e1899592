// Shows the measures that the chosen review calls for, of the children it is about, and no others.
// Without this file all of them can be unfolded. What has been typed is never put out of sight.

export function watch(form) {
  const update = () => show(form);
  form.addEventListener("change", update);
  form.addEventListener("input", update);
  update();
}

const filled = (part) => [...part.querySelectorAll("input, select")].some((field) => field.value);

function show(form) {
  const chosen = (name) => [...form.querySelectorAll(`input[name="${name}"]:checked`)].map((one) => one.value);
  const [review = ""] = chosen("review");
  const about = chosen("concerned");
  for (const person of form.querySelectorAll("[data-measures]")) {
    const { child } = person.dataset;
    let any = false;
    for (const measure of person.querySelectorAll("[data-reviews]")) {
      const called = !review || measure.dataset.reviews.split(" ").includes(review);
      measure.hidden = !(called && (!child || about.includes(child))) && !filled(measure);
      any ||= !measure.hidden;
    }
    person.hidden = !any;
    if (review) person.querySelector("details").open = true;
  }
  const next = form.querySelector("[data-next]");
  if (next) next.hidden = !form.elements.next_step.value && !next.querySelector(".govuk-error-message");
}

for (const form of document.querySelectorAll(".leap-contact")) watch(form);

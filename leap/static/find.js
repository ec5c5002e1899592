// Answers under the box that finds families, as one types. Without this file the box works as a form.
// What is typed goes in the body of a request, so that it stays out of addresses and logs.

const PAUSE = 150; // milliseconds after the last key
const SHORTEST = 2; // characters
let boxes = 0;

for (const form of document.querySelectorAll("form[data-find]")) enhance(form);

function enhance(form) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  const said = document.createElement("p");
  const id = `leap-options-${(boxes += 1)}`;
  const options = () => [...list.children];
  let at = -1; // which option is marked
  let timer;
  let asking = new AbortController();

  Object.assign(list, { id, className: "leap-options", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Families");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  form.classList.add("leap-finds");
  form.append(list, said);
  const box = {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
  };
  for (const [name, value] of Object.entries(box)) input.setAttribute(name, value);

  function close() {
    clearTimeout(timer);
    asking.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function mark(place) {
    at = place;
    input.removeAttribute("aria-activedescendant");
    for (const [n, option] of options().entries()) {
      option.setAttribute("aria-selected", String(n === at));
      if (n !== at) continue;
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  function show(html) {
    list.innerHTML = html;
    for (const [n, option] of options().entries()) option.id = `${id}-${n}`;
    const found = options().length;
    list.hidden = !found;
    input.setAttribute("aria-expanded", String(found > 0));
    mark(-1);
    said.textContent = found
      ? `${found} ${found === 1 ? "family" : "families"}. Up and down arrows choose, Enter opens.`
      : "No family so far. Enter searches.";
  }

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(form.dataset.find, {
        method: "POST",
        body: new URLSearchParams({ q: input.value }),
        headers: { "X-CSRFToken": token() },
        redirect: "error",
        signal,
      });
      const html = answer.ok || answer.status === 429 ? await answer.text() : "";
      if (signal.aborted) return;
      if (answer.ok) show(html);
      else close();
    } catch {
      if (!signal.aborted) close(); // no signal, or signed out: the form still works, and says so
    }
  }

  function open(option) {
    location.assign(option.dataset.url);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < SHORTEST) return close();
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) close();
    else if (list.hidden || last < 0) return;
    else if (event.key === "ArrowDown") mark(at >= last ? -1 : at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? last : at - 1);
    else if (event.key === "Enter" && at >= 0) open(options()[at]);
    else return;
    event.preventDefault();
  });
  // Before the box loses focus to the press.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) open(option);
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
}

function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
}

// While a family is being registered: who of them may be known already.
for (const form of document.querySelectorAll("form[data-known]")) {
  const here = form.querySelector("[data-known-here]");
  let timer;
  let shown = "";
  const look = async () => {
    try {
      const answer = await fetch(form.dataset.known, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { "X-CSRFToken": token() },
        redirect: "error",
      });
      const html = answer.ok ? (await answer.text()).trim() : shown;
      if (html !== shown) here.innerHTML = shown = html;
    } catch {
      // Registering asks again before anything is saved.
    }
  };
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 4 * PAUSE);
  });
}

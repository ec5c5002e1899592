// Keeps one page without anybody in it, with what it takes, for when there is no signal. Answers of
// the server about families are never kept here: those that a practitioner takes along are encrypted
// by the page itself, which this erases once their day is over.

const VERSION = "leap-{{ version }}";
const PAGE = "{% url 'offline:today' %}";
const FILES = new Set([{% for each in files %}
  "{{ each|escapejs }}",{% endfor %}
]);

self.addEventListener("install", (event) => {
  const fresh = (address) => new Request(address, { cache: "reload", credentials: "omit" });
  const keep = async () => (await caches.open(VERSION)).addAll([PAGE, ...FILES].map(fresh));
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const clear = async () => {
    for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
    await erase();
    await self.clients.claim();
  };
  event.waitUntil(clear());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === PAGE || FILES.has(pathname)) return event.respondWith(kept(pathname, request));
  if (request.mode !== "navigate") return;
  event.respondWith(fetch(request).catch(() => Response.redirect(PAGE)));
  event.waitUntil(erase());
});

async function kept(pathname, request) {
  return (await (await caches.open(VERSION)).match(pathname)) ?? fetch(request);
}

// What is over by the clock goes, whether or not anybody opens the page that would erase it.
async function erase() {
  const known = await indexedDB.databases();
  if (!known.some((one) => one.name === "leap-offline")) return;
  const database = await answer(indexedDB.open("leap-offline"));
  try {
    const stores = database.transaction(["visits", "written"], "readwrite");
    const { until } = (await answer(stores.objectStore("visits").get("taken"))) ?? {};
    if (!until || Date.now() < Date.parse(until)) return;
    stores.objectStore("visits").clear();
    const written = stores.objectStore("written");
    for (const one of await answer(written.getAll())) written.put({ ...one, box: undefined }, one.id);
  } finally {
    database.close();
  }
}

function answer(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

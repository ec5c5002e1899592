// What is on the device: in `visits`, under "taken", whose they are and until when, with the locked key,
// and each visit encrypted; in `written`, each contact, encrypted and sealed. Names stand in neither.

const opened = new Promise((done, failed) => {
  const request = indexedDB.open("leap-offline", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("visits");
    request.result.createObjectStore("written");
  };
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function within(name, mode, work) {
  const database = await opened;
  return new Promise((done, failed) => {
    const change = database.transaction(name, mode, { durability: "strict" });
    const request = work(change.objectStore(name));
    change.oncomplete = () => done(request?.result);
    change.onabort = () => failed(change.error);
  });
}

export const get = (name, id) => within(name, "readonly", (store) => store.get(id));
export const all = (name) => within(name, "readonly", (store) => store.getAll());
export const put = (name, id, value) => within(name, "readwrite", (store) => store.put(value, id));
export const remove = (name, id) => within(name, "readwrite", (store) => store.delete(id));

export const visits = async () => (await all("visits")).filter((one) => one.box);

// What was taken, while it may be kept; past that it is erased.
export async function taken() {
  const found = await get("visits", "taken");
  if (!found || Date.now() < Date.parse(found.until)) return found;
  return erase();
}

// The visits and their key are gone for good. What is written stays sealed, until LEAP has it.
export async function erase() {
  await within("visits", "readwrite", (store) => store.clear());
  for (const one of await all("written")) {
    if (one.state === "sent") await remove("written", one.id);
    else await put("written", one.id, { ...one, box: undefined });
  }
}

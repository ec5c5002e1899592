// The keys of what is taken along. The visits' own key is random and is kept only as encrypted with
// a passphrase; open, it is in this page's memory and nowhere else. What is written is also sealed for
// LEAP alone, so that it can be sent when the visits' key is gone.

const ROUNDS = 600_000; // of PBKDF2: about half a second on a telephone, for each guess
const AES = { name: "AES-GCM", length: 256 };
const CONSONANTS = "bdfghjklmnprstvz";
const VOWELS = "aeiou";
const SYLLABLES = 8; // 80 of each kind: 50 bits

const encoder = new TextEncoder();
const { subtle } = globalThis.crypto;
const random = (size) => crypto.getRandomValues(new Uint8Array(size));
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// As people say and retype it: capitals, spaces and hyphens do not matter.
export const tidy = (phrase) => phrase.normalize("NFKC").toLowerCase().replaceAll(/[\s-]/g, "");

export function newPhrase() {
  const draw = crypto.getRandomValues(new Uint32Array(2 * SYLLABLES));
  const pick = (letters, n) => letters[draw[n] % letters.length];
  const said = Array.from({ length: SYLLABLES }, (_, n) => pick(CONSONANTS, 2 * n) + pick(VOWELS, 2 * n + 1));
  return said.join("").match(/.{4}/g).join("-");
}

async function keyOf(phrase, salt, rounds) {
  const plain = await subtle.importKey("raw", encoder.encode(tidy(phrase)), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return subtle.deriveKey(how, plain, AES, false, ["wrapKey", "unwrapKey"]);
}

// A fresh key, with what it takes to have it again: {salt, rounds, iv, wrapped}.
export async function makeKey(phrase) {
  const lock = { salt: random(16), rounds: ROUNDS, iv: random(12) };
  const fresh = await subtle.generateKey(AES, true, ["encrypt", "decrypt"]);
  const outer = await keyOf(phrase, lock.salt, lock.rounds);
  lock.wrapped = await subtle.wrapKey("raw", fresh, outer, { name: "AES-GCM", iv: lock.iv });
  return { lock, key: await openKey(phrase, lock) };
}

// The key again; undefined for a wrong passphrase.
export async function openKey(phrase, { salt, rounds, iv, wrapped }) {
  const outer = await keyOf(phrase, salt, rounds);
  try {
    const how = { name: "AES-GCM", iv };
    return await subtle.unwrapKey("raw", wrapped, outer, how, AES, false, ["encrypt", "decrypt"]);
  } catch {
    return undefined;
  }
}

// `about` is the name it is kept under, so that two cannot change places.
export async function encrypt(key, value, about) {
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(about) };
  return { iv, data: await subtle.encrypt(how, key, encoder.encode(JSON.stringify(value))) };
}

export async function decrypt(key, { iv, data }, about) {
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(about) };
  return JSON.parse(new TextDecoder().decode(await subtle.decrypt(how, key, data)));
}

// Encrypted to LEAP's public key, in base64; leap/casework/offline/payload_crypto.py opens it.
export async function seal(value, publicKey) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await subtle.importKey("raw", bytesOf(publicKey), curve, false, []);
  const ours = await subtle.generateKey(curve, false, ["deriveBits"]);
  const point = new Uint8Array(await subtle.exportKey("raw", ours.publicKey));
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const drawn = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = new Uint8Array([...encoder.encode("leap offline contact"), ...point]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info };
  const key = await subtle.deriveKey(how, drawn, AES, false, ["encrypt"]);
  const iv = random(12);
  const box = await subtle.encrypt({ name: "AES-GCM", iv }, key, encoder.encode(JSON.stringify(value)));
  return base64(new Uint8Array([...point, ...iv, ...new Uint8Array(box)]));
}

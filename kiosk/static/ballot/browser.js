/**
 * The real world of a phone: chance, time, network and storage, as the client wants them given.
 */

import { IndexedStorage, LocalStorage } from "./storage.js";

/**
 * The world for `new Client(world)`; `name` keeps sittings apart in the phone's storage.
 *
 * Rejects where nothing can be stored: such a phone would lose ballots, its member uses the kiosk.
 */
export async function browserWorld(name) {
  return {
    origin: location.origin,
    fetch: (url, options) => fetch(url, options),
    WebSocket,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    pause,
    storage: await openStorage(name),
  };
}

/** A promise that is kept after so many milliseconds, with `cancel()`. */
export function pause(ms) {
  let timer;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  over.cancel = () => clearTimeout(timer);
  return over;
}

async function openStorage(name) {
  // Not awaited: one browser asks its user first, and a ballot must not wait for that.  Refused, it is as before.
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => undefined);
  try {
    return await IndexedStorage.open(indexedDB, name);
  } catch {
    // Firefox and old WebKit refuse the database in private windows; local storage is as durable there.
    return new LocalStorage(localStorage, name);
  }
}

/**
 * Where the phone keeps what it must not lose: a few small records by name.
 *
 * A place has `read(key)`, `keys()` and `write(key, record)`, all promises.  Records are plain JSON with a
 * number `rev`; `write` keeps a record only when what lies there has the rev before it (nothing: 0), and says
 * whether it did.  So two tabs of one phone cannot draw two blindings or cast two papers.  When `write` has
 * said true the record outlives a crash: everything is stored before it is sent.
 */

/** A new version of a record that was read (or of nothing). */
export function next(record, changes) {
  return { ...record, ...changes, rev: (record ? record.rev : 0) + 1 };
}

function follows(record, before) {
  return record.rev === (before ? before.rev : 0) + 1;
}

function parsed(text) {
  return typeof text === "string" ? JSON.parse(text) : undefined;
}

/** For tests and kiosks: gone with the page.  `snapshot()` is what a crash would leave. */
export class MemoryStorage {
  constructor(snapshot = []) {
    this.records = new Map(snapshot);
  }

  async read(key) {
    return parsed(this.records.get(key));
  }

  async write(key, record) {
    if (!follows(record, parsed(this.records.get(key)))) return false;
    this.records.set(key, JSON.stringify(record));
    return true;
  }

  async keys() {
    return Array.from(this.records.keys());
  }

  snapshot() {
    return Array.from(this.records);
  }
}

/** The browser's database.  Open it with `openStorage`. */
export class IndexedStorage {
  constructor(database) {
    this.database = database;
  }

  static open(indexedDB, name) {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore("records");
      request.onsuccess = () => resolve(new IndexedStorage(request.result));
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("the database is blocked"));
    });
  }

  read(key) {
    return transact(this.database, "readonly", (store, done) => {
      const request = store.get(key);
      request.onsuccess = () => done(request.result);
    });
  }

  write(key, record) {
    return transact(this.database, "readwrite", (store, done) => {
      const request = store.get(key);
      request.onsuccess = () => {
        const fits = follows(record, request.result);
        if (fits) store.put(record, key);
        done(fits);
      };
    });
  }

  keys() {
    return transact(this.database, "readonly", (store, done) => {
      const request = store.getAllKeys();
      request.onsuccess = () => done(request.result);
    });
  }
}

function transact(database, mode, work) {
  return new Promise((resolve, reject) => {
    // strict: on the disk, not in a buffer; browsers that do not know the option ignore it
    const transaction = database.transaction("records", mode, { durability: "strict" });
    let answer;
    transaction.oncomplete = () => resolve(answer);
    transaction.onabort = () => reject(transaction.error || new Error("the database gave up"));
    work(transaction.objectStore("records"), (value) => {
      answer = value;
    });
  });
}

/** For browsers that have no database in a private window. */
export class LocalStorage {
  constructor(area, name) {
    this.area = area;
    this.prefix = `${name}/`;
  }

  async read(key) {
    return parsed(this.area.getItem(this.prefix + key));
  }

  async write(key, record) {
    // No await between looking and setting, so no other tab comes in between.
    if (!follows(record, parsed(this.area.getItem(this.prefix + key)))) return false;
    this.area.setItem(this.prefix + key, JSON.stringify(record));
    return true;
  }

  async keys() {
    const names = Array.from({ length: this.area.length }, (_, i) => this.area.key(i));
    return names.filter((name) => name.startsWith(this.prefix)).map((name) => name.slice(this.prefix.length));
  }
}

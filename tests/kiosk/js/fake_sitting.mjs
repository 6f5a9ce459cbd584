/**
 * A small server in memory that keeps to the protocol, written apart from the client on purpose: byte strings
 * by hand, keys and signatures by Node's own crypto (OpenSSL).
 *
 * It has a chair's buttons (`prepare`, `open`, …) and, for each phone, a `network()`.
 */

import assert from "node:assert/strict";
import * as crypto from "node:crypto";

export const url64 = (bytes) => Buffer.from(bytes).toString("base64url");
export const from64 = (text) => Buffer.from(text, "base64url");
const sha256 = (...parts) => crypto.createHash("sha256").update(Buffer.concat(parts)).digest();
const label = (text) => Buffer.from(text);

/** An Ed25519 key as OpenSSL has it, with its 32 public bytes. */
export function ed25519Key() {
  const { privateKey, publicKey } = crypto.generateKeyPairSync("ed25519");
  const raw = from64(publicKey.export({ format: "jwk" }).x);
  return { raw, sign: (message) => crypto.sign(null, message, privateKey) };
}

export function ed25519Verify(raw, message, sig) {
  const key = crypto.createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: url64(raw) }, format: "jwk" });
  return crypto.verify(null, message, key, sig);
}

/** Making one takes a while; tests share them where boards do not meet. */
export function rsaKey() {
  const pair = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...pair, n: from64(pair.publicKey.export({ format: "jwk" }).n) };
}

export const PAPER = JSON.stringify([
  { id: "N1", kind: "motion", title: "甲", majority: { base: "all_members", over: "1/2" }, blank: "abstain" },
  { id: "N2", kind: "motion", title: "乙", majority: { base: "all_members", over: "1/2" }, blank: "abstain" },
]);

const TO_THE_CHAIR = new Set(["ask_to_speak", "withdraw_request", "question", "comment", "summary"]);

export class FakeSitting {
  constructor({ sitting = "s-1", members = 7 } = {}) {
    this.id = sitting;
    this.members = members;
    this.boardKey = ed25519Key();
    this.entries = [];
    this.devices = new Map(); // code → {member, dev_pk}
    this.ballots = new Map();
    this.poll = null;
    this.sockets = new Set();
    this.said = []; // what members have said to the chair: [member, message]
    this.unheard = new Set(); // what of it is refused
    this.seen = []; // every request of a phone that carries no name: {path, text}
    this.blocked = new Set(); // paths whose WebSockets a proxy does not let through
    this.lies = {}; // name of a lie → function that tells it
    this.add({ kind: "start", format: "session-day-record/1", sitting, key: url64(this.boardKey.raw) });
  }

  // ---- the board

  add(body) {
    const prev = this.entries.length ? this.entries[this.entries.length - 1].hash : Buffer.alloc(32);
    const entry = this.entry(this.entries.length, JSON.stringify(body), prev);
    this.entries.push(entry);
    this.broadcast({ type: "board", entries: this.entries.length });
    return entry;
  }

  entry(seq, text, prev) {
    const hash = sha256(prev, Buffer.from(text));
    const sig = this.boardKey.sign(Buffer.concat([label("session-day-board-v1\n"), hash]));
    const line = JSON.stringify({ seq, text, prev: url64(prev), hash: url64(hash), sig: url64(sig) });
    return { seq, text, prev, hash, sig, line };
  }

  root(leaves) {
    return sha256(...leaves.map((leaf) => from64(leaf)).sort(Buffer.compare));
  }

  /** The whole roll once more; `present` by number. */
  roll({ present = null, ballot = null, recused = [] } = {}) {
    const joined = Array.from(this.devices.values()).filter((device) => device.dev_pk);
    const here = present || joined.map((device) => device.member).sort((a, b) => a - b);
    const lines = here.map((number) => {
      const device = joined.find((one) => one.member === number);
      const dev_pk = this.lies.line ? this.lies.line(number) : device ? url64(device.dev_pk) : null;
      return { number, name: `委员${number}`, dev_pk, bound: device ? "card" : null };
    });
    const body = {
      kind: "roll",
      since: null,
      ballot,
      all_members: this.members,
      present: here,
      recused,
      lines,
    };
    this.lastRoll = this.add(body);
    return this.lastRoll;
  }

  // ---- the chair's buttons

  card(member) {
    const code = `CARD${String(member).padStart(12, "A")}`;
    this.devices.set(code, { member, dev_pk: null });
    return { code, boardKey: url64(this.boardKey.raw), sitting: this.id };
  }

  prepare(id, { key = null, visibility = "secret", changes = false, size = 512, paper = PAPER } = {}) {
    this.roll();
    const salt = crypto.randomBytes(16);
    const entry = this.add({
      kind: "ballot",
      ballot: id,
      replaces: null,
      visibility,
      paper: url64(sha256(salt, Buffer.from(paper))),
      size,
      n: visibility === "secret" ? url64(key.n) : null,
      roll: url64(this.lastRoll.hash),
      rules: { changes, names: false, withhold: false },
    });
    const ballot = { id, key, B: entry.hash, salt, size, changes, paper, stage: "prepared", visibility };
    Object.assign(ballot, {
      issued: new Map(),
      box: new Map(),
      unused: new Map(),
      open: new Map(),
      checked: new Set(),
    });
    this.ballots.set(id, ballot);
    this.poll = ballot;
    this.show();
  }

  open() {
    this.add({ kind: "opened", ballot: this.poll.id, roll: url64(this.lastRoll.hash) });
    this.stage("open");
  }

  hold() {
    this.stage("held");
  }

  resume() {
    this.stage("open");
  }

  count() {
    const ballot = this.poll;
    ballot.casts = Array.from(ballot.box.values(), (record) => record.leaf).sort();
    if (this.lies.casts) ballot.casts = this.lies.casts(ballot.casts);
    const returned = ballot.casts.length;
    const cast_root = url64(this.root(ballot.casts));
    const roots = { issued_root: url64(sha256()), returned, cast_root };
    this.add({ kind: "result", ballot: ballot.id, issued: ballot.issued.size, ...roots, result: {} });
    this.stage("counted");
  }

  finishHandBack() {
    const ballot = this.poll;
    ballot.unusedLeaves = Array.from(ballot.unused.values(), (record) => record.leaf).sort();
    if (this.lies.unused) ballot.unusedLeaves = this.lies.unused(ballot.unusedLeaves);
    const unused = ballot.unusedLeaves.length;
    const missing = ballot.issued.size - ballot.casts.length - unused;
    this.add({
      kind: "unused",
      ballot: ballot.id,
      unused,
      unused_root: url64(this.root(ballot.unusedLeaves)),
      missing,
    });
  }

  finishChecks() {
    const members = Array.from(this.poll.checked).sort((a, b) => a - b);
    this.add({ kind: "checked", ballot: this.poll.id, members });
  }

  void() {
    const root = url64(sha256());
    const rest = { reason: "", by: 1, issued: 0, issued_root: root, returned: 0, cast_root: root };
    this.add({ kind: "void", ballot: this.poll.id, ...rest });
    this.stage("void");
  }

  stage(stage) {
    this.poll.stage = stage;
    this.show();
  }

  view() {
    const { id, stage, visibility, salt } = this.poll || {};
    const paper = this.lies.paper || (this.poll && this.poll.paper);
    const poll = this.poll && { ballot: id, stage, visibility, paper, salt: url64(salt), window_ms: 2000 };
    return { type: "view", audience: "member", seq: 1, at: 0, slide: {}, poll };
  }

  show() {
    this.broadcast(this.view());
  }

  broadcast(message) {
    for (const socket of this.sockets) if (socket.member) socket.push(message);
  }

  // ---- what phones may ask

  /** The marks in the box, for tests to look at. */
  counted() {
    return Array.from(this.poll.box.values(), (record) => JSON.parse(record.body).marks);
  }

  join({ code, dev_pk, sig }) {
    const device = this.devices.get(code);
    if (!device) return { type: "error", code: "unknown-link" };
    const raw = from64(dev_pk);
    const text = Buffer.concat([label(`session-day-join-v1\n${this.id}\n${code}\n`), raw]);
    if (!ed25519Verify(raw, text, from64(sig))) return { type: "error", code: "bad-signature" };
    if (device.dev_pk && !device.dev_pk.equals(raw)) return { type: "error", code: "link-used" };
    device.dev_pk = raw;
    const board_key = this.lies.boardKey || url64(this.boardKey.raw);
    return { sitting: this.id, member: device.member, name: `委员${device.member}`, board_key };
  }

  /** What WS /m answers to a member's message. */
  personal(member, message) {
    const ballot = this.ballots.get(message.ballot);
    const refuse = (code) => ({ type: "error", code, re: message.type });
    if (TO_THE_CHAIR.has(message.type)) {
      if (this.unheard.has(message.type)) return refuse("not-now");
      this.said.push([member, message]);
      return { type: "sent", what: message.type };
    }
    if (!ballot) return refuse("unknown-ballot");
    const { dev_pk } = Array.from(this.devices.values()).find((device) => device.member === member);
    const signed = (text) => ed25519Verify(dev_pk, text, from64(message.sig));
    if (message.type === "issue") return this.issue(ballot, member, message, signed, refuse);
    if (message.type === "open_vote") {
      const text = Buffer.concat([
        label("session-day-open-v1\n"),
        ballot.B,
        label(`${member}\n${message.body}`),
      ]);
      if (!signed(text)) return refuse("bad-signature");
      if (ballot.stage !== "open") return refuse("ballot-not-open");
      ballot.open.set(member, message.body);
      return { ...this.receipt(ballot, sha256(text, from64(message.sig))), ballot: ballot.id };
    }
    if (message.type === "check") {
      const roots = [this.root(ballot.casts), this.root(ballot.unusedLeaves)];
      if (!signed(Buffer.concat([label("session-day-check-v1\n"), ballot.B, ...roots])))
        return refuse("bad-signature");
      ballot.checked.add(member);
      return { type: "checked", ballot: ballot.id };
    }
    return refuse("unknown-message");
  }

  issue(ballot, member, { blinded, sig }, signed, refuse) {
    const text = Buffer.concat([
      label("session-day-issue-v1\n"),
      ballot.B,
      label(`${member}\n`),
      from64(blinded),
    ]);
    if (!signed(text)) return refuse("bad-signature");
    const row = ballot.issued.get(member);
    if (row && row.blinded !== blinded) return refuse("already-issued");
    if (!row && !["prepared", "open", "held"].includes(ballot.stage)) return refuse("issuing-over");
    if (!row) {
      const padding = crypto.constants.RSA_NO_PADDING;
      const blind_sig = crypto.privateDecrypt({ key: ballot.key.privateKey, padding }, from64(blinded));
      ballot.issued.set(member, { blinded, sig, blind_sig: url64(blind_sig) });
    }
    const blind_sig = ballot.issued.get(member).blind_sig;
    return {
      type: "issued",
      ballot: ballot.id,
      blind_sig: this.lies.blindSig ? this.lies.blindSig(blind_sig) : blind_sig,
    };
  }

  /** What the box answers to one record. */
  box(text) {
    this.seen.push({ path: "/box", text });
    const refuse = (code) => ({ type: "error", code, re: "cast" });
    const { body, rsa, sig } = JSON.parse(text);
    assert.deepEqual(Object.keys(JSON.parse(text)), ["body", "rsa", "sig"]);
    const fields = JSON.parse(body);
    const ballot = this.ballots.get(fields.ballot);
    if (this.lies.refuse) return refuse(this.lies.refuse);
    if (Buffer.byteLength(body) !== ballot.size || JSON.stringify(fields) !== body)
      return refuse("not-canonical");
    const pk = from64(fields.pk);
    const credential = Buffer.concat([label("session-day-credential-v1\0"), ballot.B, pk]);
    const { RSA_PKCS1_PSS_PADDING: padding } = crypto.constants;
    const holds = crypto.verify(
      "sha384",
      credential,
      { key: ballot.key.publicKey, padding, saltLength: 48 },
      from64(rsa),
    );
    if (!holds) return refuse("bad-credential");
    const cast = Buffer.concat([label("session-day-cast-v1\n"), ballot.B, label(body)]);
    if (!ed25519Verify(pk, cast, from64(sig))) return refuse("bad-signature");
    const leaf = sha256(Buffer.from(body), from64(rsa), from64(sig));
    const record = { body, seq: fields.seq, leaf: url64(leaf) };
    if (fields.unused) {
      if (ballot.stage !== "counted" || ballot.unusedLeaves) return refuse("hand-back-over");
      if (ballot.box.has(fields.pk)) return refuse("hand-back-of-cast");
      ballot.unused.set(fields.pk, record);
      return this.receipt(ballot, leaf);
    }
    const before = ballot.box.get(fields.pk);
    if (before && before.leaf === record.leaf) return this.receipt(ballot, leaf);
    if (ballot.stage !== "open") return refuse("ballot-not-open");
    if (before && !ballot.changes) return refuse("already-cast");
    if (before && before.seq >= fields.seq) return refuse("stale-cast");
    ballot.box.set(fields.pk, record);
    return this.receipt(ballot, leaf);
  }

  receipt(ballot, leaf) {
    const said = this.lies.leaf || leaf;
    const sig = this.boardKey.sign(Buffer.concat([label("session-day-receipt-v1\n"), ballot.B, said]));
    return { type: "receipt", leaf: url64(said), sig: url64(sig) };
  }

  get(path) {
    this.seen.push({ path });
    const from = /^\/board\?from=(\d+)$/.exec(path);
    if (from) {
      const lines = this.entries.slice(Number(from[1])).map((entry) => `${entry.line}\n`);
      return { status: 200, text: (this.lies.board || ((all) => all))(lines).join("") };
    }
    const ballot = this.ballots.get(path.replace("/board/", ""));
    if (!ballot || !ballot.casts)
      return { status: 404, text: JSON.stringify({ type: "error", code: "unknown-ballot" }) };
    const answer = { ballot: ballot.id, casts: ballot.casts, unused: ballot.unusedLeaves || null };
    return { status: 200, text: JSON.stringify((this.lies.leaves || ((all) => all))(answer)) };
  }

  // ---- the way there

  /** `{fetch, WebSocket}` for one life of a phone; `effect()` is asked before and after all that matters. */
  network(life) {
    const sitting = this;
    const origin = "http://hall.test";
    return {
      origin,
      fetch: async (url, options = {}) => {
        await life.effect("request");
        const path = url.slice(origin.length);
        assert.ok(path.startsWith("/j/") || options.credentials === "omit");
        let answer;
        if (options.method !== "POST") answer = sitting.get(path);
        else if (path === "/box") answer = { status: 200, text: JSON.stringify(sitting.box(options.body)) };
        else answer = { status: 200, text: JSON.stringify(sitting.join(JSON.parse(options.body))) };
        await life.effect("answer");
        const { status, text } = answer;
        return { ok: status === 200, status, text: async () => text, json: async () => JSON.parse(text) };
      },
      WebSocket: class extends FakeSocket {
        constructor(url) {
          super(sitting, life, url.slice("ws://hall.test".length));
        }
      },
    };
  }
}

class FakeSocket {
  constructor(sitting, life, path) {
    Object.assign(this, { sitting, life, path, member: null, closed: false });
    sitting.sockets.add(this);
    life.sockets.add(this);
    setImmediate(() => {
      if (sitting.blocked.has(path)) return this.drop();
      if (this.onopen) this.onopen({});
      if (path !== "/m") return undefined;
      this.nonce = crypto.randomBytes(32);
      return this.push({ type: "nonce", nonce: url64(this.nonce), sitting: sitting.id });
    });
  }

  /** From the server to the phone. */
  push(message) {
    setImmediate(async () => {
      await this.life.effect("heard");
      if (!this.closed && this.onmessage) this.onmessage({ data: JSON.stringify(message) });
    });
  }

  /** From the phone to the server. */
  async send(text) {
    await this.life.effect("send");
    if (this.closed) return;
    await null;
    this.take(JSON.parse(text), text);
    await this.life.effect("sent");
  }

  take(message, text) {
    const { sitting } = this;
    if (this.path === "/box") return this.answer(sitting.box(text));
    if (message.type === "hello") {
      const start = label(`session-day-hello-v1\n${sitting.id}\n${message.member}\n`);
      const { dev_pk } = Array.from(sitting.devices.values()).find(
        (device) => device.member === message.member,
      );
      assert.ok(ed25519Verify(dev_pk, Buffer.concat([start, this.nonce]), from64(message.sig)));
      this.member = message.member;
      this.push({ type: "me", member: message.member, present: true });
      return this.push(sitting.view());
    }
    return this.answer(sitting.personal(this.member, message));
  }

  /** An answer, unless the line goes first. */
  answer(message) {
    const kind = message.type === "error" ? message.re : message.type;
    const lost = this.sitting.lost && this.sitting.lost(kind, this.path);
    if (lost) return this.drop();
    return this.push(message);
  }

  drop() {
    if (this.closed) return;
    this.closed = true;
    this.sitting.sockets.delete(this);
    if (this.onclose) this.onclose({});
  }

  close() {
    setImmediate(() => this.drop());
  }
}

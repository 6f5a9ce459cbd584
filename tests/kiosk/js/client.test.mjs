/** A whole ballot on one phone: the good way, every crash on it, every refusal, and every lie of a server. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { FakeSitting, ed25519Key, rsaKey, url64 } from "./fake_sitting.mjs";
import { Phone, endAll, turn, until } from "./phone.mjs";

// The larger modulus is the other key's: what was blinded for the smaller one is a number that it can sign, too.
const [key, otherKey] = [rsaKey(), rsaKey()].sort((a, b) => Buffer.compare(a.n, b.n));
const ID = "3-n1-1-member";

afterEach(endAll);

async function joined(options = {}) {
  const sitting = new FakeSitting();
  const phone = new Phone(sitting, sitting.card(7), options);
  await phone.begin();
  return { sitting, phone };
}

async function ready(rules = {}) {
  const { sitting, phone } = await joined();
  sitting.prepare(ID, { key, ...rules });
  await until(() => phone.stage(ID) === "ready", "a credential");
  return { sitting, phone };
}

async function opened(rules = {}) {
  const { sitting, phone } = await ready(rules);
  sitting.open();
  await until(() => phone.client.board.ballots.get(ID).phase === "opened");
  return { sitting, phone };
}

async function cast(rules = {}, marks = { N1: "for", N2: "against" }) {
  const { sitting, phone } = await opened(rules);
  await phone.client.choose(ID, marks);
  await until(() => phone.stage(ID) === "received", "a receipt");
  return { sitting, phone };
}

const settled = async (turns = 60) => {
  for (let i = 0; i < turns; i++) await turn();
};

/** Nothing that could show a choice, prove a line or sign another paper. */
function assertErased(phone) {
  const text = JSON.stringify(phone.state(ID));
  assert.doesNotMatch(text, /marks|against|abstain|"for"|body/);
  for (const name of ["secret", "salt", "inv", "rsa", "record"])
    assert.equal(phone.state(ID)[name], null, name);
}

test("prepared, stored, issued, finalized, sent, received, erased, found, confirmed", async () => {
  const { sitting, phone } = await cast();
  assertErased(phone);
  assert.deepEqual(sitting.counted(), [{ N1: "for", N2: "against" }]);
  sitting.count();
  await until(() => phone.stage(ID) === "found");
  sitting.finishHandBack();
  await until(() => phone.stage(ID) === "confirmed");
  assert.deepEqual(Array.from(sitting.poll.checked), [7]);
  assertErased(phone);
  assert.deepEqual(phone.alarms(), []);
  assert.deepEqual(phone.failures(), []);
  const steps = "keyed joined stored issued finalized pressed sent receipt erased found confirming confirmed";
  assert.equal(phone.steps.join(" "), steps);
});

test("the events a page gets tell neither the choice nor the line", async () => {
  const { phone } = await cast();
  const text = JSON.stringify(phone.events.filter((event) => event.type !== "view"));
  const { leaf, receipt } = phone.state(ID).sent[0];
  for (const word of ["against", "marks", leaf, receipt]) assert.ok(!text.includes(word), word);
});

test("what goes to the box carries no name and always has the ballot's size", async () => {
  const sizes = new Set();
  for (const marks of [{ N1: "for" }, { N1: "abstain", N2: "abstain" }]) {
    const { sitting, phone } = await cast({}, marks);
    const [{ text }] = sitting.seen.filter((request) => request.path === "/box");
    const { publicKey } = phone.client.device;
    assert.ok(!text.includes(url64(publicKey)) && !text.includes("委员") && !text.includes('"member":'));
    sizes.add(text.length);
  }
  assert.equal(sizes.size, 1);
});

test("marks go out in the paper's order, whatever order they were pressed in", async () => {
  const { sitting } = await cast({}, { N2: "against", N1: "for" });
  assert.equal(JSON.stringify(sitting.counted()), '[{"N1":"for","N2":"against"}]');
});

test("a phone that was not used hands its credential back and confirms", async () => {
  const { sitting, phone } = await opened();
  sitting.count();
  await until(() => phone.stage(ID) === "returned", "a hand-back");
  assertErased(phone);
  sitting.finishHandBack();
  await until(() => phone.stage(ID) === "confirmed");
  assert.equal(sitting.poll.unusedLeaves.length, 1);
  assert.deepEqual(Array.from(sitting.poll.checked), [7]);
  assert.deepEqual(phone.alarms(), []);
});

test("a phone on the roll without a credential looks at the leaves like every other", async () => {
  const { sitting, phone } = await joined();
  sitting.lies.blindSig = () => "AA"; // it gets none
  sitting.prepare(ID, { key });
  await until(() => phone.alarms().length);
  phone.storage.records.delete(`ballot/${ID}`);
  const again = phone.again();
  sitting.poll.issued.clear();
  sitting.poll.stage = "open";
  phone.life.end("gone");
  sitting.add({ kind: "opened", ballot: ID, roll: url64(sitting.lastRoll.hash) });
  sitting.count();
  await again.begin();
  await until(() => sitting.seen.some((request) => request.path === `/board/${ID}`), "a look at the leaves");
  await settled();
  assert.equal(again.stage(ID), null);
  assert.equal(sitting.seen.filter((request) => request.path === `/board/${ID}`).length, 1);
});

/**
 * The whole of a ballot with a life that ends where `options` say.  The voter presses when his phone lets him;
 * with `vote` false he never does.  Returns how many effects the life had.
 */
async function story(options, { vote = true, rules = {} } = {}) {
  const sitting = new FakeSitting();
  const first = new Phone(sitting, sitting.card(7), options);
  let phone = first;
  phone.begin();
  const here = async (fits, what) =>
    until(async () => {
      if (phone.life.dead) {
        phone = phone.again();
        phone.begin();
      }
      return fits();
    }, `${what} (life ended at ${first.life.last}, ${options.dieAt})`);
  const pressedYet = () => ["pressed", "sent", "received", "found", "confirmed"].includes(phone.stage(ID));

  await here(() => sitting.devices.values().next().value.dev_pk && phone.client.board, "a joined phone");
  sitting.prepare(ID, { key, ...rules });
  await here(() => phone.stage(ID) === "ready", "a credential");
  sitting.open();
  await here(async () => {
    const board = phone.client.board;
    const ballot = board && board.ballots.get(ID);
    if (!ballot || ballot.phase !== "opened" || !phone.client.view) return false;
    if (!vote) return true;
    if (phone.stage(ID) === "ready") {
      // Whoever is told "not now" presses again; a dead phone answers nothing.
      phone.client
        .choose(ID, { N1: "against" })
        .catch((error) => assert.equal(error.name, "NotNow", error.stack));
    }
    return pressedYet() && phone.stage(ID) === "received";
  }, "a receipt");
  sitting.count();
  await here(() => phone.stage(ID) === (vote ? "found" : "returned"), "the self-check");
  sitting.finishHandBack();
  await here(() => phone.stage(ID) === "confirmed" && sitting.poll.checked.size === 1, "the confirmation");
  sitting.finishChecks();

  assert.equal(sitting.poll.issued.size, 1);
  assert.equal(sitting.poll.box.size, vote ? 1 : 0);
  assert.equal(sitting.poll.unused.size, vote ? 0 : 1);
  if (vote) assert.deepEqual(sitting.counted(), [{ N1: "against" }]);
  assert.deepEqual(phone.alarms(), []);
  assert.deepEqual([...first.failures(), ...phone.failures()], []);
  assertErased(phone);
  const ended = first.life.dead;
  endAll();
  return { effects: first.life.effects, ended };
}

for (const [name, plan] of [
  ["a vote", {}],
  ["a vote that may be changed", { rules: { changes: true } }],
  ["a hand-back", { vote: false }],
]) {
  test(
    `${name}: a crash before and after every single effect on the world`,
    { timeout: 300000 },
    async () => {
      const { effects } = await story({}, plan);
      assert.ok(effects > 30);
      for (let dieAt = 0; dieAt < effects; dieAt++) await story({ dieAt }, plan);
    },
  );
}

test("a stop after every step", async () => {
  const steps =
    "keyed joined stored issued finalized pressed sent receipt erased found confirming confirmed".split(" ");
  for (const stopAfter of steps) assert.ok((await story({ stopAfter })).ended, stopAfter);
  for (const stopAfter of ["returning", "returned"])
    assert.ok((await story({ stopAfter }, { vote: false })).ended, stopAfter);
});

test("answers that are lost on the way are asked for again, and count once", async () => {
  const { sitting, phone } = await joined();
  const lost = new Map();
  sitting.lost = (kind, path) => {
    const times = lost.get(kind + path) || 0;
    lost.set(kind + path, times + 1);
    return times < 2;
  };
  sitting.prepare(ID, { key });
  await until(() => phone.stage(ID) === "ready");
  const { blinded } = sitting.poll.issued.get(7);
  sitting.open();
  await until(() => phone.client.board.ballots.get(ID).phase === "opened");
  await phone.client.choose(ID, { N1: "for" });
  await until(() => phone.stage(ID) === "received");
  sitting.count();
  await until(() => phone.stage(ID) === "found");
  sitting.finishHandBack();
  await until(() => phone.stage(ID) === "confirmed");
  assert.equal(sitting.poll.issued.get(7).blinded, blinded);
  assert.equal(sitting.counted().length, 1);
  const texts = sitting.seen.filter((request) => request.path === "/box").map((request) => request.text);
  assert.ok(texts.length > 1);
  assert.equal(new Set(texts).size, 1);
});

test("where WebSockets to the box are blocked, the record goes by POST", async () => {
  const { sitting, phone } = await opened();
  sitting.blocked.add("/box");
  await phone.client.choose(ID, { N1: "for" });
  await until(() => phone.stage(ID) === "received");
  assert.equal(sitting.counted().length, 1);
});

test("while the ballot is held the record waits; when it is over it is handed back", async () => {
  const { sitting, phone } = await opened();
  sitting.hold();
  await phone.client.choose(ID, { N1: "for" });
  await until(() => phone.events.some((event) => event.type === "retry" && event.code === "ballot-not-open"));
  sitting.resume();
  await until(() => phone.stage(ID) === "received");

  const late = await opened();
  late.sitting.hold();
  await late.phone.client.choose(ID, { N1: "for" });
  await until(() => late.phone.stage(ID) === "sent");
  late.sitting.count();
  await until(() => late.phone.stage(ID) === "returned");
  assertErased(late.phone);
  assert.deepEqual(late.phone.alarms(), []);
});

test("a credential collected after the opening is cast late, one collected before soon", async () => {
  const { phone } = await cast();
  assert.ok(phone.waits.some(([why, ms]) => why === "delay" && ms <= 2000));
  assert.ok(!phone.waits.some(([why, ms]) => why === "delay" && ms >= 5000));

  const sitting = new FakeSitting();
  const late = new Phone(sitting, sitting.card(7));
  await late.client.join(late.card);
  sitting.prepare(ID, { key });
  sitting.open();
  await late.client.start();
  await until(() => late.stage(ID) === "ready");
  await late.client.choose(ID, { N1: "for" });
  await until(() => late.stage(ID) === "received");
  assert.ok(late.waits.some(([why, ms]) => why === "delay" && ms >= 5000 && ms <= 15000));
});

test("who may change his mind is counted once, with the last press", async () => {
  const { sitting, phone } = await cast({ changes: true }, { N1: "for" });
  const seqs = [phone.state(ID).seq];
  for (const mark of ["against", "abstain"]) {
    await phone.client.choose(ID, { N1: mark });
    await until(() => phone.stage(ID) === "received");
    seqs.push(phone.state(ID).seq);
  }
  assert.deepEqual(sitting.counted(), [{ N1: "abstain" }]);
  assert.ok(seqs[0] < seqs[1] && seqs[1] < seqs[2] && seqs[2] - seqs[0] <= 2 ** 21 && seqs[0] > 0);
  assert.doesNotMatch(JSON.stringify(phone.state(ID)), /abstain|marks/);
  sitting.count();
  await until(() => phone.stage(ID) === "found");
  assertErased(phone);
});

test("who may not change his mind is told so; nothing else is sent", async () => {
  const { sitting, phone } = await cast({}, { N1: "for" });
  await assert.rejects(phone.client.choose(ID, { N1: "against" }), {
    name: "NotNow",
    code: "already-pressed",
  });
  await settled();
  assert.deepEqual(sitting.counted(), [{ N1: "for" }]);
});

test("marks that are not on the paper, or none, never become a record", async () => {
  const { phone } = await opened();
  for (const marks of [{}, { N1: "maybe" }, { N9: "for" }, { N1: ["for"] }, { N1: "for", toString: "for" }]) {
    await assert.rejects(phone.client.choose(ID, marks), { code: "wrong-marks" });
  }
  assert.equal(phone.stage(ID), "ready");
});

test("pressing before the opening or without a credential is refused", async () => {
  const { phone } = await ready();
  await assert.rejects(phone.client.choose(ID, { N1: "for" }), { code: "ballot-not-open" });
  await assert.rejects(phone.client.choose("9-n1-1-member", { N1: "for" }), { code: "unknown-ballot" });
});

test("a void ballot leaves nothing on the phone", async () => {
  const { sitting, phone } = await cast();
  sitting.void();
  await until(() => phone.stage(ID) === "lapsed");
  assertErased(phone);
  assert.deepEqual(phone.alarms(), []);
});

test("a record the box refuses for good lets the voter press again, with an alarm", async () => {
  const { sitting, phone } = await opened();
  sitting.lies.refuse = "wrong-marks";
  await phone.client.choose(ID, { N1: "for" });
  await until(() => phone.stage(ID) === "ready" && phone.alarms().length);
  assert.deepEqual(phone.alarms(), ["cast-refused"]);
  delete sitting.lies.refuse;
  await phone.client.choose(ID, { N1: "against" });
  await until(() => phone.stage(ID) === "received");
  assert.deepEqual(sitting.counted(), [{ N1: "against" }]);
});

test("two tabs of one phone draw one blinding and cast one paper", async () => {
  const sitting = new FakeSitting();
  const one = new Phone(sitting, sitting.card(7));
  const other = new Phone(sitting, one.card);
  other.storage.records = one.storage.records;
  await Promise.all([one.begin(), other.begin()]);
  sitting.prepare(ID, { key });
  await until(() => one.stage(ID) === "ready");
  sitting.open();
  const phases = () => [one, other].every((tab) => tab.client.board.ballots.get(ID).phase === "opened");
  await until(phases);
  const presses = [one.client.choose(ID, { N1: "for" }), other.client.choose(ID, { N1: "against" })];
  const outcomes = await Promise.allSettled(presses);
  assert.equal(outcomes.filter((outcome) => outcome.status === "fulfilled").length, 1);
  await until(() => one.stage(ID) === "received");
  await settled();
  assert.equal(sitting.poll.box.size, 1);
  assert.deepEqual([...one.alarms(), ...other.alarms()], []);
});

test("a page that was pushed out by another one stays out until it is woken", async () => {
  const { sitting, phone } = await joined();
  const line = await until(() => Array.from(sitting.sockets).find((socket) => socket.member === 7));
  line.push({ type: "error", code: "opened-elsewhere" });
  await until(() => phone.events.some((event) => event.code === "opened-elsewhere"));
  line.drop();
  await settled();
  assert.equal(sitting.sockets.size, 0);
  phone.client.wake();
  await until(() => sitting.sockets.size === 1, "a connection");
});

test("a whole ballot without crypto.subtle", async () => {
  const kept = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", {
    value: { getRandomValues: () => assert.fail() },
    configurable: true,
  });
  try {
    const { sitting, phone } = await cast();
    assert.equal(globalThis.crypto.subtle, undefined);
    sitting.count();
    await until(() => phone.stage(ID) === "found");
  } finally {
    if (kept) Object.defineProperty(globalThis, "crypto", kept);
    else delete globalThis.crypto;
  }
});

test("an open vote is signed, received, and may be pressed again", async () => {
  const { sitting, phone } = await joined();
  sitting.prepare(ID, { visibility: "open" });
  sitting.open();
  await until(
    () => phone.client.board.ballots.has(ID) && phone.client.board.ballots.get(ID).phase === "opened",
  );
  for (const mark of ["for", "against"]) {
    await phone.client.choose(ID, { N1: mark });
    await until(() => phone.stage(ID) === "received");
  }
  assert.deepEqual(Array.from(sitting.poll.open), [[7, `{"ballot":"${ID}","marks":{"N1":"against"}}`]]);
});

// ---- joining

test("joining is repeated with the same key, and a used link is refused to another phone", async () => {
  const { sitting, phone } = await joined();
  const again = phone.again();
  await again.begin();
  assert.deepEqual(again.client.device.publicKey, phone.client.device.publicKey);
  const other = new Phone(sitting, phone.card);
  await assert.rejects(other.begin(), { name: "Refused", code: "link-used" });
  await assert.rejects(new Phone(sitting, { ...phone.card, code: "NOBODY" }).begin(), {
    code: "unknown-link",
  });
  await assert.rejects(phone.again().client.join(sitting.card(8)), { code: "other-card" });
});

test("the board key of the link is the only one a phone takes", async () => {
  const sitting = new FakeSitting();
  const card = sitting.card(7);
  const other = url64(ed25519Key().raw);
  await assert.rejects(new Phone(sitting, { ...card, boardKey: other }).begin(), {
    name: "Alarm",
    code: "other-board-key",
  });
  await assert.rejects(new Phone(sitting, { ...card, boardKey: "AAAA" }).begin(), { code: "bad-board-key" });
  await assert.rejects(new Phone(sitting, { ...card, boardKey: other, sitting: null }).begin(), {
    code: "board-broken",
  });
  const { phone } = await joined();
  await assert.rejects(phone.again().client.join({ ...phone.card, boardKey: other }), {
    code: "other-board-key",
  });
  sitting.devices.get(card.code).dev_pk = null;
  sitting.lies.boardKey = url64(new Uint8Array(32));
  await assert.rejects(new Phone(sitting, { ...card, boardKey: null }).begin(), { code: "bad-board-key" });
});

test("a code is taken as it was meant, whatever was typed", async () => {
  const sitting = new FakeSitting();
  sitting.devices.set("ABCDIOBZ2345", { member: 7, dev_pk: null });
  const phone = new Phone(sitting, { code: " abcd-1O8z\u2014\uff12345 ", boardKey: null });
  assert.equal((await phone.client.join(phone.card)).member, 7);
});

test("a code typed by hand takes the sitting and the key from the server", async () => {
  const sitting = new FakeSitting();
  const { code } = sitting.card(7);
  const phone = new Phone(sitting, { code });
  const said = await phone.client.join({ code });
  assert.deepEqual([said.sitting, said.member, said.pinned], ["s-1", 7, "answer"]);
});

// ---- what a server may try

test("a credential that does not verify is an alarm, and never a second blinding", async () => {
  const { sitting, phone } = await joined();
  sitting.lies.blindSig = (good) => good.slice(0, -2) + (good.endsWith("Q") ? "Ag" : "AQ");
  sitting.prepare(ID, { key });
  await until(() => phone.alarms().length);
  await settled();
  assert.deepEqual(phone.alarms(), ["credential-invalid"]);
  const { blinded } = phone.state(ID);
  assert.equal(phone.stage(ID), "blinded");
  delete sitting.lies.blindSig;
  const again = phone.again();
  phone.life.end("gone");
  await again.begin();
  await until(() => again.stage(ID) === "ready");
  assert.equal(sitting.poll.issued.get(7).blinded, blinded);
});

test("a key that is not the board's signs nothing", async () => {
  const { sitting, phone } = await joined();
  sitting.prepare(ID, { key: { ...otherKey, n: key.n } }); // n on the board, another key in the cellar
  await until(() => phone.alarms().length);
  assert.deepEqual(phone.alarms(), ["credential-invalid"]);
});

test("another phone's issue for this member is an alarm", async () => {
  const { sitting, phone } = await joined();
  sitting.prepare(ID, { key });
  sitting.poll.issued.set(7, { blinded: "other" });
  await until(() => phone.alarms().length);
  await settled();
  assert.deepEqual(phone.alarms(), ["already-issued"]);
});

test("a paper that is not the board's gets no credential and no ballot", async () => {
  const { sitting, phone } = await joined();
  sitting.lies.paper = '[{"id":"N1","kind":"motion"}]';
  sitting.prepare(ID, { key });
  await until(() => phone.alarms().length);
  assert.deepEqual(phone.alarms(), ["paper-differs"]);
  assert.equal(sitting.poll.issued.size, 0);
});

test("somebody else's key on this member's line is an alarm", async () => {
  const { sitting, phone } = await joined();
  sitting.lies.line = () => url64(ed25519Key().raw);
  sitting.prepare(ID, { key });
  await until(() => phone.alarms().length);
  assert.deepEqual(phone.alarms(), ["other-device"]);
  assert.equal(sitting.poll.issued.size, 0);
});

test("a receipt for another leaf is no receipt: alarm, and the record is sent again", async () => {
  const { sitting, phone } = await opened();
  sitting.lies.leaf = Buffer.alloc(32);
  await phone.client.choose(ID, { N1: "for" });
  await until(() => phone.alarms().length);
  assert.deepEqual(phone.alarms(), ["receipt-invalid"]);
  assert.equal(phone.stage(ID), "sent");
  delete sitting.lies.leaf;
  await until(() => phone.stage(ID) === "received");
  assert.equal(sitting.poll.box.size, 1);
});

test("a ballot with a receipt that is not on the board is an alarm with the receipt", async () => {
  const { sitting, phone } = await cast();
  sitting.lies.casts = () => [];
  sitting.count();
  await until(() => phone.stage(ID) === "lost");
  assert.deepEqual(phone.alarms(), ["ballot-missing"]);
  assert.ok(phone.state(ID).sent[0].receipt);
  sitting.finishHandBack();
  await settled();
  assert.equal(sitting.poll.checked.size, 0);
});

test("of a changed mind the last receipt counts: an earlier line is not good enough", async () => {
  const { sitting, phone } = await cast({ changes: true }, { N1: "for" });
  const { leaf } = phone.state(ID).sent[0];
  await phone.client.choose(ID, { N1: "against" });
  await until(() => phone.stage(ID) === "received" && phone.state(ID).sent.length === 2);
  sitting.lies.casts = () => [leaf];
  sitting.count();
  await until(() => phone.stage(ID) === "lost");
  assert.deepEqual(phone.alarms(), ["ballot-missing"]);
});

test("leaves that are not what the board says are an alarm, and nothing is concluded from them", async () => {
  for (const lie of [
    (answer) => ({ ...answer, casts: [] }),
    (answer) => ({ ...answer, casts: [...answer.casts, ...answer.casts] }),
    (answer) => ({ ...answer, casts: [url64(Buffer.alloc(32))] }),
    (answer) => ({ ...answer, casts: "none" }),
  ]) {
    const { sitting, phone } = await cast();
    sitting.lies.leaves = lie;
    sitting.count();
    await until(() => phone.alarms().length);
    assert.deepEqual(phone.alarms(), ["leaves-differ"]);
    assert.equal(phone.stage(ID), "received");
    delete sitting.lies.leaves;
    await until(() => phone.stage(ID) === "found");
  }
});

test("a hand-back with a receipt that is not on the list is an alarm; without one it is over", async () => {
  const { sitting, phone } = await opened();
  sitting.lies.unused = () => [];
  sitting.count();
  await until(() => phone.stage(ID) === "returned");
  sitting.finishHandBack();
  await until(() => phone.stage(ID) === "lapsed");
  assert.deepEqual(phone.alarms(), ["hand-back-missing"]);

  const refused = await opened();
  refused.sitting.lies.refuse = "hand-back-of-cast";
  refused.sitting.count();
  await until(() => refused.phone.stage(ID) === "lapsed");
  assert.deepEqual(refused.phone.alarms(), ["hand-back-refused"]);
  assertErased(refused.phone);

  const late = await opened();
  late.sitting.lies.refuse = "hand-back-over";
  late.sitting.count();
  await until(() =>
    late.phone.events.some((event) => event.type === "retry" && event.code === "hand-back-over"),
  );
  late.sitting.finishHandBack();
  await until(() => late.phone.stage(ID) === "lapsed");
  assert.deepEqual(late.phone.alarms(), []);
  assertErased(late.phone);
});

test("leaves from a cache that are older than the board are asked for again", async () => {
  const { sitting, phone } = await opened();
  sitting.count();
  await until(() => phone.stage(ID) === "returned");
  sitting.lies.leaves = (answer) => ({ ...answer, unused: null });
  sitting.finishHandBack();
  await until(() => phone.events.some((event) => event.type === "retry" && event.code === "leaves-are-old"));
  delete sitting.lies.leaves;
  await until(() => phone.stage(ID) === "confirmed");
  assert.deepEqual(phone.alarms(), []);
});

test("a board that is not signed is not believed; when it is right again all goes on", async () => {
  const { sitting, phone } = await joined();
  sitting.lies.board = (lines) => lines.map((line) => line.replace(/"sig":"../, '"sig":"zz'));
  sitting.prepare(ID, { key });
  await until(() => phone.alarms().length);
  assert.deepEqual(phone.alarms(), ["board-broken"]);
  await settled();
  assert.equal(sitting.poll.issued.size, 0);
  delete sitting.lies.board;
  await until(() => phone.stage(ID) === "ready");
});

test("a fork stops the phone for good, also after a reload", async () => {
  const { sitting, phone } = await ready();
  const fork = sitting.entry(sitting.entries.length, '{"kind":"end"}', Buffer.alloc(32, 1));
  sitting.lies.board = () => [`${fork.line}\n`];
  sitting.open();
  await until(() => phone.client.halted);
  assert.deepEqual(phone.alarms(), ["board-forked"]);
  await assert.rejects(phone.client.choose(ID, { N1: "for" }), { code: "board-forked" });
  delete sitting.lies.board;
  const again = phone.again();
  await again.begin();
  await settled();
  assert.deepEqual(again.alarms(), ["board-forked"]);
  assert.equal(again.client.personal, null);
});

test("a board that lost entries this phone has seen is an alarm", async () => {
  const { sitting, phone } = await ready();
  phone.client.stop();
  sitting.lies.board = (lines) => lines.slice(0, 1);
  const again = phone.again();
  await again.begin();
  await until(() => again.alarms().length);
  assert.deepEqual(again.alarms(), ["board-shortened"]);
  assert.equal(again.client.board.complete, false);
});

test("what a captive portal answers is not taken for the server", async () => {
  const { sitting, phone } = await opened();
  const network = sitting.box.bind(sitting);
  let portal = 4;
  sitting.box = (text) => (portal-- > 0 ? "<html>" : network(text));
  await phone.client.choose(ID, { N1: "for" });
  await until(() => phone.stage(ID) === "received");
  assert.deepEqual(phone.alarms(), []);
});

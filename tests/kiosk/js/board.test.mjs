/** The board as a phone verifies it: what it takes, what it calls broken, and what it calls forked. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { FakeSitting, rsaKey, url64 } from "./fake_sitting.mjs";
import { served } from "./served.mjs";

const { Board, code } = await served("board.js");
const { standing } = await served("roll.js");
const key = rsaKey();
const ID = "3-n1-1-member";

function sittingWithBallot() {
  const sitting = new FakeSitting();
  sitting.card(7);
  sitting.card(8);
  for (const device of sitting.devices.values()) device.dev_pk = new FakeSitting().boardKey.raw;
  sitting.prepare(ID, { key });
  return sitting;
}

const boardOf = (sitting, seen = null) => new Board(Uint8Array.from(sitting.boardKey.raw), seen);

function read(sitting, seen = null) {
  const board = boardOf(sitting, seen);
  for (const entry of sitting.entries) board.add(entry.line);
  return board;
}

/** The board takes all but the last line, and for that one this alarm; and nothing has changed. */
function refuses(sitting, why, alarm = "board-broken") {
  const board = boardOf(sitting);
  const lines = sitting.entries.map((entry) => entry.line);
  for (const line of lines.slice(0, -1)) board.add(line);
  const before = [board.length, url64(board.head), board.ballots.size, board.rolls.size];
  assert.throws(
    () => board.add(lines[lines.length - 1]),
    (error) => error.code === alarm && why.test(error.data.why),
  );
  assert.deepEqual([board.length, url64(board.head), board.ballots.size, board.rolls.size], before);
}

test("a ballot's facts come from its entry and its roll", () => {
  const sitting = sittingWithBallot();
  const board = read(sitting);
  const ballot = board.ballots.get(ID);
  assert.equal(board.sitting, "s-1");
  assert.ok(board.complete);
  assert.deepEqual([ballot.phase, ballot.size, ballot.secret], ["prepared", 512, true]);
  assert.deepEqual(Array.from(ballot.roll.entitled), [7, 8]);
  const mine = ballot.roll.lines.get(7).devicePublic;
  assert.equal(standing(ballot.roll, 7, mine), "entitled");
  assert.equal(standing(ballot.roll, 7, "x"), "other-device");
  assert.equal(standing(ballot.roll, 9, mine), "absent");
});

test("a roll names only what changed, and amends one ballot until it opens", () => {
  const sitting = sittingWithBallot();
  const since = sitting.lastRoll.seq;
  const line = { number: 9, name: "委员9", dev_pk: null, bound: null };
  const change = {
    kind: "roll",
    since,
    ballot: ID,
    all_members: 7,
    present: [7, 8, 9],
    recused: [8],
    lines: [line],
  };
  const amended = sitting.add(change);
  const ballot = read(sitting).ballots.get(ID);
  assert.deepEqual(Array.from(ballot.roll.entitled), [7, 9]);
  assert.equal(standing(ballot.roll, 9, "x"), "no-device");
  sitting.add({ kind: "opened", ballot: ID, roll: url64(amended.hash) });
  sitting.add(change);
  refuses(sitting, /frozen/);
});

test("what is not the next signed line is broken", () => {
  const sitting = sittingWithBallot();
  const board = boardOf(sitting);
  const [first, second] = sitting.entries;
  const other = (changes) => JSON.stringify({ ...JSON.parse(first.line), ...changes });
  const lines = [
    "",
    "{}",
    "<html>",
    second.line,
    other({ seq: 1 }),
    other({ text: "{}" }),
    other({ sig: url64(Buffer.alloc(64)) }),
  ];
  for (const line of lines) assert.throws(() => board.add(line), { code: "board-broken" }, line);
  assert.equal(board.length, 0);
  board.add(first.line);
});

test("a key that is not the pinned one signs nothing here", () => {
  const sitting = new FakeSitting();
  assert.throws(() => boardOf(new FakeSitting()).add(sitting.entries[0].line), { code: "board-broken" });
  assert.throws(() => new Board(new Uint8Array(32)), RangeError);
});

test("entries that must not stand where they stand are refused and change nothing", () => {
  const bad = [
    [{ kind: "start", format: "session-day-record/1", sitting: "s-1", key: "" }, /first/],
    [{ kind: "ballots" }, /unknown kind/],
    [{ kind: "opened", ballot: "other", roll: "" }, /unknown ballot/],
    [{ kind: "result", ballot: ID, returned: 0, cast_root: "" }, /course/],
    [{ kind: "unused", ballot: ID, unused: 0, unused_root: "" }, /course/],
    [{ kind: "opened", ballot: ID, roll: url64(Buffer.alloc(32)) }, /unknown roll/],
    [
      { kind: "roll", since: 99, ballot: null, all_members: 7, present: [], recused: [], lines: [] },
      /no roll/,
    ],
    [
      { kind: "roll", since: null, ballot: null, all_members: 7, present: [1, 1], recused: [], lines: [] },
      /twice/,
    ],
    [
      { kind: "roll", since: null, ballot: null, all_members: 7, present: [1], recused: [], lines: [] },
      /no line/,
    ],
  ];
  for (const [body, why] of bad) {
    const sitting = sittingWithBallot();
    sitting.add(body);
    refuses(sitting, why);
  }
});

test("a ballot with a crafted modulus, a known id or a known modulus is refused", () => {
  const entry = (sitting, changes) => {
    const body = JSON.parse(sitting.entries.find((one) => one.text.includes('"kind":"ballot"')).text);
    return sitting.add({ ...body, ballot: "4-n1-1-member", n: url64(rsaKey().n), ...changes });
  };
  const even = Buffer.from(key.n);
  even[255] &= 0xfe;
  const short = Buffer.from(key.n);
  short[0] = 0x40;
  const bad = [
    [{ n: url64(even) }, /odd/],
    [{ n: url64(short) }, /2048/],
    [{ n: url64(key.n.subarray(1)) }, /256 bytes/],
    [{ n: url64(key.n) }, /new modulus/],
    [{ n: null }, /base64/],
    [{ ballot: ID }, /new id/],
    [{ ballot: "N1" }, /new id/],
    [{ size: 0 }, /size/],
    [{ visibility: "half" }, /visibility/],
    [{ rules: {} }, /rules/],
    [{ replaces: "none" }, /unknown ballot/],
  ];
  for (const [changes, why] of bad) {
    const sitting = sittingWithBallot();
    entry(sitting, changes);
    refuses(sitting, why);
  }
});

test("nothing comes after the end", () => {
  const sitting = new FakeSitting();
  sitting.add({ kind: "end" });
  assert.ok(read(sitting).ended);
  sitting.add({ kind: "end" });
  refuses(sitting, /after the end/);
});

test("two signed entries for one place are a fork, kept as proof", () => {
  const sitting = sittingWithBallot();
  const board = read(sitting);
  const fork = sitting.entry(board.length, JSON.stringify({ kind: "end" }), Buffer.alloc(32, 1));
  assert.throws(
    () => board.add(fork.line),
    (error) => error.code === "board-forked" && error.data.line === fork.line,
  );
});

test("after a reload the board has to lead to what was seen", () => {
  const sitting = sittingWithBallot();
  const last = sitting.entries[sitting.entries.length - 1];
  const seen = { seq: last.seq, hash: url64(last.hash) };
  assert.ok(read(sitting, seen).complete);

  const board = boardOf(sitting, seen);
  board.add(sitting.entries[0].line);
  assert.ok(!board.complete);

  const other = sittingWithBallot();
  other.boardKey = sitting.boardKey;
  other.entries = [];
  other.add(JSON.parse(sitting.entries[0].text));
  other.add({ kind: "end" });
  other.add({ kind: "end" });
  const forked = boardOf(sitting, { seq: 1, hash: seen.hash });
  forked.add(other.entries[0].line);
  assert.throws(() => forked.add(other.entries[1].line), { code: "board-forked" });
});

test("codes are slow, 16 letters in four groups", async () => {
  const text = await code(new Uint8Array(32));
  assert.match(text, /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/);
});

test("a vote by show of hands and what tellers rule are read, and ask nothing of a phone", () => {
  const sitting = sittingWithBallot();
  sitting.prepare("2-item-1-member", { visibility: "hands" });
  sitting.open();
  sitting.add({ kind: "hands", ballot: "2-item-1-member", totals: { item: { for: 2, against: 0, abstain: 0 } }, by: [2] });
  sitting.add({ kind: "result", ballot: "2-item-1-member", issued: 2, returned: 2, result: {} });
  sitting.add({ kind: "ruling", ballot: "2-item-1-member", rulings: [], by: [2], result: {} });
  const ballot = read(sitting).ballots.get("2-item-1-member");
  assert.deepEqual([ballot.secret, ballot.n, ballot.phase], [false, null, "result"]);
  sitting.add({ kind: "unused", ballot: "2-item-1-member", unused: 0, unused_root: url64(Buffer.alloc(32)), missing: 0 });
  refuses(sitting, /open ballot/);
});

/** A paper of every kind on its whole way: whatever is marked, what goes over the line is as long as any other. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { FakeSitting, rsaKey } from "./fake_sitting.mjs";
import { Phone, endAll, until } from "./phone.mjs";

const key = rsaKey();
const ID = "5-item-1-member";
const NAMES = Array.from({ length: 130 }, (_, i) => String.fromCodePoint(0x4e00 + i));

afterEach(endAll);

const half = { base: "all_members", over: "1/2" };
const GRADE = { id: "g", kind: "grade", title: "", scale: ["\u6ee1\u610f", "\u57fa\u672c\u6ee1\u610f", "\u4e0d\u6ee1\u610f"] };
const SCORE = { id: "s", kind: "score", title: "", criteria: ["1", "2", "3", "4", "5", "6"].map((id) => ({ id, title: id, weight: 1 })) };
const ELECTION = { id: "e", kind: "election", title: "", seats: 130, candidates: NAMES, write_in: true, majority: half };
const SELECTION = { id: "c", kind: "selection", title: "", choose: 130, options: NAMES };
const all = (score) => Object.fromEntries(SCORE.criteria.map(({ id }) => [id, score]));
const election = (mark) => ({ e: { for: [], against: [], write_in: [], ...mark } });

/** For each paper marks that differ as much as marks can. */
const PAPERS = [
  ["a grade", [GRADE], GRADE.scale.map((g) => ({ g }))],
  ["a score sheet", [SCORE], [{ s: all(100) }, { s: all(0) }, { s: { 1: 7 } }, { s: all(88.5) }]],
  [
    "an election",
    [ELECTION],
    [election({}), election({ for: NAMES }), election({ for: NAMES.slice(0, 30), against: NAMES.slice(30) }), election({ against: NAMES, write_in: ["x".repeat(30), "\u6a0a\u82cd\u5170"] })],
  ],
  ["a selection", [SELECTION], [{ c: [] }, { c: NAMES.slice(5, 7) }, { c: NAMES }]],
  ["two questions", [SCORE, GRADE], [{ s: all(90), g: GRADE.scale[1] }, { g: GRADE.scale[0] }, { s: { 6: 1 } }]],
];

async function sent(paper, marks) {
  const sitting = new FakeSitting();
  const phone = new Phone(sitting, sitting.card(7));
  await phone.begin();
  sitting.prepare(ID, { key, paper: JSON.stringify(paper), size: 1536 });
  await until(() => phone.stage(ID) === "ready", "a credential");
  sitting.open();
  await until(() => phone.client.board.ballots.get(ID).phase === "opened");
  await phone.client.choose(ID, marks);
  await until(() => phone.stage(ID) === "received", "a receipt");
  assert.deepEqual(phone.failures(), []);
  assert.deepEqual(sitting.counted(), [marks]);
  const kept = JSON.stringify(phone.storage.snapshot());
  assert.doesNotMatch(kept, /marks|body|\u6ee1\u610f|\u4e00/);
  const frames = sitting.seen.filter((request) => request.path === "/box").map(({ text }) => text);
  return { frames, waits: phone.waits.filter(([why]) => why === "delay").length };
}

for (const [name, paper, choices] of PAPERS) {
  test(`${name}: the same number of frames, of bytes and of waits for every choice`, async () => {
    const seen = [];
    for (const marks of choices) seen.push(await sent(paper, marks));
    assert.equal(new Set(seen.map(({ frames }) => frames.map((text) => Buffer.byteLength(text)).join())).size, 1);
    assert.equal(new Set(seen.map(({ waits }) => waits)).size, 1);
  });
}

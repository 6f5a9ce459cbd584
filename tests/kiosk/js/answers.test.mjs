/** What a voter has filled in: what is kept of it, what is missing or too much, and which mark it becomes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { served } from "./served.mjs";

const answers = await served("../phone/answers.js");
const { orderMarks } = await served("body.js");
const { gapsOf, isBlank, knownAnswer, marksOf, nameFields, problemOf, stepped, tidied, typedScore } = answers;

const MOTION = { id: "m", kind: "motion" };
const GRADE = { id: "g", kind: "grade", scale: ["A", "B", "C"] };
const SCORE = { id: "s", kind: "score", criteria: ["2", "1"].map((id) => ({ id, title: id })), min: 0, max: 100, step: 1 };
const ELECTION = { id: "e", kind: "election", seats: 1, candidates: ["X", "Y"], write_in: true, write_in_needs_opposition: true };
const SELECTION = { id: "c", kind: "selection", choose: 2, options: ["a", "b", "c"] };
const ALL = [MOTION, GRADE, SCORE, ELECTION, SELECTION];

const elect = (choices, ...names) => ({ choices, names });
const code = (question, answer) => (problemOf(question, answer) || { code: null }).code;
const marks = (question, answer) => marksOf([question], new Map([[question.id, answer]]))[question.id];

test("nothing is filled in until somebody does", () => {
  for (const question of ALL) {
    assert.ok(isBlank(question, null));
    assert.equal(problemOf(question, null), null);
  }
  assert.deepEqual(ALL.map((question) => gapsOf(question, null)), [1, 1, 2, 2, 0]);
  // A selection of nothing and an election of nobody are marks; the others are left out.
  assert.deepEqual(marksOf(ALL, new Map()), { e: { for: [], against: [], write_in: [] }, c: [] });
});

test("whatever can be handed in is a mark that the box takes", () => {
  const given = new Map([
    ["m", "abstain"],
    ["g", "B"],
    ["s", { 1: "0", 2: "100" }],
    ["e", elect({ X: "against", Y: "abstain" }, " \u6a0a\u3000\u82cd\u5170 ")],
    ["c", ["a", "c"]],
  ]);
  for (const question of ALL) assert.equal(problemOf(question, given.get(question.id)), null, question.id);
  const taken = orderMarks(ALL, marksOf(ALL, given));
  assert.equal(
    taken.map(([id, mark]) => `${id}=${mark}`).join(" "),
    'm="abstain" g="B" s={"2":100,"1":0} e={"for":[],"against":["X"],"write_in":["\u6a0a\u82cd\u5170"]} c=["a","c"]',
  );
});

test("a draft is taken only as far as the paper offers it", () => {
  const kept = [
    [MOTION, "for", "for"],
    [MOTION, "yes", null],
    [MOTION, ["for"], null],
    [GRADE, "B", "B"],
    [GRADE, "constructor", null],
    [SCORE, { 1: "85", 2: "101", 3: "9" }, { 1: "85", 2: "101" }],
    [SCORE, { 1: 85, 2: "1e9" }, null],
    [SCORE, [], null],
    [SCORE, null, null],
    [ELECTION, { choices: { X: "for", Z: "for", Y: "yes" }, names: ["N", 7, null] }, elect({ X: "for" }, "N")],
    [ELECTION, { choices: null, names: "N" }, elect({})],
    [ELECTION, "X", null],
    [{ ...ELECTION, write_in: false }, elect({ X: "for" }, "N"), elect({ X: "for" })],
    [SELECTION, ["c", "a", "z", "a"], ["a", "c"]],
    [SELECTION, "a", null],
    [{ id: "r", kind: "ranking" }, "for", null],
  ];
  for (const [question, draft, known] of kept) {
    assert.deepEqual(knownAnswer(question, draft), known, JSON.stringify([question.kind, draft]));
  }
});

test("a score sheet is whole and in range, or it is not handed in", () => {
  assert.deepEqual(problemOf(SCORE, { 1: "85" }), { code: "scores-missing", missing: 1 });
  assert.equal(code(SCORE, { 1: "101", 2: "1" }), "score-range");
  assert.equal(problemOf(SCORE, { 1: "85", 2: "101" }).number, 1); // as they stand on the paper
  assert.equal(code(SCORE, { 1: "-", 2: "1" }), "score-range");
  assert.equal(code({ ...SCORE, step: 5 }, { 1: "84", 2: "100" }), "score-step");
  assert.equal(code({ ...SCORE, min: -1, step: 0.1 }, { 1: "0.3", 2: "-0.7" }), null);
  assert.ok(isBlank(SCORE, { 1: "", 2: "" }));
});

test("what is typed as a score is made of digits", () => {
  const typed = (text, more = {}) => typedScore(text, { min: 0, step: 1, ...more });
  const cases = [
    ["85", "85"],
    ["\uff18\uff15", "85"],
    ["085", "85"],
    ["0", "0"],
    ["8 5 points", "85"],
    ["85.5", "85"],
    ["-5", "5"],
    ["", ""],
    ["1234567890123", "123456789"],
  ];
  for (const [text, kept] of cases) assert.equal(typed(text), kept, text);
  assert.equal(typed("85.50.1", { step: 0.5 }), "85.50");
  assert.equal(typed("--5", { min: -10 }), "-5");
});

test("a step keeps to the grid and to the range", () => {
  const step = (text, by, more = {}) => stepped({ min: 0, max: 100, step: 1, ...more }, text, by);
  assert.deepEqual([step("85", 1), step("85", -1), step("100", 1), step("0", -1)], ["86", "84", "100", "0"]);
  assert.deepEqual([step("101", 1), step("101", -1), step("999", -1)], ["100", "100", "100"]);
  assert.deepEqual([step("0.3", 1, { step: 0.1 }), step("0.3", -1, { step: 0.1 })], ["0.4", "0.2"]);
  assert.deepEqual([step("7", 1, { step: 5 }), step("7", -1, { step: 5 }), step("98", 1, { step: 15 })], ["10", "5", "90"]);
});

test("nobody is supported beyond the seats, on the list or beside it", () => {
  assert.equal(code(ELECTION, elect({ X: "for", Y: "for" })), "too-many-names");
  assert.equal(code(ELECTION, elect({ X: "against", Y: "for" }, "N")), "too-many-names");
  assert.equal(code(ELECTION, elect({ X: "against", Y: "against" }, "N")), null);
  assert.deepEqual(problemOf(ELECTION, elect({ X: "for", Y: "for" })), { code: "too-many-names", chosen: 2, most: 1, over: 1 });
});

test("another person is named after voting against a candidate, where the paper says so", () => {
  const fields = (question, answer) => nameFields(question, answer);
  assert.deepEqual([null, elect({ X: "for" }), elect({ X: "abstain" }), elect({ X: "against" })].map((one) => fields(ELECTION, one)), [0, 0, 0, 1]);
  // One seat, so one name, however many are opposed.
  assert.equal(fields(ELECTION, elect({ X: "against", Y: "against" })), 1);
  const two = { ...ELECTION, seats: 2 };
  assert.deepEqual([elect({ X: "against", Y: "against" }), elect({ X: "against", Y: "against" }, "N")].map((one) => fields(two, one)), [1, 2]);
  // What was written stays to be seen when the opposition is taken back, and is not handed in.
  assert.equal(fields(ELECTION, elect({ X: "abstain" }, "N")), 1);
  assert.equal(code(ELECTION, elect({ X: "abstain" }, "N")), "unopposed");
  assert.equal(code(two, elect({ X: "against" }, "N", "M")), "unopposed");
  assert.equal(fields({ ...ELECTION, write_in_needs_opposition: false }, null), 1);
  assert.equal(fields({ ...ELECTION, write_in: false }, elect({ X: "against" })), 0);
});

test("names are written in one form, and only with what a name is made of", () => {
  assert.equal(tidied("  \u6a0a \u82cd\u3000\u5170\n"), "\u6a0a\u82cd\u5170");
  assert.equal(tidied("\u4e70\u4e70\u63d0\u30fb\u827e\u529b"), "\u4e70\u4e70\u63d0\u00b7\u827e\u529b");
  assert.equal(tidied("Anne  Marie"), "Anne Marie");
  assert.equal(tidied("E\u0301"), "\u00c9");
  const named = (...names) => code({ ...ELECTION, seats: 3 }, elect({ X: "against", Y: "against" }, ...names));
  assert.equal(named("N", " ", ""), null);
  assert.equal(named("<b>"), "name-letters");
  assert.equal(named("- ."), "name-letters");
  assert.equal(named("\u6a0a".repeat(31)), "name-long");
  assert.equal(named("\ud840\udc00".repeat(30)), null);
  assert.equal(named("x"), null);
  assert.equal(named("X"), "name-on-list");
  assert.equal(named("\u6a0a \u82cd", "\u6a0a\u82cd"), "name-twice");
  assert.equal(named("An Na", "AnNa"), "name-twice");
});

test("more options than are chosen is said, fewer is well", () => {
  assert.deepEqual(problemOf(SELECTION, ["a", "b", "c"]), { code: "too-many-options", chosen: 3, most: 2, over: 1 });
  assert.equal(problemOf(SELECTION, ["a"]), null);
  assert.deepEqual(marks(SELECTION, []), []);
});

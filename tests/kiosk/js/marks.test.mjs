/** What may be marked on a paper of any kind, by the vectors that the server's side reads too. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { ROOT, served } from "./served.mjs";

const { openBody, orderMarks, parsePaper } = await served("body.js");
const { papers } = JSON.parse(await readFile(new URL("tests/voting/marks_vectors.json", ROOT), "utf8"));

/** The text of marks as they would go out. */
function written(questions, marks) {
  const text = openBody("1-item-1-member", orderMarks(questions, marks));
  return /^\{"ballot":"1-item-1-member","marks":(.*)\}$/s.exec(text)[1];
}

const refused = (questions, marks) =>
  assert.throws(() => orderMarks(questions, marks), { name: "NotNow", code: "wrong-marks" }, JSON.stringify(marks));

for (const { name, paper, canonical, reordered, refused: bad } of papers) {
  const questions = parsePaper(JSON.stringify(paper));
  test(name, () => {
    for (const text of canonical) assert.equal(written(questions, JSON.parse(text)), text);
    for (const { marks, canonical: text } of reordered) assert.equal(written(questions, marks), text);
    for (const marks of bad) refused(questions, marks);
  });
}

test("numbers that JSON has no word for are no scores", () => {
  const { paper } = papers.find(({ paper: [question] }) => question.kind === "score");
  const mark = (score) => ({ [paper[0].id]: { [paper[0].criteria[0].id]: score } });
  for (const score of [NaN, Infinity, -Infinity, 1n, undefined, {}, 0.1 + 0.2]) {
    assert.throws(() => orderMarks(paper, mark(score)));
  }
  // JSON.stringify writes a negative zero like any other.
  assert.equal(written(paper, mark(-0)), '{"scores":{"2":0}}');
});

test("a paper of a kind that is not known is read, and takes no mark", () => {
  const questions = parsePaper('[{"id":"a","kind":"ranking","options":["x"]}]');
  refused(questions, { a: "x" });
  refused(questions, { a: ["x"] });
});

test("a paper without what its kind lists is not read", () => {
  for (const kind of ["grade", "score", "election", "selection"]) {
    for (const more of [{}, { scale: "", criteria: {}, candidates: 1, options: null }, { scale: [], criteria: [], candidates: [], options: [] }]) {
      assert.throws(() => parsePaper(JSON.stringify([{ id: "a", kind, ...more }])), { code: "paper-unreadable" });
    }
  }
});

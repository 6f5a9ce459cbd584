/**
 * The body of a record: the one byte form that a marked paper has.  Pure; the other half of voting/body.py.
 *
 * Marks come in the paper's order and nothing else is in the phone's hands: no spacing, no order, no length
 * that could mark a paper.  What a mark may be is marks.js's to say; a kind of question that it does not know cannot
 * be answered.
 */

import { b64, utf8 } from "./bytes.js";
import { Alarm, NotNow } from "./errors.js";
import { isLegible, writtenMark } from "./marks.js";

const END = '"}';

/** The questions of a paper's text.  Compare its hash with the board first. */
export function parsePaper(text) {
  let questions;
  try {
    questions = JSON.parse(text);
  } catch {
    throw new Alarm("paper-unreadable");
  }
  const ids = new Set();
  const sound =
    Array.isArray(questions) &&
    questions.length > 0 &&
    questions.every((question) => {
      if (typeof question !== "object" || question === null || typeof question.id !== "string") return false;
      if (ids.has(question.id) || !isLegible(question)) return false;
      ids.add(question.id);
      return true;
    });
  if (!sound) throw new Alarm("paper-unreadable");
  return questions;
}

/**
 * The marks in the paper's order, as pairs of question and written mark; NotNow when there is none, or one that is
 * not on the paper.
 */
export function orderMarks(questions, marks) {
  const given = new Map(Object.entries(marks));
  const ordered = [];
  for (const question of questions) {
    if (!given.has(question.id)) continue;
    const mark = writtenMark(question, given.get(question.id));
    if (mark === null) throw new NotNow("wrong-marks");
    ordered.push([question.id, mark]);
  }
  if (ordered.length === 0 || ordered.length !== given.size) throw new NotNow("wrong-marks");
  return ordered;
}

/** The text of a secret ballot, exactly `size` bytes of UTF-8.  `marks` as `orderMarks` gave them. */
export function castBody(ballot, pk, seq, marks, size) {
  return padded(
    `{"ballot":"${ballot}","pk":"${b64(pk)}","seq":${seq},"marks":${written(marks)},"pad":"`,
    size,
  );
}

/** The text that hands an unused credential back, as long as a ballot. */
export function handBackBody(ballot, pk, size) {
  return padded(`{"ballot":"${ballot}","pk":"${b64(pk)}","seq":0,"unused":true,"pad":"`, size);
}

/** The text of an open vote. */
export function openBody(ballot, marks) {
  return `{"ballot":"${ballot}","marks":${written(marks)}}`;
}

/** Written pair by pair: an object would move a question whose id is a number to the front. */
function written(marks) {
  return `{${marks.map(([id, mark]) => `${JSON.stringify(id)}:${mark}`).join(",")}}`;
}

function padded(start, size) {
  const missing = size - utf8(start).length - END.length;
  if (missing < 0) throw new NotNow("too-large");
  return start + "0".repeat(missing) + END;
}

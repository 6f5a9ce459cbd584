/**
 * What may stand on a paper as a mark, and the one way it is written.  Pure; the other half of voting/paper.py.
 *
 * Whoever fills in the paper may hand names in any order: they go out in the paper's, so that no order can mark it.
 * More than a mark may say (too many names, a score out of its range) is a mark: it is written, and counts as invalid.
 */

import { compare, utf8 } from "./bytes.js";

const CHOICES = ["for", "against", "abstain"];
const NUMBER = /^-?(0|[1-9][0-9]{0,8})(\.[0-9]{0,3}[1-9])?$/;
/** What a name that is not on the paper may be written with; 30 characters, each once, however many bytes it has. */
const WRITE_IN = /^[\p{L}\p{M}\p{Nd} \u00b7\-.]{1,30}$/u;

/** For each kind of question the text of a mark on it; null where the mark is none that the paper offers. */
const KINDS = new Map([
  ["motion", (question, mark) => (CHOICES.includes(mark) ? quoted(mark) : null)],
  ["grade", (question, mark) => (question.scale.includes(mark) ? quoted(mark) : null)],
  ["score", scores],
  ["election", election],
  ["selection", (question, mark) => names(mark, question.options)],
]);

/** What each kind of question lists. */
const LISTS = { grade: "scale", score: "criteria", election: "candidates", selection: "options" };

/** Whether the question has what its kind lists: then the functions below can be asked about it. */
export function isLegible(question) {
  const list = LISTS[question.kind];
  return list === undefined || (Array.isArray(question[list]) && question[list].length > 0);
}

/** The text of a mark on this question; null for what is no mark of it. */
export function writtenMark(question, mark) {
  const kind = KINDS.get(question.kind);
  return kind ? kind(question, mark) : null;
}

/** Whether a name may be written onto a paper that allows it; spaces alone name nobody. */
export function isWriteIn(name) {
  return typeof name === "string" && WRITE_IN.test(name) && name.trim() !== "" && name.normalize("NFC") === name;
}

/** The paper's criteria as `{id, title, min, max, step}`; what a criterion does not say the question says for all. */
export function criteriaOf({ criteria, min = 0, max = 100, step = 1 }) {
  return criteria.map((one) => ({ min, max, step, ...(typeof one === "string" ? { id: one, title: one } : one) }));
}

/** Criterion by criterion, as pairs: an object would move ids that are numbers to the front. */
function scores(question, mark) {
  const given = entries(mark);
  if (given === null || given.size === 0) return null;
  const written = criteriaOf(question)
    .filter(({ id }) => given.has(id))
    .map(({ id }) => [id, given.get(id)]);
  if (written.length !== given.size || !written.every(([, score]) => isNumber(score))) return null;
  return `{${written.map(([id, score]) => `${quoted(id)}:${quoted(score)}`).join(",")}}`;
}

function election(question, mark) {
  const given = entries(mark);
  const keys = question.write_in ? ["for", "against", "write_in"] : ["for", "against"];
  if (given === null || given.size !== keys.length || !keys.every((key) => given.has(key))) return null;
  const lists = keys.map((key) => (key === "write_in" ? writeIns(given.get(key)) : names(given.get(key), question.candidates)));
  return lists.includes(null) ? null : `{${keys.map((key, i) => `${quoted(key)}:${lists[i]}`).join(",")}}`;
}

/** Names of the paper's list, none twice, in its order. */
function names(mark, listed) {
  if (!isSet(mark) || !mark.every((name) => listed.includes(name))) return null;
  return quoted(listed.filter((name) => mark.includes(name)));
}

/** Names that are not the paper's, none twice, by code point: the order of their bytes. */
function writeIns(mark) {
  if (!isSet(mark) || !mark.every(isWriteIn)) return null;
  return quoted(mark.slice().sort((one, other) => compare(utf8(one), utf8(other))));
}

const quoted = (value) => JSON.stringify(value);
const isNumber = (value) => typeof value === "number" && NUMBER.test(quoted(value));
const isSet = (value) => Array.isArray(value) && new Set(value).size === value.length;
const entries = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : null;

/**
 * What a voter has filled in so far, for each kind of question.  Pure: no text, no DOM.
 *
 * An answer is what stands in the form, as it is typed and ticked, and may be half done or too much; null is a
 * question nobody has touched.  A mark is what goes onto the paper.  Whatever the box would count as invalid is a
 * problem here, so that nobody hands it in by mistake.
 *
 *   motion, grade  the choice          score     {criterion: typed text}
 *   selection      [options]           election  {choices: {candidate: choice}, names: [typed text]}
 */

import { criteriaOf, isWriteIn } from "../ballot/marks.js";

export const CHOICES = ["for", "against", "abstain"];
const TYPED_SCORE = /^-?[0-9]{0,9}(\.[0-9]{0,4})?$/;
const LONGEST_NAME = 30;
const FINEST = 10_000; // a score has four decimals at most

const oneOf = (offered) => ({
  known: (question, kept) => (offered(question).includes(kept) ? kept : null),
  isBlank: (question, answer) => answer === null,
  mark: (question, answer) => (answer === null ? undefined : answer),
  gaps: (question, answer) => (answer === null ? 1 : 0),
  problem: () => null,
});

const KINDS = new Map([
  ["motion", oneOf(() => CHOICES)],
  ["grade", oneOf(({ scale }) => scale)],
  [
    "score",
    {
      known: knownScores,
      isBlank: (question, answer) => answer === null || criteriaOf(question).every(({ id }) => !own(answer, id)),
      mark: (question, answer) => (isBlank(question, answer) ? undefined : scored(question, answer)),
      gaps: (question, answer) => criteriaOf(question).filter(({ id }) => !own(answer, id)).length,
      problem: scoreProblem,
    },
  ],
  [
    "election",
    {
      known: knownElection,
      isBlank: (question, answer) => chosen(question, answer).length === 0 && namesOf(answer).length === 0,
      mark: electionMark,
      gaps: (question, answer) => question.candidates.length - chosen(question, answer).length,
      problem: electionProblem,
    },
  ],
  [
    "selection",
    {
      known: (question, kept) => (Array.isArray(kept) ? question.options.filter((option) => kept.includes(option)) : null),
      isBlank: (question, answer) => (answer || []).length === 0,
      mark: (question, answer) => answer || [],
      gaps: () => 0,
      problem: (question, answer) => tooMany("too-many-options", (answer || []).length, question.choose),
    },
  ],
]);

export const isKnownKind = ({ kind }) => KINDS.has(kind);
const kindOf = ({ kind }) => KINDS.get(kind) || oneOf(() => []);

/** What was kept of an answer, as far as this question can have it; a draft comes from storage. */
export const knownAnswer = (question, kept) => kindOf(question).known(question, kept);

/** Whether nothing is filled in. */
export const isBlank = (question, answer) => kindOf(question).isBlank(question, answer);

/** How many parts of the question still wait for an answer. */
export const gapsOf = (question, answer) => kindOf(question).gaps(question, answer);

/** What keeps this answer from being handed in, as `{code, ...data}`; null where nothing does. */
export const problemOf = (question, answer) => kindOf(question).problem(question, answer);

/** The paper's marks.  Of an answer with a problem there is no saying what comes out. */
export function marksOf(questions, answers) {
  const marks = questions.map((question) => [question.id, kindOf(question).mark(question, answerOf(answers, question))]);
  return Object.fromEntries(marks.filter(([, mark]) => mark !== undefined));
}

/** The answer to a question out of all of them. */
export const answerOf = (answers, { id }) => (answers.has(id) ? answers.get(id) : null);

function own(object, key) {
  return object !== null && Object.prototype.hasOwnProperty.call(object, key) ? object[key] : "";
}

const tooMany = (code, count, most) => (count > most ? { code, chosen: count, most, over: count - most } : null);

// ---- scores

function knownScores(question, kept) {
  if (typeof kept !== "object" || kept === null) return null;
  const typed = criteriaOf(question)
    .map(({ id }) => [id, own(kept, id)])
    .filter(([, text]) => typeof text === "string" && text !== "" && TYPED_SCORE.test(text));
  return typed.length > 0 ? Object.fromEntries(typed) : null;
}

/** What was typed as a score, without what cannot stand in one. */
export function typedScore(text, { min, step }) {
  const plain = text
    .normalize("NFKC")
    .replace(min < 0 ? /[^0-9.-]/g : /[^0-9.]/g, "")
    .replace(/(?!^)-/g, "");
  const [whole, ...rest] = plain.split(".");
  const start = whole.replace(/^(-?)0+(?=[0-9])/, "$1").slice(0, 9);
  return Number.isInteger(step) && Number.isInteger(min) ? start : [start, ...rest].slice(0, 2).join(".").slice(0, 14);
}

/** What is typed for a criterion; "" for nothing. */
export const typedFor = (answer, id) => own(answer, id);

/** The number of points; NaN for what is none. */
const points = (text) => (/[0-9]/.test(text) ? Number(text) : NaN);
const exactly = (score) => Math.round(score * FINEST);

/** What is wrong with one score: "range", "step", or null. */
export function scoreWrong({ min, max, step }, text) {
  const score = points(text);
  if (!(score >= min && score <= max)) return "range";
  return (exactly(score) - exactly(min)) % exactly(step) === 0 ? null : "step";
}

/** One step up (1) or down (-1), within the range; from between two steps to the nearer side. */
export function stepped({ min, max, step }, text, by) {
  const steps = (exactly(points(text)) - exactly(min)) / exactly(step);
  const next = by > 0 ? Math.floor(steps) + 1 : Math.ceil(steps) - 1;
  const last = Math.floor((exactly(max) - exactly(min)) / exactly(step));
  return String((exactly(min) + Math.min(Math.max(next, 0), last) * exactly(step)) / FINEST);
}

const scored = (question, answer) =>
  Object.fromEntries(
    criteriaOf(question)
      .filter(({ id }) => own(answer, id))
      .map(({ id }) => [id, points(answer[id])]),
  );

function scoreProblem(question, answer) {
  if (isBlank(question, answer)) return null;
  const criteria = criteriaOf(question);
  const index = criteria.findIndex((one) => own(answer, one.id) && scoreWrong(one, answer[one.id]) !== null);
  if (index >= 0) {
    const { id, min, max, step } = criteria[index];
    return { code: `score-${scoreWrong(criteria[index], answer[id])}`, number: index + 1, min, max, step };
  }
  const missing = gapsOf(question, answer);
  return missing > 0 ? { code: "scores-missing", missing } : null;
}

// ---- elections

function knownElection({ candidates, write_in: writeIn }, kept) {
  if (typeof kept !== "object" || kept === null) return null;
  const { choices, names } = kept;
  const object = typeof choices === "object" ? choices : null;
  const known = candidates.map((name) => [name, own(object, name)]).filter(([, choice]) => CHOICES.includes(choice));
  const typed = writeIn && Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  return { choices: Object.fromEntries(known), names: typed };
}

const chosen = ({ candidates }, answer) =>
  answer === null ? [] : candidates.filter((name) => CHOICES.includes(own(answer.choices, name)));

/** How this candidate is marked; "" where he is not. */
export const choiceFor = (answer, name) => (answer === null ? "" : own(answer.choices, name));

const marked = (question, answer, choice) => chosen(question, answer).filter((name) => answer.choices[name] === choice);

/** A name as it goes onto the paper: one form for every way of typing it. */
export function tidied(name) {
  return name
    .normalize("NFC")
    .replace(/[\u30fb\u2022\u2027]/g, "\u00b7")
    .replace(/\s+/gu, " ")
    .replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, "$1")
    .trim();
}

/** The names that were written in. */
export const namesOf = (answer) => (answer === null ? [] : answer.names.map(tidied).filter((name) => name !== ""));

/** How many others may be named, as things are marked now. */
export function mayName(question, answer) {
  if (!question.write_in) return 0;
  const { seats, write_in_needs_opposition: needed = true } = question;
  return needed ? Math.min(seats, marked(question, answer, "against").length) : seats;
}

/** How many fields for names there are: those filled in, and an empty one while another may be named. */
export function nameFields(question, answer) {
  const names = answer === null ? [] : answer.names;
  const filled = names.reduce((last, name, i) => (tidied(name) === "" ? last : i + 1), 0);
  return Math.max(filled, Math.min(mayName(question, answer), filled + 1));
}

function electionMark(question, answer) {
  const lists = { for: marked(question, answer, "for"), against: marked(question, answer, "against") };
  return question.write_in ? { ...lists, write_in: namesOf(answer) } : lists;
}

function electionProblem(question, answer) {
  const names = namesOf(answer);
  const wrong = nameProblem(question, names);
  if (wrong !== null) return wrong;
  const many = tooMany("too-many-names", marked(question, answer, "for").length + names.length, question.seats);
  if (many !== null) return many;
  return names.length > mayName(question, answer) ? { code: "unopposed" } : null;
}

const bare = (name) => name.replace(/\s/gu, "");

function nameProblem({ candidates }, names) {
  for (const [i, name] of names.entries()) {
    if (Array.from(name).length > LONGEST_NAME) return { code: "name-long", most: LONGEST_NAME };
    if (!isWriteIn(name) || !/\p{L}/u.test(name)) return { code: "name-letters", name };
    if (candidates.some((candidate) => bare(tidied(candidate)) === bare(name))) return { code: "name-on-list", name };
    if (names.findIndex((other) => bare(other) === bare(name)) < i) return { code: "name-twice", name };
  }
  return null;
}

/**
 * What a voter has filled in and not yet handed in.  Kept for this tab only, so that a reload does not cost the work.
 *
 * One ballot at a time; erased as soon as the ballot is handed in, or is over.  Must never be read for anything but
 * filling the form again.
 */

import { isBlank, knownAnswer } from "./answers.js";

const KEY = "session-day/draft";

let memory = null; // where there is no storage for the tab

function kept() {
  if (memory !== null) return memory;
  try {
    return JSON.parse(sessionStorage.getItem(KEY) || "null");
  } catch {
    return null;
  }
}

/**
 * The answers of this ballot's draft, by question; empty when there is none.  Only what the questions can have for an
 * answer: storage is not believed.
 */
export function draftOf(ballot, questions) {
  const draft = kept();
  const pairs = draft && draft.ballot === ballot && Array.isArray(draft.answers) ? draft.answers.filter(Array.isArray) : [];
  const answers = new Map(pairs);
  const known = questions.map((question) => [question, knownAnswer(question, answers.has(question.id) ? answers.get(question.id) : null)]);
  return new Map(known.filter(([question, answer]) => !isBlank(question, answer)).map(([{ id }, answer]) => [id, answer]));
}

/** `answers`: a Map from question to answer. */
export function keepDraft(ballot, answers) {
  memory = { ballot, answers: Array.from(answers) };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(memory));
    memory = null;
  } catch {
    // Then a reload costs the draft, and nothing else.
  }
}

export function eraseDraft() {
  memory = null;
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There was none.
  }
}

/** The draft goes if it is this ballot's; another one's stays. */
export function eraseDraftOf(ballot) {
  const draft = kept();
  if (draft && draft.ballot === ballot) eraseDraft();
}

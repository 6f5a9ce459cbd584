/**
 * What a voter has marked and not yet handed in.  Kept for this tab only, so that a reload does not cost the work.
 *
 * One ballot at a time; erased as soon as the ballot is handed in, or is over.  Must never be read for anything but
 * filling the form again.
 */

const KEY = "session-day/draft";

let memory = null; // where there is no storage for the tab

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) || "null");
  } catch {
    return memory;
  }
}

/** The marks of this ballot's draft, `{}` when there is none. */
export function draftOf(ballot) {
  const draft = kept();
  return draft && draft.ballot === ballot ? draft.marks : {};
}

export function keepDraft(ballot, marks) {
  memory = { ballot, marks };
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

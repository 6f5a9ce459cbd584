/**
 * Small notes of this tab.  None of them may hold a choice.
 */

/** The list under a key; empty when there is none. */
export function noted(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) || "[]");
  } catch {
    return [];
  }
}

export function note(key, list) {
  try {
    sessionStorage.setItem(key, JSON.stringify(list));
  } catch {
    // Known until the page is closed, then.
  }
}

/**
 * Whether this browser can vote.  Asked at joining, so that nobody finds out at the vote; written so that
 * browsers that cannot can still read it, and imports nothing.
 */

/** What is missing, as a list of names; empty when nothing is.  Load client.js only then. */
export function missing() {
  const lacks = [];
  if (typeof BigInt !== "function") lacks.push("BigInt");
  if (typeof crypto !== "object" || typeof crypto.getRandomValues !== "function")
    lacks.push("getRandomValues");
  if (typeof WebSocket !== "function") lacks.push("WebSocket");
  if (typeof fetch !== "function") lacks.push("fetch");
  if (typeof TextEncoder !== "function") lacks.push("TextEncoder");
  return lacks;
}

/**
 * What the address says: the card's code and the board's key, and whether the way here was private.
 */

/** `{card: {code, boardKey}}` from the path and the fragment; nulls where it is no card's address. */
export function fromAddress() {
  const path = /^\/j\/([^/]+)\/?$/i.exec(location.pathname);
  const key = new URLSearchParams(location.hash.slice(1)).get("k");
  let code = null;
  try {
    code = path ? decodeURIComponent(path[1]) : null;
  } catch {
    // Not a code: then it is typed.
  }
  return { card: { code, boardKey: code === null ? null : key } };
}

/** Whether the page comes from this very machine. */
export function isLoopback(host) {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

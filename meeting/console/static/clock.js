/** The sitting's time: the server's clock as this machine knows it, and timers that are sent as an end, never as ticks. */

let ahead = Infinity;

/** Learn from a moment of the server's clock that has just arrived.  What was long on its way teaches nothing. */
export function learn(serverMs) {
  ahead = Math.min(ahead, Date.now() - serverMs);
}

/** Now, in ms since 1970, by the server's clock. */
export function now() {
  return Date.now() - (ahead === Infinity ? 0 : ahead);
}

/** What is left of a timer in ms, negative when the time is over; null where there is none. */
export function left(timer) {
  if (!timer) return null;
  return timer.ends_at === null ? timer.remaining_ms : timer.ends_at - now();
}

/** Minutes and seconds; whole seconds that are not over yet count as they begin. */
export function mmss(ms) {
  const seconds = Math.abs(Math.ceil(ms / 1000));
  const text = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  return ms <= -1000 ? `+${text}` : text;
}

/** The time of day, `HH:MM`. */
export function hhmm(ms = now()) {
  const date = new Date(ms);
  return `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
}

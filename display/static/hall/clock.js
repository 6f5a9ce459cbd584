/**
 * The server's time, guessed from what it says in passing, and times as a hall reads them.
 *
 * A view tells when it was made and arrives later, sometimes much later (a newcomer gets the last one again): the
 * guess that is furthest ahead is the best.  Counted from the page's own monotonic clock, so that nobody who sets the
 * machine's clock moves a speaker's time.
 */

const DRIFT = 1e-4;
/** Milliseconds that a guess loses in a millisecond: clocks of two machines run apart by less. */

export class ServerClock {
  constructor(steady = () => performance.now()) {
    this.steady = steady;
    this.offset = -Infinity;
    this.since = 0;
  }

  /** The server said that it was `at` (ms since 1970). */
  heard(at) {
    const here = this.steady();
    const offset = at - here;
    if (offset < this.offset - (here - this.since) * DRIFT) return;
    this.offset = offset;
    this.since = here;
  }

  /** Milliseconds since 1970 at the server; the machine's own time before it has said anything. */
  now() {
    return this.offset === -Infinity ? Date.now() : this.steady() + this.offset;
  }
}

/** `15:32`, in the time zone of the machine. */
export function timeOfDay(ms) {
  const at = new Date(ms);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Milliseconds that a countdown has left at `now`; negative when it is over. */
export function left(timer, now) {
  return timer.ends_at === null ? timer.remaining_ms : timer.ends_at - now;
}

/** `03:42`; over time counts up behind a minus. */
export function minutes(ms) {
  const seconds = ms > 0 ? Math.ceil(ms / 1000) : Math.floor(-ms / 1000);
  const minus = ms <= -1000 ? "\u2212" : "";
  return `${minus}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

function two(number) {
  return String(number).padStart(2, "0");
}

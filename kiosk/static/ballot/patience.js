/**
 * Waiting for an answer, and before asking again.  `pause(ms, why)` is given; it may have a `cancel`.
 */

import { delay } from "./chance.js";
import { Unreachable } from "./errors.js";

const FIRST = 500;
const LONGEST = 3000;

/** What a promise gives, or Unreachable when it takes longer. */
export async function within(pause, ms, promise) {
  const limit = pause(ms, "limit");
  try {
    return await Promise.race([
      promise,
      limit.then(() => {
        throw new Unreachable("no-answer");
      }),
    ]);
  } finally {
    if (limit.cancel) limit.cancel();
  }
}

/** How long to wait before the next attempt: 0.5 to 3 s, and never all phones at once. */
export function backoff(random, failures) {
  const base = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 8));
  return delay(random, 0.7 * base, 1.3 * base);
}

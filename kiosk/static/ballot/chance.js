/**
 * Numbers and delays drawn from random bytes.  Pure: `random(length)` is given and gives that many bytes.
 */

import { toNumber } from "./bytes.js";

/** Evenly from [0, 2^bits), for at most 52 bits. */
export function bitsOf(random, bits) {
  const drawn = toNumber(random(7)) & ((1n << BigInt(bits)) - 1n);
  return Number(drawn);
}

/** A number of milliseconds, evenly between the two. */
export function delay(random, from, to) {
  return from + ((to - from) * bitsOf(random, 32)) / 2 ** 32;
}

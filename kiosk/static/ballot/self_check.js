/**
 * The published leaves of a ballot, held against the board.  Pure.
 *
 * Every phone fetches all of them, so that the fetch tells nothing; what it then looks for stays on the phone.
 */

import { equal, unb64 } from "./bytes.js";
import { Alarm, Unreachable } from "./errors.js";
import { root } from "./signed.js";

/**
 * `{casts, unused}` as sets of leaves in b64; unused is null until the board has their root.
 *
 * `answer` is the parsed answer of `GET /board/ID`.  Alarm "leaves-differ" when it is not what the board says;
 * Unreachable when it is older than the board, which a cache may cause.
 */
export function heldAgainst(ballot, answer) {
  if (ballot.unused && answer.unused === null) throw new Unreachable("leaves-are-old");
  return {
    casts: listed(ballot, answer.casts, ballot.result.returned, ballot.result.castRoot),
    unused: ballot.unused ? listed(ballot, answer.unused, ballot.unused.number, ballot.unused.root) : null,
  };
}

function listed(ballot, leaves, number, expected) {
  const differ = new Alarm("leaves-differ", { ballot: ballot.id });
  if (!Array.isArray(leaves)) throw differ;
  const set = new Set(leaves);
  if (set.size !== leaves.length || leaves.length !== number) throw differ;
  let found;
  try {
    found = root(leaves.map((leaf) => unb64(leaf, 32)));
  } catch {
    throw differ;
  }
  if (!equal(found, expected)) throw differ;
  return set;
}

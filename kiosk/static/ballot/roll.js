/**
 * The roll as the board tells it: who may vote, and whose key signs for whom.  Pure.
 */

import { unb64 } from "./bytes.js";
import { checkPublicKey } from "./signed.js";

/**
 * The roll that a roll entry says, given the one it builds on (null: none).
 *
 * RangeError when the entry is not as a roll entry must be; so also where an entitled member has no line.
 */
export function foldRoll(before, entry) {
  const lines = new Map(before ? before.lines : []);
  for (const line of entry.lines) {
    whole(line.number);
    if (line.dev_pk !== null) checkPublicKey(unb64(line.dev_pk, 32));
    lines.set(line.number, { name: line.name, devicePublic: line.dev_pk, bound: line.bound });
  }
  const present = numbers(entry.present);
  const recused = numbers(entry.recused);
  const entitled = new Set(Array.from(present).filter((number) => !recused.has(number)));
  for (const number of entitled) if (!lines.has(number)) throw new RangeError(`member ${number} has no line`);
  return { allMembers: whole(entry.all_members), present, recused, entitled, lines };
}

/**
 * How a member stands on a roll: "entitled" with this key; "absent" (not on it); "no-device" (no key stood
 * there when the roll was written); "other-device" (somebody else's key stands there).
 */
export function standing(roll, member, devicePublic) {
  if (!roll.entitled.has(member)) return "absent";
  const line = roll.lines.get(member);
  if (line.devicePublic === null) return "no-device";
  return line.devicePublic === devicePublic ? "entitled" : "other-device";
}

function numbers(list) {
  const set = new Set(list.map(whole));
  if (set.size !== list.length) throw new RangeError("a number stands twice");
  return set;
}

function whole(value) {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError("not a number of members");
  return value;
}

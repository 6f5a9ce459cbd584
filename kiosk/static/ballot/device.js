/**
 * This phone's own key, K_dev: made when the member's link is first used, it stands on the roll.
 *
 * It signs what a member says in his own name, and nothing that is cast in a secret ballot.
 */

import { b64, unb64 } from "./bytes.js";
import { checkText, helloText, issueText, joinText, openText, publicKey, sign } from "./signed.js";

export const KEY = "device";

const MISREAD = { 0: "O", 1: "I", 8: "B" };

/**
 * A code as it stands on the card, from what was typed: spaces, dashes and small letters do not matter, and
 * base32 has no 0, 1 or 8.  JOIN is signed over this form.
 */
export function printed(code) {
  return code
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[018]/g, (digit) => MISREAD[digit])
    .replace(/[\s\p{Pd}]/gu, "");
}

/** A new device record for the member whose card says `code` (printed); store it before joining. */
export function newDevice({ code, boardKey, pinned }, random) {
  return { rev: 1, code, boardKey, pinned, secret: b64(random(32)), sitting: null, member: null, name: null };
}

export class Device {
  /** `record` as it was stored. */
  constructor(record) {
    this.secret = unb64(record.secret, 32);
    this.publicKey = publicKey(this.secret);
    this.code = record.code;
    this.boardKey = record.boardKey === null ? null : unb64(record.boardKey, 32);
    this.sitting = record.sitting;
    this.member = record.member;
    this.name = record.name;
  }

  join(sitting) {
    return this.signed(joinText(sitting, this.code, this.publicKey));
  }

  hello(nonce) {
    return this.signed(helloText(this.sitting, this.member, nonce));
  }

  issue(B, blinded) {
    return this.signed(issueText(B, this.member, blinded));
  }

  open(B, body) {
    return this.signed(openText(B, this.member, body));
  }

  check(B, castRoot, unusedRoot) {
    return this.signed(checkText(B, castRoot, unusedRoot));
  }

  signed(text) {
    return sign(this.secret, text);
  }
}

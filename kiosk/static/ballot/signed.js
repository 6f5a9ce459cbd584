/**
 * Every byte string that is signed or hashed, and the checks on keys and signatures.  Pure.
 *
 * The other half of voting/signed.py: whoever changes a line here changes the protocol.  B is always the
 * 32-byte hash of the ballot's own board entry.
 */

import { compare, concat, equal, hex } from "./bytes.js";
import { ed25519, sha256 } from "./vendor.js";

/** What the id of a sitting or a ballot looks like. */
export const ID = /^[a-z0-9-]{1,32}$/;

const PRIME = 2n ** 255n - 19n;
/** The y of the eight points of small order: 0 and those of order eight stand for two points each. */
const SMALL_ORDER_Y = new Set([
  0n,
  1n,
  PRIME - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]);

export function joinText(sitting, code, devicePublic) {
  return concat(`session-day-join-v1\n${sitting}\n${code}\n`, devicePublic);
}

export function helloText(sitting, member, nonce) {
  return concat(`session-day-hello-v1\n${sitting}\n${member}\n`, nonce);
}

export function credentialText(B, pk) {
  return concat("session-day-credential-v1\0", B, pk);
}

export function issueText(B, member, blinded) {
  return concat("session-day-issue-v1\n", B, `${member}\n`, blinded);
}

export function castText(B, body) {
  return concat("session-day-cast-v1\n", B, body);
}

export function openText(B, member, body) {
  return concat("session-day-open-v1\n", B, `${member}\n`, body);
}

export function checkText(B, castRoot, unusedRoot) {
  return concat("session-day-check-v1\n", B, castRoot, unusedRoot);
}

export function receiptText(B, leaf) {
  return concat("session-day-receipt-v1\n", B, leaf);
}

/** What the board key signs for the entry with this hash. */
export function entryText(hash) {
  return concat("session-day-board-v1\n", hash);
}

export function entryHash(prev, text) {
  return sha256(concat(prev, text));
}

export function castLeaf(body, rsa, sig) {
  return sha256(concat(body, rsa, sig));
}

export function issueLeaf(issue, sig, blindSig) {
  return sha256(concat(issue, sig, blindSig));
}

export function openLeaf(open, sig) {
  return sha256(concat(open, sig));
}

/** One hash for a whole list of leaves, whatever order they came in. */
export function root(leaves) {
  return sha256(concat(...Array.from(leaves).sort(compare)));
}

/** What the board says of a paper before anybody may read it. */
export function paperHash(salt, text) {
  return sha256(concat(salt, text));
}

/** RangeError for an Ed25519 key that must not be taken: not 32 bytes, not reduced, of small order. */
export function checkPublicKey(pk) {
  if (!(pk instanceof Uint8Array) || pk.length !== 32) throw new RangeError("a public key has 32 bytes");
  const y = BigInt(`0x${hex(Uint8Array.from(pk).reverse())}`) & (2n ** 255n - 1n);
  if (y >= PRIME) throw new RangeError("a public key whose y is not reduced");
  if (SMALL_ORDER_Y.has(y)) throw new RangeError("a public key of small order");
}

/** RangeError for a board key that must not be pinned: it has to lie in the prime-order group itself. */
export function checkBoardKey(pk) {
  checkPublicKey(pk);
  let free = false;
  try {
    free = ed25519.Point.fromBytes(pk).isTorsionFree();
  } catch (error) {
    throw new RangeError(`a public key that is no point: ${error.message}`);
  }
  if (!free) throw new RangeError("a public key with torsion");
}

/**
 * Whether `sig` is this key's signature, as the server and the verifier read it.
 *
 * The library multiplies the equation by eight, OpenSSL does not.  For keys that passed `checkBoardKey` the
 * two agree when R has no torsion either, so nobody can sign what phones take and the verifier refuses.
 */
export function verify(pk, message, sig) {
  try {
    if (!ed25519.verify(sig, message, pk, { zip215: false })) return false;
    return ed25519.Point.fromBytes(sig.subarray(0, 32)).isTorsionFree();
  } catch {
    return false; // not 64 bytes, not a point: no signature
  }
}

export function sign(secret, message) {
  return ed25519.sign(message, secret);
}

export function publicKey(secret) {
  return ed25519.getPublicKey(secret);
}

/** Whether the server's receipt for this leaf holds. */
export function holdsReceipt(boardKey, B, leaf, answer) {
  return equal(answer.leaf, leaf) && verify(boardKey, receiptText(B, leaf), answer.sig);
}

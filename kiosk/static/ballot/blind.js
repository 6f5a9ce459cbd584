/**
 * The voter's half of RFC 9474, RSABSSA-SHA384-PSS-Deterministic with e = 65537.  Pure: chance is an argument.
 *
 * The server must learn nothing from what it signs, even with a key made to find out.  So: the modulus is odd
 * and of exactly 2,048 bits; salt and r are drawn again until both share no factor with it (a modulus with
 * small factors would otherwise carry a part of the message through the blinding); and only the one signature
 * that opens to the encoded message is taken.  Must not keep anything: the caller stores before it sends.
 */

import { concat, fromNumber, toNumber } from "./bytes.js";
import { sha384 } from "./vendor.js";

export const E = 65537n;
export const SALT_LENGTH = 48;
const BYTES = 256;
const HASH_LENGTH = 48;
const DRAWS = 256; // more draws than this only fail for a modulus made to fail

/** The modulus that these bytes are; RangeError unless it is odd and has exactly 2,048 bits. */
export function modulus(bytes) {
  if (bytes.length !== BYTES || !(bytes[0] & 0x80)) throw new RangeError("a modulus has 2048 bits");
  if (!(bytes[BYTES - 1] & 1)) throw new RangeError("a modulus is odd");
  return toNumber(bytes);
}

/** EMSA-PSS-ENCODE with SHA-384 for a modulus of one bit more than `bits`. */
export function encode(message, salt, bits) {
  const length = Math.ceil(bits / 8);
  const digest = sha384(concat(new Uint8Array(8), sha384(message), salt));
  const block = new Uint8Array(length - HASH_LENGTH - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  const mask = mgf1(digest, block.length);
  for (let i = 0; i < block.length; i++) block[i] ^= mask[i];
  block[0] &= 0xff >> (8 * length - bits);
  return concat(block, digest, Uint8Array.of(0xbc));
}

function mgf1(seed, length) {
  const mask = new Uint8Array(Math.ceil(length / HASH_LENGTH) * HASH_LENGTH);
  for (let i = 0; i * HASH_LENGTH < length; i++) {
    mask.set(sha384(concat(seed, Uint8Array.of(i >> 24, i >> 16, i >> 8, i))), i * HASH_LENGTH);
  }
  return mask;
}

/** base^E mod n. */
export function raise(base, n) {
  let power = base;
  for (let i = 0; i < 16; i++) power = (power * power) % n;
  return (power * base) % n;
}

/** The inverse of a mod n, or null where they share a factor. */
export function inverse(a, n) {
  let [low, high, x, y] = [a % n, n, 1n, 0n];
  while (low) {
    const q = high / low;
    [low, high, x, y] = [high - q * low, low, y - q * x, x];
  }
  return high === 1n ? ((y % n) + n) % n : null;
}

/** The blinded message for a given encoding and the inverse of r (known answers are tested through this). */
export function blindWith(encoded, r, n) {
  return (encoded * raise(r, n)) % n;
}

/** The signature under the blinding; null unless it is the one that opens to the encoded message. */
export function unblind(blindSig, inv, encoded, n) {
  if (blindSig <= 0n || blindSig >= n) return null;
  const signature = (blindSig * inv) % n;
  return raise(signature, n) === encoded ? signature : null;
}

/**
 * Blind a message for the key with this modulus: `{blinded, salt, inv}`, bytes each.
 *
 * Store all three before `blinded` leaves the phone, and erase salt and inv once `finalize` has been kept.
 */
export function blind(nBytes, message, random) {
  const n = modulus(nBytes);
  const { salt, encoded } = drawSalt(message, n, random);
  for (let draw = 0; draw < DRAWS; draw++) {
    const r = toNumber(random(BYTES));
    const inv = r < n ? inverse(r, n) : null;
    if (inv === null) continue; // zero has no inverse either
    const blinded = blindWith(encoded, r, n);
    return { blinded: fromNumber(blinded, BYTES), salt, inv: fromNumber(inv, BYTES) };
  }
  throw new RangeError("a modulus for which no r can be drawn");
}

function drawSalt(message, n, random) {
  for (let draw = 0; draw < DRAWS; draw++) {
    const salt = random(SALT_LENGTH);
    const encoded = toNumber(encode(message, salt, 8 * BYTES - 1));
    if (inverse(encoded, n) !== null) return { salt, encoded };
  }
  throw new RangeError("a modulus for which no salt can be drawn");
}

/** The credential out of the server's answer; null when the answer is not the one signature that fits. */
export function finalize(nBytes, message, blindSig, salt, inv) {
  if (blindSig.length !== BYTES) return null;
  const n = modulus(nBytes);
  const encoded = toNumber(encode(message, salt, 8 * BYTES - 1));
  const signature = unblind(toNumber(blindSig), toNumber(inv), encoded, n);
  return signature === null ? null : fromNumber(signature, BYTES);
}

/**
 * Bytes, and the texts they travel in.  Pure; strict: what is not written exactly as it should be is refused.
 */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const VALUES = new Map(Array.from(ALPHABET, (letter, value) => [letter, value]));
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/;

/** The UTF-8 of a text.  RangeError for a lone surrogate, which TextEncoder would quietly replace. */
export function utf8(text) {
  if (typeof text !== "string") throw new TypeError("not a text");
  if (LONE_SURROGATE.test(text)) throw new RangeError("a lone surrogate");
  return new TextEncoder().encode(text);
}

/** Bytes and texts, one after the other. */
export function concat(...parts) {
  const pieces = parts.map((part) => (typeof part === "string" ? utf8(part) : part));
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** base64url without padding. */
export function b64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] || 0) << 8) | (bytes[i + 2] || 0);
    const letters = Math.min(bytes.length - i, 3) + 1;
    for (let k = 0; k < letters; k++) text += ALPHABET[(group >> (18 - 6 * k)) & 63];
  }
  return text;
}

/**
 * The bytes that `b64` wrote as exactly this text; RangeError for every other spelling, and where `length` is
 * given and they are not that many.
 */
export function unb64(text, length) {
  if (typeof text !== "string" || text.length % 4 === 1) throw new RangeError("not base64url");
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) throw new RangeError("not base64url");
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
  }
  if (held & ((1 << bits) - 1)) throw new RangeError("base64url with stray bits");
  if (length !== undefined && bytes.length !== length) throw new RangeError(`not ${length} bytes`);
  return bytes;
}

/** RFC 4648 base32 of bytes whose number is a multiple of five. */
export function base32(bytes) {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return bits.replace(/.{5}/g, (five) => BASE32[parseInt(five, 2)]);
}

export function hex(bytes) {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** Which comes first, byte by byte: below, at or above zero, for sorting. */
export function compare(one, other) {
  const shorter = Math.min(one.length, other.length);
  for (let i = 0; i < shorter; i++) if (one[i] !== other[i]) return one[i] - other[i];
  return one.length - other.length;
}

export function equal(one, other) {
  return compare(one, other) === 0;
}

/** The number that big-endian bytes are. */
export function toNumber(bytes) {
  return bytes.length ? BigInt(`0x${hex(bytes)}`) : 0n;
}

/** The big-endian bytes, `length` of them, of a number that fits. */
export function fromNumber(number, length) {
  const digits = number.toString(16).padStart(2 * length, "0");
  if (number < 0n || digits.length !== 2 * length) throw new RangeError("the number does not fit");
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

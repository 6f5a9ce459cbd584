/** The client of RFC 9474 against the RFC's own vectors, OpenSSL, and keys made to find a voter out. */

import assert from "node:assert/strict";
import { createHash, generatePrimeSync, privateDecrypt, randomBytes, verify, constants } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { rsaKey } from "./fake_sitting.mjs";
import { served } from "./served.mjs";

const { blind, blindWith, encode, finalize, inverse, modulus, unblind } = await served("blind.js");
const { fromNumber, hex, toNumber } = await served("bytes.js");

const { vectors } = JSON.parse(
  await readFile(new URL("../../voting/rfc9474_vectors.json", import.meta.url), "utf8"),
);
const bytes = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const number = (text) => BigInt(`0x${text}`);
const random = (length) => Uint8Array.from(randomBytes(length));

assert.equal(vectors.length, 4);
for (const vector of vectors) {
  test(`the RFC's vector ${vector.name}`, () => {
    const n = number(vector.n);
    const message = bytes((vector.randomized ? vector.msg_prefix : "") + vector.msg);
    assert.equal(hex(message), vector.prepared_msg);
    assert.equal(bytes(vector.salt).length, vector.salt_len);
    const bits = n.toString(2).length - 1;
    const encoded = encode(message, bytes(vector.salt), bits);
    assert.equal(hex(encoded), vector.encoded_msg);
    const inv = number(vector.inv);
    const r = inverse(inv, n);
    assert.equal(inverse(r, n), inv);
    assert.equal(hex(fromNumber(blindWith(toNumber(encoded), r, n), 512)), vector.blinded_msg);
    const signature = unblind(number(vector.blind_sig), inv, toNumber(encoded), n);
    assert.equal(hex(fromNumber(signature, 512)), vector.sig);
    assert.equal(unblind(number(vector.blind_sig) + 1n, inv, toNumber(encoded), n), null);
  });
}

test("what is blinded, signed and unblinded is a signature to OpenSSL", () => {
  const key = rsaKey();
  const message = random(90);
  const { blinded, salt, inv } = blind(key.n, message, random);
  const padding = constants.RSA_NO_PADDING;
  const blindSig = Uint8Array.from(privateDecrypt({ key: key.privateKey, padding }, blinded));
  const signature = finalize(key.n, message, blindSig, salt, inv);
  const pss = { key: key.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
  assert.ok(verify("sha384", message, pss, signature));
  assert.ok(!verify("sha384", message, { ...pss, saltLength: 47 }, signature));

  const wrong = Uint8Array.from(blindSig);
  wrong[255] ^= 1;
  assert.equal(finalize(key.n, message, wrong, salt, inv), null);
  assert.equal(finalize(key.n, message, blindSig.slice(1), salt, inv), null);
  assert.equal(finalize(key.n, random(90), blindSig, salt, inv), null);
  const beyond = fromNumber(toNumber(blindSig) + toNumber(key.n), 257);
  assert.equal(finalize(key.n, message, beyond, salt, inv), null);
  assert.equal(unblind(0n, toNumber(inv), 0n, toNumber(key.n)), null);
});

test("a modulus must be odd and have exactly 2048 bits", () => {
  const good = rsaKey().n;
  assert.equal(modulus(good), toNumber(good));
  const even = Uint8Array.from(good);
  even[255] &= 0xfe;
  const short = Uint8Array.from(good);
  short[0] = 0x7f;
  for (const bad of [even, short, good.slice(1), Buffer.concat([Buffer.of(0), good])]) {
    assert.throws(() => blind(bad, random(90), random), RangeError);
    assert.throws(() => modulus(bad), RangeError);
  }
});

/** A modulus of 2,048 bits with the given factors and one big prime. */
function crafted(factors) {
  const small = factors.reduce((product, factor) => product * factor, 1n);
  for (;;) {
    const prime = generatePrimeSync(2048 - small.toString(2).length, { bigint: true });
    const n = prime * small;
    if (n.toString(2).length === 2048) return n;
  }
}

const SMALL = [3n, 5n, 7n, 11n, 13n];

test("small factors of the modulus show nothing of the message", () => {
  // Without the two checks a message that shares a factor with n does so through any blinding, and a voter whose
  // r shares one is told from the others.  With them, nothing that leaves the phone ever shares one.
  const n = crafted(SMALL);
  const nBytes = fromNumber(n, 256);
  let redrawn = 0;
  for (let i = 0; i < 40; i++) {
    let salts = 0;
    const counting = (length) => {
      if (length === 48) salts += 1;
      return random(length);
    };
    const { blinded, salt, inv } = blind(nBytes, random(90), counting);
    if (salts > 1) redrawn += 1;
    assert.notEqual(inverse(toNumber(blinded), n), null);
    assert.notEqual(inverse(toNumber(inv), n), null);
    assert.equal(salt.length, 48);
  }
  assert.ok(redrawn > 0); // of 40 draws about 25 share a factor at first
});

test("r is drawn again from the top and from zero, never reduced", () => {
  const { n } = rsaKey();
  const draws = [new Uint8Array(256), new Uint8Array(256).fill(255), fromNumber(toNumber(n) - 1n, 256)];
  const scripted = (length) => (length === 256 ? draws.shift() : random(length));
  const { inv } = blind(n, random(90), scripted);
  assert.equal(draws.length, 0);
  assert.equal(toNumber(inv), toNumber(n) - 1n); // the inverse of n - 1 is itself
});

test("chance that never gives a usable number ends in an error, not in a loop", () => {
  const { n } = rsaKey();
  const stuck = (length) => new Uint8Array(length).fill(length === 256 ? 255 : 1);
  assert.throws(() => blind(n, random(90), stuck), /no r/);
});

test("the same message blinded twice has nothing in common", () => {
  const { n } = rsaKey();
  const message = random(90);
  const seen = new Set(
    Array.from({ length: 5 }, () =>
      createHash("sha256")
        .update(blind(n, message, random).blinded)
        .digest("hex"),
    ),
  );
  assert.equal(seen.size, 5);
});

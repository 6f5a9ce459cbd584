/** Bytes, base64, chance, byte strings, keys: the small things everything rests on. */

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

import { ed25519Key, ed25519Verify } from "./fake_sitting.mjs";
import { ROOT, served } from "./served.mjs";

const bytes = await served("bytes.js");
const signed = await served("signed.js");
const { bitsOf, delay } = await served("chance.js");
const { ed25519 } = await served("vendor.js");
const random = (length) => Uint8Array.from(randomBytes(length));

test("b64 is what Node writes, and only that is read", () => {
  for (let length = 0; length < 40; length++) {
    const raw = random(length);
    const text = bytes.b64(raw);
    assert.equal(text, Buffer.from(raw).toString("base64url"));
    assert.deepEqual(bytes.unb64(text), raw);
  }
  for (const bad of ["A", "AB=", "AA==", "A+", "A/8", "AB ", "AB", "AAB", "\u00e9A", null, 3]) {
    assert.throws(() => bytes.unb64(bad), RangeError, String(bad));
  }
  assert.throws(() => bytes.unb64("AAAA", 4), RangeError);
});

test("utf8 refuses lone surrogates instead of replacing them", () => {
  assert.deepEqual(bytes.utf8("票𠀀"), new TextEncoder().encode("票𠀀"));
  for (const bad of ["\ud800", "a\udc00", "\udc00\ud800", "\ud800\ud800\udc00"])
    assert.throws(() => bytes.utf8(bad), RangeError);
});

test("numbers keep their leading zeros and must fit", () => {
  assert.deepEqual(bytes.fromNumber(258n, 4), Uint8Array.of(0, 0, 1, 2));
  assert.equal(bytes.toNumber(Uint8Array.of(0, 0, 1, 2)), 258n);
  assert.equal(bytes.toNumber(new Uint8Array(0)), 0n);
  assert.throws(() => bytes.fromNumber(256n, 1), RangeError);
  assert.throws(() => bytes.fromNumber(-1n, 1), RangeError);
});

test("base32 is RFC 4648's", () => {
  assert.equal(bytes.base32(bytes.utf8("fooba")), "MZXW6YTB");
});

test("chance stays in its bounds", () => {
  for (let i = 0; i < 200; i++) {
    assert.ok(bitsOf(random, 20) < 2 ** 20);
    const ms = delay(random, 5000, 15000);
    assert.ok(ms >= 5000 && ms < 15000);
  }
  assert.equal(
    bitsOf((length) => new Uint8Array(length).fill(255), 52),
    2 ** 52 - 1,
  );
});

test("signatures are OpenSSL's, both ways", () => {
  const key = ed25519Key();
  const message = random(100);
  const sig = Uint8Array.from(key.sign(message));
  assert.ok(signed.verify(Uint8Array.from(key.raw), message, sig));
  assert.ok(!signed.verify(Uint8Array.from(key.raw), random(100), sig));
  assert.ok(!signed.verify(Uint8Array.from(key.raw), message, sig.slice(1)));
  const secret = random(32);
  assert.ok(ed25519Verify(signed.publicKey(secret), message, signed.sign(secret, message)));
});

/** One of the points of order eight, as bytes. */
const ORDER_8 = Uint8Array.from(
  Buffer.from("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "hex"),
);

test("keys of small order, not reduced, or with torsion are refused", () => {
  const little = (number) => bytes.fromNumber(number, 32).reverse();
  const prime = 2n ** 255n - 19n;
  const eight = ORDER_8.slice();
  for (const y of [0n, 1n, prime - 1n, bytes.toNumber(eight.slice().reverse())]) {
    assert.throws(() => signed.checkPublicKey(little(y)), /small order/);
    assert.throws(() => signed.checkPublicKey(little(y + 2n ** 255n)), /small order/);
  }
  for (const y of [prime, prime + 1n, 2n ** 255n - 1n])
    assert.throws(() => signed.checkPublicKey(little(y)), /not reduced/);
  assert.throws(() => signed.checkPublicKey(new Uint8Array(31)), /32 bytes/);

  const good = Uint8Array.from(ed25519Key().raw);
  signed.checkBoardKey(good);
  const torsion = ed25519.Point.fromBytes(good).add(ed25519.Point.fromBytes(ORDER_8)).toBytes();
  signed.checkPublicKey(torsion);
  assert.throws(() => signed.checkBoardKey(torsion), /torsion/);
  assert.throws(() => signed.checkBoardKey(little(2n)), /no point/);
});

test("a signature whose R has torsion is refused, as OpenSSL refuses it", () => {
  // The library alone would take it: it multiplies the equation by eight.
  const secret = random(32);
  const { pointBytes, scalar } = ed25519.utils.getExtendedPublicKey(secret);
  const message = random(20);
  const order = ed25519.Point.CURVE().n;
  const nonce = bytes.toNumber(random(31));
  const R = ed25519.Point.BASE.multiply(nonce).add(ed25519.Point.fromBytes(ORDER_8)).toBytes();
  const k = createHash("sha512").update(R).update(pointBytes).update(message).digest();
  const s = (nonce + (bytes.toNumber(Uint8Array.from(k).reverse()) % order) * scalar) % order;
  const sig = bytes.concat(R, bytes.fromNumber(s, 32).reverse());
  assert.ok(ed25519.verify(sig, message, pointBytes, { zip215: false }));
  assert.ok(!ed25519Verify(pointBytes, message, sig));
  assert.ok(!signed.verify(pointBytes, message, sig));
});

test("the client uses nothing that Chromium 86 lacks, and no crypto.subtle", async () => {
  const folder = new URL("kiosk/static/ballot/", ROOT);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  assert.ok(names.length > 15);
  const lacking =
    /\bsubtle\s*[.[(]|\.at\(|structuredClone|\.findLast|\.toSorted|\.toReversed|\.with\(|\.isWellFormed|randomUUID|AbortSignal\.timeout|Promise\.withResolvers|Object\.groupBy|^\s*#\w|this\.#|static \{|^await |^const .*= await |\bimport\(|cause:/m;
  for (const name of names) {
    const source = (await readFile(new URL(name, folder), "utf8")).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    assert.doesNotMatch(source, lacking, name);
    if (name !== "polyfill.js") assert.doesNotMatch(source, /Object\.hasOwn\(/, name);
    assert.doesNotMatch(source, /\p{Script=Han}/u, name); // sentences live in the catalogues
    assert.doesNotMatch(source, /Math\.random/, name);
  }
});

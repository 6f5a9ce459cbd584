/**
 * The client's functions for the Python side to hold against its own: a JSON list of questions on standard input,
 * the list of answers on standard output.  Bytes travel in hex; what the client refuses is answered by null.
 */

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import { served } from "./served.mjs";

const bytes = await served("bytes.js");
const signed = await served("signed.js");
const body = await served("body.js");
const { Board, code } = await served("board.js");
const { blind, finalize, modulus } = await served("blind.js");
const { hex } = bytes;
const raw = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const random = (length) => Uint8Array.from(randomBytes(length));

const ANSWERS = {
  b64: ({ bytes: text }) => bytes.b64(raw(text)),
  unb64: ({ text }) => hex(bytes.unb64(text)),
  texts: ({ sitting, code: card, member, B, pk, nonce, blinded, body: text, leaf, one, other, sig, rsa }) => {
    const [b, key, bodyBytes] = [raw(B), raw(pk), bytes.utf8(text)];
    const issue = signed.issueText(b, member, raw(blinded));
    const open = signed.openText(b, member, bodyBytes);
    return {
      join: hex(signed.joinText(sitting, card, key)),
      hello: hex(signed.helloText(sitting, member, raw(nonce))),
      credential: hex(signed.credentialText(b, key)),
      issue: hex(issue),
      cast: hex(signed.castText(b, bodyBytes)),
      open: hex(open),
      check: hex(signed.checkText(b, raw(one), raw(other))),
      receipt: hex(signed.receiptText(b, raw(leaf))),
      cast_leaf: hex(signed.castLeaf(bodyBytes, raw(rsa), raw(sig))),
      issue_leaf: hex(signed.issueLeaf(issue, raw(sig), raw(blinded))),
      open_leaf: hex(signed.openLeaf(open, raw(sig))),
      root: hex(signed.root([raw(one), raw(other), raw(leaf)])),
      paper: hex(signed.paperHash(raw(nonce), text)),
    };
  },
  publicKey: ({ pk }) => signed.checkPublicKey(raw(pk)) === undefined,
  sign: ({ secret, message }) => [
    hex(signed.publicKey(raw(secret))),
    hex(signed.sign(raw(secret), raw(message))),
  ],
  verify: ({ pk, message, sig }) => signed.verify(raw(pk), raw(message), raw(sig)),
  cast: ({ paper, ballot, pk, seq, marks, size }) => {
    const ordered = body.orderMarks(body.parsePaper(paper), marks);
    return body.castBody(ballot, raw(pk), seq, ordered, size);
  },
  handBack: ({ ballot, pk, size }) => body.handBackBody(ballot, raw(pk), size),
  open: ({ paper, ballot, marks }) => body.openBody(ballot, body.orderMarks(body.parsePaper(paper), marks)),
  modulus: ({ n }) => modulus(raw(n)) > 0n,
  blind: ({ n, message }) => {
    const { blinded, salt, inv } = blind(raw(n), raw(message), random);
    return { blinded: hex(blinded), salt: hex(salt), inv: hex(inv) };
  },
  finalize: ({ n, message, blind_sig, salt, inv }) => {
    const rsa = finalize(raw(n), raw(message), raw(blind_sig), raw(salt), raw(inv));
    return rsa && hex(rsa);
  },
  code: ({ hash }) => code(raw(hash)),
  board: ({ key, lines }) => {
    const board = new Board(raw(key));
    for (const line of lines) board.add(line);
    const facts = {};
    for (const [id, ballot] of board.ballots) {
      const { B, secret, n, size, paper, rules, roll, phase } = ballot;
      const entitled = Array.from(roll.entitled).sort((a, b) => a - b);
      const keys = entitled.map((number) => roll.lines.get(number).devicePublic);
      const bytesOf = { B: hex(B), n: n && hex(n), paper: hex(paper) };
      facts[id] = { ...bytesOf, secret, size, rules, all_members: roll.allMembers, entitled, keys, phase };
    }
    return { sitting: board.sitting, length: board.length, ended: board.ended, ballots: facts };
  },
};

const answers = [];
for (const { ask, ...question } of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    answers.push(await ANSWERS[ask](question));
  } catch (error) {
    if (!(error instanceof RangeError || typeof error.code === "string")) throw error;
    answers.push(null);
  }
}
process.stdout.write(JSON.stringify(answers));

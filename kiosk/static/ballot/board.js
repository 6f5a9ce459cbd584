/**
 * The public board as this phone has verified it.  It takes lines and keeps facts; it fetches nothing.
 *
 * Every phone gets the same text, anonymously.  What the phone signs, encrypts to or believes comes from here
 * alone: n, paper, size, rules and roll of a ballot, and the roots of its result.
 */

import { b64, base32, equal, unb64 } from "./bytes.js";
import { Alarm } from "./errors.js";
import { modulus } from "./blind.js";
import { foldRoll } from "./roll.js";
import { ID, checkBoardKey, checkPublicKey, entryHash, entryText, verify } from "./signed.js";
import { scryptAsync } from "./vendor.js";

export const FORMAT = "session-day-record/1";

/** Where a ballot stands, and the entries that may come next for it. */
export const COURSE = {
  prepared: ["opened", "void"],
  opened: ["result", "void"],
  result: ["unused"],
  unused: ["checked"],
  checked: [],
  void: [],
};

export class Board {
  /**
   * `key`: K_board, 32 bytes, from the member's link.  `seen`: `{seq, hash}` (hash in b64) of the last entry
   * this phone verified in an earlier life, or null: the board has to lead there again.
   */
  constructor(key, seen = null) {
    checkBoardKey(key);
    this.key = key;
    this.seen = seen;
    this.sitting = null;
    this.length = 0;
    this.head = new Uint8Array(32);
    this.ended = false;
    this.ballots = new Map();
    this.rolls = new Map(); // seq → roll
    this.rollSeqs = new Map(); // hash in b64 → seq
    this.moduli = new Set();
    this.rebinds = [];
  }

  /** Whether the board has led to everything this phone ever saw.  Nothing is believed before. */
  get complete() {
    return this.length > (this.seen ? this.seen.seq : -1) && this.length > 0;
  }

  /**
   * Take the next line.  Alarm, and no change, when it is not what must come next: "board-forked" when K_board
   * itself signed something else than this phone knows, "board-broken" for everything else.
   */
  add(line) {
    const entry = read(line);
    const signed = () => verify(this.key, entryText(entry.hash), entry.sig);
    if (!equal(entryHash(entry.prev, entry.text), entry.hash)) throw broken("hash", entry);
    if (entry.seq !== this.length) throw broken("seq", entry);
    if (!equal(entry.prev, this.head)) throw signed() ? forked(entry, line) : broken("prev", entry);
    // Entries below the one seen earlier were verified then; their hashes lead to it or to nothing.
    const known = this.seen !== null && entry.seq <= this.seen.seq;
    if (known && entry.seq === this.seen.seq && b64(entry.hash) !== this.seen.hash) {
      throw signed() ? forked(entry, line) : broken("seen", entry);
    }
    if (!known && !signed()) throw broken("sig", entry);
    let commit;
    try {
      commit = this.reading(entry, JSON.parse(entry.text));
    } catch (error) {
      throw broken(error.message, entry);
    }
    commit();
    this.head = entry.hash;
    this.length += 1;
  }

  /** The change an entry makes, still to be made; RangeError or TypeError when it must not stand here. */
  reading(entry, body) {
    if (this.ended) throw new RangeError("an entry after the end");
    if ((entry.seq === 0) !== (body.kind === "start"))
      throw new RangeError("the start is not the first entry");
    switch (body.kind) {
      case "start":
        return this.readStart(body);
      case "roll":
        return this.readRoll(entry, body);
      case "rebind":
        unb64(body.old, 32);
        checkPublicKey(unb64(body.new, 32));
        return () => this.rebinds.push({ member: body.member, old: body.old, new: body.new });
      case "ballot":
        return this.readBallot(entry, body);
      case "opened":
      case "result":
      case "void":
      case "unused":
      case "checked":
        return this.readCourse(body);
      case "paper":
      case "hands":
      case "ruling":
        return () => undefined; // papers, shown hands, what tellers rule: nothing for a phone to do
      case "end":
        return () => {
          this.ended = true;
        };
      default:
        throw new RangeError("an entry of an unknown kind");
    }
  }

  readStart(body) {
    if (body.format !== FORMAT) throw new RangeError("another format");
    if (!ID.test(body.sitting)) throw new RangeError("not an id");
    if (!equal(unb64(body.key), this.key)) throw new RangeError("another board key");
    return () => {
      this.sitting = body.sitting;
    };
  }

  readRoll(entry, body) {
    if (body.since !== null && !this.rolls.has(body.since)) throw new RangeError("builds on no roll");
    const roll = foldRoll(body.since === null ? null : this.rolls.get(body.since), body);
    const ballot = body.ballot === null ? null : this.known(body.ballot);
    if (ballot && ballot.phase !== "prepared") throw new RangeError("the roll is frozen");
    return () => {
      this.rolls.set(entry.seq, roll);
      this.rollSeqs.set(b64(entry.hash), entry.seq);
      if (ballot) ballot.roll = roll;
    };
  }

  readBallot(entry, body) {
    if (!ID.test(body.ballot) || this.ballots.has(body.ballot)) throw new RangeError("not a new id");
    if (body.replaces !== null) this.known(body.replaces);
    const secret = body.visibility === "secret";
    if (!secret && (!["open", "hands"].includes(body.visibility) || body.n !== null))
      throw new RangeError("unknown visibility");
    const n = secret ? unb64(body.n, 256) : null;
    if (secret) modulus(n);
    if (secret && this.moduli.has(body.n)) throw new RangeError("not a new modulus");
    if (!Number.isSafeInteger(body.size) || body.size < 1 || body.size > 65536) throw new RangeError("size");
    const { changes, names, withhold } = body.rules;
    if ([changes, names, withhold].some((rule) => typeof rule !== "boolean")) throw new RangeError("rules");
    const ballot = {
      id: body.ballot,
      B: entry.hash,
      secret,
      n,
      size: body.size,
      paper: unb64(body.paper, 32),
      rules: { changes, names, withhold },
      roll: this.rollNamed(body.roll),
      phase: "prepared",
      result: null,
      unused: null,
    };
    return () => {
      this.ballots.set(ballot.id, ballot);
      if (secret) this.moduli.add(body.n);
    };
  }

  readCourse(body) {
    const ballot = this.known(body.ballot);
    if (!COURSE[ballot.phase].includes(body.kind)) throw new RangeError(`${body.kind} out of course`);
    // An open ballot has nothing to hand back and nothing to check.
    if (!ballot.secret && body.kind === "unused") throw new RangeError("unused of an open ballot");
    const changes = { phase: body.kind };
    if (body.kind === "opened") changes.roll = this.rollNamed(body.roll);
    if (body.kind === "result" && ballot.secret) {
      changes.result = { returned: body.returned, castRoot: unb64(body.cast_root, 32) };
    }
    if (body.kind === "unused") changes.unused = { number: body.unused, root: unb64(body.unused_root, 32) };
    return () => Object.assign(ballot, changes);
  }

  known(id) {
    const ballot = this.ballots.get(id);
    if (!ballot) throw new RangeError("an unknown ballot");
    return ballot;
  }

  rollNamed(hash) {
    unb64(hash, 32);
    const seq = this.rollSeqs.get(hash);
    if (seq === undefined) throw new RangeError("an unknown roll");
    return this.rolls.get(seq);
  }
}

/** An entry's code as it stands in the hall, `ABCD-EFGH-IJKL-MNOP`.  Takes up to a second on a phone. */
export async function code(hash) {
  const raw = await scryptAsync(hash, "session-day-code-v1", { N: 16384, r: 8, p: 1, dkLen: 10 });
  return base32(raw).replace(/(.{4})(?=.)/g, "$1-");
}

function read(line) {
  try {
    const { seq, text, prev, hash, sig } = JSON.parse(line);
    if (typeof text !== "string") throw new TypeError("no text");
    return { seq, text, prev: unb64(prev, 32), hash: unb64(hash, 32), sig: unb64(sig, 64) };
  } catch (error) {
    throw new Alarm("board-broken", { why: error.message });
  }
}

function broken(why, entry) {
  return new Alarm("board-broken", { why, seq: entry.seq });
}

/** The line is kept: two entries signed for one place prove that the board was forked. */
function forked(entry, line) {
  return new Alarm("board-forked", { seq: entry.seq, line });
}

/**
 * One secret ballot's life on this phone, as a pure state machine.  Chance is an argument; nothing is sent or
 * stored here.  The caller stores every new state before it acts on it, so a reload at any point goes on with
 * the same key, the same blinding and the same record: never a second one.
 *
 *   (none) → blinded → ready → pressed → sent → received → found → confirmed
 *                        └───────┴───────┴→ returning → returned ─┘
 *   and from anywhere: lapsed (over without it), lost (a receipt, but not on the board: an alarm)
 *
 * A state must never hold a choice, or the key that proves one, longer than it takes to deliver it.
 */

import { b64, unb64 } from "./bytes.js";
import { blind, finalize } from "./blind.js";
import { castBody, handBackBody, orderMarks } from "./body.js";
import { bitsOf } from "./chance.js";
import { Alarm, NotNow } from "./errors.js";
import { castLeaf, castText, credentialText, holdsReceipt, publicKey, sign } from "./signed.js";
import { next } from "./storage.js";

const PHASES = ["prepared", "opened", "result", "unused", "checked", "void"];

/** What this phone has to do: a row for its own stage, a column for where the board says the ballot is. */
// prettier-ignore
export const DUTIES = {
  //          prepared   opened     result      unused     checked    void
  none:      ["collect", "collect", "look",     "rest",    "rest",    "rest"],
  blinded:   ["ask",     "ask",     "ask",      "lapse",   "lapse",   "lapse"],
  ready:     ["wait",    "wait",    "look",     "look",    "look",    "lapse"],
  pressed:   ["wait",    "send",    "look",     "look",    "look",    "lapse"],
  sent:      ["wait",    "send",    "look",     "look",    "look",    "lapse"],
  received:  ["wait",    "wait",    "look",     "look",    "look",    "lapse"],
  returning: ["rest",    "rest",    "giveBack", "confirm", "confirm", "rest"],
  returned:  ["rest",    "rest",    "wait",     "confirm", "confirm", "rest"],
  found:     ["rest",    "rest",    "wait",     "confirm", "rest",    "rest"],
  confirmed: ["rest",    "rest",    "rest",     "rest",    "rest",    "rest"],
  lapsed:    ["rest",    "rest",    "rest",     "rest",    "rest",    "rest"],
  lost:      ["rest",    "rest",    "rest",     "rest",    "rest",    "rest"],
};

/** The duty of a state (undefined: none yet). */
export function dutyOf(state, phase) {
  return DUTIES[state ? state.stage : "none"][PHASES.indexOf(phase)];
}

const ERASED = { secret: null, salt: null, inv: null, rsa: null, record: null };

/** Draw K_one and the blinding.  `ballot` is the board's; `late` when it is open already. */
export function prepare(ballot, late, random) {
  const secret = random(32);
  const pk = publicKey(secret);
  const { blinded, salt, inv } = blind(ballot.n, credentialText(ballot.B, pk), random);
  return next(null, {
    ...ERASED,
    ballot: ballot.id,
    stage: "blinded",
    late,
    secret: b64(secret),
    salt: b64(salt),
    inv: b64(inv),
    blinded: b64(blinded),
    seq: null,
    sent: [], // every record that may have left the phone: {leaf, receipt}
    handBack: null, // {leaf, receipt}
    alarms: [],
  });
}

/** The server's answer, unblinded.  Alarm "credential-invalid" when it is not the one that fits. */
export function take(state, ballot, blindSig) {
  const message = credentialText(ballot.B, publicKey(unb64(state.secret)));
  const rsa = finalize(ballot.n, message, blindSig, unb64(state.salt), unb64(state.inv));
  if (rsa === null) throw new Alarm("credential-invalid", { ballot: state.ballot });
  // The blinding goes now: with it and the public list of issues the paper could be told later.
  const late = state.late || ballot.phase === "opened";
  return next(state, { stage: "ready", late, rsa: b64(rsa), salt: null, inv: null, blinded: null });
}

/** The voter has handed in these marks.  NotNow when there is nothing to hand in with, or they do not fit. */
export function press(state, ballot, questions, marks, random) {
  const stage = state ? state.stage : "none";
  const again = ballot.rules.changes && ["pressed", "sent", "received"].includes(stage);
  if (stage !== "ready" && !again)
    throw new NotNow(stage === "none" || stage === "blinded" ? "not-collected" : "already-pressed");
  if (ballot.phase !== "opened") throw new NotNow("ballot-not-open");
  const ordered = orderMarks(questions, marks);
  const seq = !ballot.rules.changes
    ? 0
    : state.seq === null
      ? bitsOf(random, 52)
      : state.seq + 1 + bitsOf(random, 20);
  const body = castBody(state.ballot, publicKey(unb64(state.secret)), seq, ordered, ballot.size);
  return next(state, { stage: "pressed", seq, record: signedRecord(state, ballot, body) });
}

/** From here on the record may have reached the box.  To be stored before it leaves; safe to repeat. */
export function send(state) {
  const leaf = leafOf(state.record);
  const known = state.sent.some((one) => one.leaf === leaf);
  return next(state, { stage: "sent", sent: known ? state.sent : [...state.sent, { leaf, receipt: null }] });
}

/**
 * The box took the record that was sent.  Alarm "receipt-invalid" when the receipt does not hold.
 *
 * Marks go now, and the key with them unless the rules let a voter change his mind.
 */
export function receive(state, ballot, boardKey, answer) {
  const leaf = leafOf(state.record);
  const receipt = receiptFor(ballot, boardKey, leaf, answer);
  const sent = state.sent.map((one) => (one.leaf === leaf ? { leaf, receipt } : one));
  const kept = ballot.rules.changes ? { record: null } : ERASED;
  return next(state, { ...kept, stage: "received", sent });
}

/** The box has refused the record for good.  The voter may mark another paper. */
export function refused(state, code) {
  return alarmed(next(state, { stage: "ready", record: null }), "cast-refused", code);
}

/**
 * What the published leaves say of this ballot: found, lost, to be handed back, or over.
 *
 * `leaves` is `{casts}`, sets of leaves in b64 that were held against the board's root.
 */
export function look(state, ballot, leaves) {
  const last = state.sent.reduce((found, one, i) => (one.receipt ? i : found), -1);
  // A later record counts in place of an earlier one, so only an earlier one is not good enough.
  const found = state.sent.slice(Math.max(last, 0)).find((one) => leaves.casts.has(one.leaf));
  if (found) return next(state, { ...ERASED, stage: "found", sent: [found] });
  if (last >= 0)
    return alarmed(next(state, { ...ERASED, stage: "lost", sent: [state.sent[last]] }), "ballot-missing");
  if (ballot.phase !== "result" || state.rsa === null) return lapse(state);
  const body = handBackBody(state.ballot, publicKey(unb64(state.secret)), ballot.size);
  const record = signedRecord(state, ballot, body);
  return next(state, {
    ...ERASED,
    stage: "returning",
    record,
    handBack: { leaf: leafOf(record), receipt: null },
  });
}

/** The hand-back was taken. */
export function giveBack(state, ballot, boardKey, answer) {
  const receipt = receiptFor(ballot, boardKey, unb64(state.handBack.leaf), answer);
  return next(state, { ...ERASED, stage: "returned", handBack: { leaf: state.handBack.leaf, receipt } });
}

/** The hand-back was refused for good. */
export function notTakenBack(state, code) {
  return alarmed(lapse(state), "hand-back-refused", code);
}

/**
 * After the list of unused credentials is out: the state, and whether the phone may sign that its line is in.
 */
export function reckon(state, leaves) {
  if (state.stage === "found") {
    const there = leaves.casts.has(state.sent[0].leaf);
    return there
      ? { state, there }
      : { state: alarmed(next(state, { stage: "lost" }), "ballot-missing"), there };
  }
  const there = leaves.unused.has(state.handBack.leaf);
  if (there) return { state: next(state, { ...ERASED, stage: "returned" }), there };
  const over = lapse(state);
  return { state: state.handBack.receipt ? alarmed(over, "hand-back-missing") : over, there };
}

export function confirm(state) {
  return next(state, { ...ERASED, stage: "confirmed" });
}

/** Over without it: void, or nothing left to do with it.  Nothing secret stays. */
export function lapse(state) {
  return next(state, { ...ERASED, blinded: null, stage: "lapsed" });
}

/** The same state with one more alarm on it; `detail` is a code of the server's. */
export function alarmed(state, code, detail = null) {
  return { ...state, alarms: [...state.alarms, { code, detail }] };
}

/** What the page may know of a ballot: neither the choice nor which line is whose. */
export function summary(state) {
  return { ballot: state.ballot, stage: state.stage, alarms: state.alarms };
}

function signedRecord(state, ballot, body) {
  const sig = sign(unb64(state.secret), castText(ballot.B, body));
  return { body, rsa: state.rsa, sig: b64(sig) };
}

function leafOf(record) {
  return b64(castLeaf(record.body, unb64(record.rsa), unb64(record.sig)));
}

function receiptFor(ballot, boardKey, leaf, answer) {
  const bytes = typeof leaf === "string" ? unb64(leaf) : leaf;
  if (!holdsReceipt(boardKey, ballot.B, bytes, answer))
    throw new Alarm("receipt-invalid", { ballot: ballot.id });
  return b64(answer.sig);
}

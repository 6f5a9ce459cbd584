/**
 * What a phone does about a ballot when it is due: each duty waits its moment, stores, sends, and stores what
 * came of it.
 *
 * `phone` is the Attendance.  A duty ends in a new state, in a note in `phone.done`, or in an error: Unreachable
 * and Alarm are tried again.  What a state becomes is ballot.js's to say.
 */

import * as secret from "./ballot.js";
import { b64, unb64 } from "./bytes.js";
import { deliver } from "./delivery.js";
import { Alarm, Refused, Unreachable } from "./errors.js";
import * as open from "./open_vote.js";

const SOON = [0, 2000]; // before casting: presses at the chair's word do not arrive in the order of the rows
const LATE = [5000, 15000]; // where the issue came after the opening, and could be told from the others

/** Refusals of a cast that another attempt cannot mend. */
const FINAL = new Set([
  "already-cast",
  "bad-credential",
  "bad-key",
  "bad-signature",
  "malformed",
  "not-canonical",
  "stale-cast",
  "too-large",
  "unknown-ballot",
  "wrong-marks",
]);
const FINAL_HAND_BACK = new Set([...FINAL, "hand-back-of-cast"]); // "over" may pass: the board says when it is
const FINAL_BY_NAME = new Set([...FINAL, "not-on-roll", "wrong-stage"]);

async function collect(phone, ballot) {
  const late = ballot.phase === "opened";
  if (!late) {
    await phone.wait([0, phone.window(ballot)]);
    if (ballot.phase !== "prepared") return; // looked at anew, now as a late one
  }
  phone.questions(ballot); // no credential for a paper the board does not know
  const draw = (state) => (state ? null : secret.prepare(ballot, late, phone.world.random));
  if (!(await phone.change(ballot, draw))) return;
  await phone.step("stored", ballot.id);
}

async function ask(phone, ballot) {
  const state = await phone.read(ballot);
  const { device, personal } = phone.seen;
  const blinded = unb64(state.blinded);
  const request = {
    type: "issue",
    ballot: ballot.id,
    blinded: state.blinded,
    sig: b64(device.issue(ballot.B, blinded)),
  };
  let answer;
  try {
    answer = await personal.ask(
      request,
      (message) => message.type === "issued" && message.ballot === ballot.id,
    );
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return notIssued(phone, ballot, error.code);
  }
  await phone.step("issued", ballot.id);
  let taken;
  try {
    taken = secret.take(state, ballot, unb64(answer.blind_sig, 256));
  } catch (error) {
    // Whatever came, it is not what this key had to give.  Asked again after a reload, with the same blinding.
    phone.done.add(`ask/${ballot.id}`);
    return phone.raise(ballot, error instanceof Alarm ? error.code : "credential-invalid");
  }
  await phone.store(ballot, taken);
  return phone.step("finalized", ballot.id);
}

async function notIssued(phone, ballot, code) {
  switch (code) {
    case "issuing-over":
      return phone.change(ballot, secret.lapse);
    case "already-issued": // for another blinding: of another phone, or of storage that is gone
    case "bad-signature":
    case "blinded-out-of-range":
      break;
    default:
      throw new Unreachable(code);
  }
  phone.done.add(`ask/${ballot.id}`);
  return phone.raise(ballot, code);
}

async function send(phone, ballot, attempt) {
  let state = await phone.read(ballot);
  if (state.stage === "pressed") {
    await phone.wait(state.late ? LATE : SOON);
    if (ballot.phase !== "opened") return;
    const same = (now) => now.stage === "pressed" && now.rev === state.rev;
    if (!(await phone.change(ballot, (now) => (same(now) ? secret.send(now) : null)))) return;
    state = await phone.read(ballot);
    await phone.step("sent", ballot.id);
  }
  let answer;
  try {
    answer = await deliver(phone.world, state.record, attempt);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!FINAL.has(error.code)) throw new Unreachable(error.code); // held, or closing: it may open again
    return phone.store(ballot, secret.refused(state, error.code));
  }
  await phone.step("receipt", ballot.id);
  await phone.store(ballot, secret.receive(state, ballot, phone.seen.device.boardKey, answer));
  return phone.step("erased", ballot.id);
}

async function look(phone, ballot) {
  await phone.wait([0, phone.window(ballot)]);
  const leaves = await phone.leaves(ballot);
  const state = await phone.change(ballot, (now) => (now ? secret.look(now, ballot, leaves) : null));
  if (state) await phone.step(state.stage, ballot.id);
  else if (!(await phone.read(ballot))) phone.done.add(`look/${ballot.id}`); // we looked like everybody
}

async function giveBack(phone, ballot, attempt) {
  const state = await phone.read(ballot);
  if (attempt === 0) await phone.wait([0, phone.window(ballot)]);
  let answer;
  try {
    answer = await deliver(phone.world, state.record, attempt);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!FINAL_HAND_BACK.has(error.code)) throw new Unreachable(error.code);
    return phone.store(ballot, secret.notTakenBack(state, error.code));
  }
  await phone.store(ballot, secret.giveBack(state, ballot, phone.seen.device.boardKey, answer));
  return phone.step("returned", ballot.id);
}

async function confirm(phone, ballot) {
  await phone.wait([0, phone.window(ballot)]);
  const leaves = await phone.leaves(ballot);
  const { state, there } = secret.reckon(await phone.read(ballot), leaves);
  if (!there) return phone.store(ballot, state);
  if (ballot.phase !== "unused") return void phone.done.add(`confirm/${ballot.id}`); // in, but too late to say so
  await phone.step("confirming", ballot.id);
  const { device, personal } = phone.seen;
  const sig = b64(device.check(ballot.B, ballot.result.castRoot, ballot.unused.root));
  try {
    await personal.ask(
      { type: "check", ballot: ballot.id, sig },
      (one) => one.type === "checked" && one.ballot === ballot.id,
    );
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!FINAL_BY_NAME.has(error.code)) throw new Unreachable(error.code);
    phone.seen.tell({ type: "retry", ballot: ballot.id, code: error.code });
    return void phone.done.add(`confirm/${ballot.id}`);
  }
  await phone.change(ballot, secret.confirm);
  return phone.step("confirmed", ballot.id);
}

async function lapse(phone, ballot) {
  await phone.change(ballot, secret.lapse);
}

async function vote(phone, ballot) {
  const state = await phone.read(ballot);
  const { device, personal } = phone.seen;
  const request = { type: "open_vote", ballot: ballot.id, body: state.body, sig: state.sig };
  let answer;
  try {
    answer = await personal.ask(request, (one) => one.type === "receipt" && one.ballot === ballot.id);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!FINAL_BY_NAME.has(error.code)) throw new Unreachable(error.code);
    return phone.store(ballot, open.refused(state, error.code));
  }
  const receipt = { leaf: unb64(answer.leaf, 32), sig: unb64(answer.sig, 64) };
  await phone.store(ballot, open.receive(state, ballot, device, receipt));
  return phone.step("received", ballot.id);
}

/** By the name that ballot.js and open_vote.js give them. */
export const DUTY = { collect, ask, send, look, giveBack, confirm, lapse, vote };

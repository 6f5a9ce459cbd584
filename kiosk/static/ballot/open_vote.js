/**
 * An open vote's life on this phone, pure: signed with the device key and published with the member's name.
 *
 * Last press until closing.  Stored before it is sent, like the secret one; nothing is erased, as nothing is
 * secret.
 */

import { b64, unb64, utf8 } from "./bytes.js";
import { openBody, orderMarks } from "./body.js";
import { Alarm, NotNow } from "./errors.js";
import { holdsReceipt, openLeaf, openText } from "./signed.js";
import { next } from "./storage.js";

/** The duty of an open ballot's state. */
export function dutyOf(state, phase) {
  return state && state.stage === "pressed" && phase === "opened" ? "vote" : "rest";
}

export function press(state, ballot, questions, marks, device) {
  if (ballot.phase !== "opened") throw new NotNow("ballot-not-open");
  const body = openBody(ballot.id, orderMarks(questions, marks));
  if (utf8(body).length > ballot.size) throw new NotNow("too-large");
  const sig = b64(device.open(ballot.B, body));
  const alarms = state ? state.alarms : [];
  return next(state || null, { ballot: ballot.id, stage: "pressed", body, sig, receipt: null, alarms });
}

export function receive(state, ballot, device, answer) {
  const leaf = openLeaf(openText(ballot.B, device.member, state.body), unb64(state.sig));
  if (!holdsReceipt(device.boardKey, ballot.B, leaf, answer))
    throw new Alarm("receipt-invalid", { ballot: ballot.id });
  return next(state, { stage: "received", receipt: b64(answer.sig) });
}

/** The server has refused the vote for good. */
export function refused(state, code) {
  return next(state, { stage: "refused", alarms: [...state.alarms, { code: "cast-refused", detail: code }] });
}

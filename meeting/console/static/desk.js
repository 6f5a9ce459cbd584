/**
 * One desk of the office: the newest view, the orders on their way, and what the chair is to be told.
 *
 * It draws nothing and decides nothing: an order is numbered, sent with what this desk had seen, and answered.  What
 * cannot be taken back is never sent from here by itself.
 */

import { Live } from "../display/live.js";
import { say, t } from "../display/words.js";
import { learn, now } from "./clock.js";

const UNDO_MS = 5_000;
const NOTICE_MS = 9_000;
const ARMED_MS = 30_000;
const ANSWER_MS = 8_000;

export class Desk {
  /** `redraw()` is called whenever something has changed; a desk that does not lead orders for itself alone. */
  constructor(redraw, { leads = true } = {}) {
    this.redraw = redraw;
    this.leads = leads;
    this.view = null;
    this.leading = false;
    this.asked = false;
    this.up = false;
    this.goneSince = null;
    this.heardAt = now();
    this.dialog = null;
    this.roll = false;
    this.laid = false; // the materials are listed in place of what is on
    this.notice = null;
    this.undo = null;
    this.armedUntil = 0;
    this.number = 0;
    this.awaited = new Map();
    this.busyUntil = 0;
    this.typed = { ballot: "", values: {}, again: false };
    this.live = new Live("/console/live", {
      heard: (message) => this.hear(message),
      changed: ({ up }) => this.line(up),
    });
  }

  // --- what is heard ---

  hear(message) {
    this.heardAt = now();
    this.goneSince = null;
    if (message.type === "view") this.show(message);
    else if (message.type === "lead") this.lead(message.leading);
    else if (message.type === "done") this.answer(message.id, { seq: message.seq });
    else if (message.type === "error") this.answer(message.id, { refused: message });
    this.redraw();
  }

  show(view) {
    const before = this.view;
    learn(view.at);
    this.view = view;
    if (this.dialog && this.dialog.seen !== undefined && this.dialog.seen !== view.expected_seq) {
      // What was to be confirmed is not what is there any more.
      this.close();
      this.tell(t("console.notice.changed"));
    }
    const moved = before && JSON.stringify(before.position) !== JSON.stringify(view.position);
    if (!before || moved || before.stage !== view.stage) this.roll = false;
    if (view.seq >= this.busyUntil) this.busyUntil = 0;
  }

  lead(leading) {
    if (this.leading && !leading) this.tell(t("console.notice.taken-over"));
    this.leading = leading;
    this.asked = true;
    if (!leading) {
      this.armedUntil = 0;
      this.undo = null;
    }
  }

  line(up) {
    this.up = up;
    if (up) this.asked = false;
    else {
      // Until the server has said something again: a line that opens and falls has not come back.
      if (this.goneSince === null) this.goneSince = now();
      this.leading = false;
      for (const [number] of this.awaited) this.answer(number, { lost: true });
    }
    this.redraw();
  }

  answer(number, answer) {
    const waiting = this.awaited.get(number);
    if (waiting) {
      this.awaited.delete(number);
      waiting(answer);
    } else if (answer.refused) this.tell(say(answer.refused.say));
  }

  // --- what is ordered ---

  /** Whether an order may be given now: this desk leads, is connected, and waits for nothing. */
  get ready() {
    const mine = this.leading || !this.leads;
    return this.up && this.goneSince === null && mine && this.awaited.size === 0 && this.busyUntil === 0;
  }

  /** Whether the tables of the order of business allow an order now. */
  may(name) {
    return Boolean(this.view) && this.view.may.includes(name);
  }

  /**
   * Give an order; true when it was carried out.  `undo` is the order that takes it back and `said` what to call it:
   * for five seconds a press takes it back.
   */
  async order(command, { undo = null, said = "" } = {}) {
    if (!this.ready) return false;
    const number = ++this.number;
    const { expected_seq } = this.view;
    const answer = await new Promise((resolve) => {
      this.awaited.set(number, resolve);
      setTimeout(() => this.answer(number, { lost: true }), ANSWER_MS);
      if (!this.live.send({ type: "command", id: number, expected_seq, command })) this.answer(number, { lost: true });
      this.redraw();
    });
    if (answer.refused) this.tell(say(answer.refused.say), answer.refused.code);
    else if (answer.lost) this.tell(t("console.notice.unanswered"));
    else {
      this.notice = null;
      if (this.view.seq < answer.seq) this.busyUntil = answer.seq;
      this.offerUndo(undo, said);
    }
    this.redraw();
    return answer.seq !== undefined;
  }

  offerUndo(undo, said) {
    const offer = undo ? { order: undo, said } : null;
    this.undo = offer;
    if (offer)
      setTimeout(() => {
        if (this.undo !== offer) return;
        this.undo = null;
        this.redraw();
      }, UNDO_MS);
  }

  takeBack() {
    const { undo } = this;
    this.undo = null;
    if (undo) this.order(undo.order);
  }

  takeOver() {
    this.live.send({ type: "take_over" });
  }

  // --- what is told ---

  tell(text, code = "") {
    const notice = { text, code };
    this.notice = notice;
    setTimeout(() => {
      if (this.notice !== notice) return;
      this.notice = null;
      this.redraw();
    }, NOTICE_MS);
    this.redraw();
  }

  /** Open a dialog; with `tied` it closes by itself when the sitting has moved on meanwhile. */
  open(dialog, { tied = false } = {}) {
    this.dialog = { ...dialog, seen: tied ? this.view.expected_seq : undefined };
    this.redraw();
  }

  close() {
    this.dialog = null;
    this.redraw();
  }

  // --- the clicker ---

  get armed() {
    return this.armedUntil > now();
  }

  arm() {
    this.armedUntil = this.armed ? 0 : now() + ARMED_MS;
    this.redraw();
  }
}

/**
 * A member's phone: joins, stays connected, reads the board and attends to the ballots.  No user interface.
 *
 * `world`: `{origin, fetch, WebSocket, random(length), pause(ms, why), storage}` and, for tests,
 * `step(name, ballot)`, awaited between any two steps.  browser.js has the real one.  `tell(event)` is the
 * page's: events are `me`, `view`, `connection`, `board`, `standing`, `ballot`, `retry`, `alarm`, `failure`.
 */

import { Attendance } from "./attendance.js";
import { b64, unb64 } from "./bytes.js";
import { Board, code } from "./board.js";
import { Device, KEY } from "./device.js";
import { Alarm, NotNow, Unreachable } from "./errors.js";
import { join } from "./joining.js";
import { backoff } from "./patience.js";
import { Personal } from "./personal.js";
import { boardFrom } from "./reading.js";
import { standing } from "./roll.js";
import { next } from "./storage.js";

export class Client {
  constructor(world, tell = () => undefined) {
    this.world = world;
    this.tell = tell;
    this.device = null;
    this.board = null;
    this.view = null;
    this.personal = null;
    this.attendance = null;
    this.stopped = false;
    this.syncing = null;
    this.halted = null; // the alarm after which this phone believes nothing any more
  }

  /**
   * Bind this phone to the member whose card says `code`; safe to repeat.  See joining.js for what it takes and
   * raises; returns `{sitting, member, name, pinned}`.
   */
  async join(card) {
    const record = await join(this.world, card);
    this.device = new Device(record);
    return { sitting: record.sitting, member: record.member, name: record.name, pinned: record.pinned };
  }

  /** Whether this phone has joined in an earlier life: then `start` is enough. */
  async joined() {
    const record = await this.world.storage.read(KEY);
    if (!record || record.member === null) return false;
    this.device = new Device(record);
    return true;
  }

  /** Connect and attend to ballots until `stop`.  Joined first. */
  async start() {
    if (!this.device) throw new NotNow("not-joined");
    const kept = await this.world.storage.read("alarm");
    if (kept) return this.halt(new Alarm(kept.code, kept.data));
    await this.newBoard();
    this.personal = new Personal(this.world, this.device, {
      heard: (message) => this.heard(message),
      changed: (up) => {
        this.tell({ type: "connection", up });
        if (up) this.refresh();
      },
    });
    this.attendance = new Attendance(this.world, {
      device: this.device,
      personal: this.personal,
      board: () => this.board,
      poll: (ballot) => this.pollOf(ballot),
      tell: (event) => this.tell(event),
    });
    this.watched(this.personal.run());
    this.refresh();
    return undefined;
  }

  stop() {
    this.stopped = true;
    if (this.personal) this.personal.stop();
    if (this.attendance) this.attendance.stop();
  }

  /** The phone was unlocked, or is back on the network. */
  wake() {
    if (this.personal) this.personal.wake();
  }

  checkIn() {
    return this.personal.ask({ type: "check_in" }, (message) => message.type === "me");
  }

  /** Ask for the floor, or take that back. */
  askToSpeak(wanted) {
    return this.personal.saying({ type: wanted ? "ask_to_speak" : "withdraw_request" });
  }

  /** Send the chair a text: `what` is "question", "comment" or "summary". */
  send(what, text, item = null) {
    return this.personal.saying(item === null ? { type: what, text } : { type: what, text, item });
  }

  /** What the nominees of this ballot have pledged: `[{name, post, label, text}]`. */
  async pledges(ballot) {
    const answer = await this.personal.ask({ type: "pledges", ballot }, ({ type, ballot: of }) => type === "pledges" && of === ballot);
    return answer.texts;
  }

  /**
   * Hand in marks for a ballot.  Returns when they are stored; the ballot's events tell the rest.
   *
   * NotNow with "not-collected", "already-pressed", "ballot-not-open", "wrong-marks" or "no-paper": nothing
   * has changed and the voter may press again.
   */
  async choose(ballot, marks) {
    if (this.halted) throw this.halted;
    if (!this.attendance || !this.board.complete) throw new NotNow("no-board");
    const open = this.pollOf(ballot) && this.pollOf(ballot).stage === "open";
    // The view may be quicker than the board.
    if (open && this.board.ballots.has(ballot) && this.board.ballots.get(ballot).phase === "prepared")
      await this.sync();
    await this.attendance.press(ballot, marks);
    this.watched(this.attendance.attend(ballot));
  }

  /** A ballot's code (or, with null, that of the last entry), as it stands in the hall. */
  codeOf(ballot) {
    return code(ballot === null ? this.board.head : this.board.ballots.get(ballot).B);
  }

  /** How this member stands on a ballot's roll, see roll.js. */
  standing(ballot) {
    return standing(this.board.ballots.get(ballot).roll, this.device.member, b64(this.device.publicKey));
  }

  summaries() {
    return this.attendance ? this.attendance.summaries() : Promise.resolve([]);
  }

  /** The receipt `{leaf, sig}` of a ballot that is not on the board though it was taken: the alarm shows it. */
  async receiptOf(ballot) {
    const state = await this.world.storage.read(`ballot/${ballot}`);
    if (!state || state.stage !== "lost") return null;
    const { leaf, receipt } = state.sent[0];
    return { leaf, sig: receipt };
  }

  // ---- what comes in

  heard(message) {
    if (message.type === "view") {
      this.view = message;
      const poll = message.poll;
      const known = poll && this.board.ballots.get(poll.ballot);
      if (poll && (!known || behind(known.phase, poll.stage))) this.refresh();
      else this.attendAll();
    }
    if (message.type === "board" && message.entries > this.board.length) this.refresh();
    if (["me", "view", "error"].includes(message.type)) this.tell(message);
  }

  pollOf(ballot) {
    const poll = this.view && this.view.poll;
    return poll && poll.ballot === ballot ? poll : null;
  }

  refresh() {
    this.watched(this.sync());
  }

  attendAll() {
    if (this.halted || this.stopped || !this.board.complete) return;
    for (const ballot of this.board.ballots.keys()) this.watched(this.attendance.attend(ballot));
  }

  /** An error nobody waits for: told, never swallowed. */
  watched(promise) {
    promise.catch((error) => {
      if (error instanceof Alarm) this.tell({ type: "alarm", code: error.code, data: error.data });
      else this.tell({ type: "failure", error });
    });
  }

  // ---- the board

  /** Read the board to its end; one reader at a time, and once more when asked in between. */
  async sync() {
    if (this.syncing) {
      this.syncing.again = true;
      return this.syncing.done;
    }
    const round = { again: true, done: null };
    this.syncing = round;
    round.done = this.readOn(round);
    return round.done;
  }

  async readOn(round) {
    try {
      return await this.readRound(round);
    } finally {
      this.syncing = null;
      // Somebody asked after the last look and before this line.
      if (round.again && !this.stopped) this.refresh();
    }
  }

  async readRound(round) {
    let told = null;
    for (let failures = 0; round.again && !this.stopped && !this.halted;) {
      round.again = false;
      try {
        await this.readBoard();
        failures = 0;
      } catch (error) {
        if (error instanceof Alarm && error.code === "board-forked") return this.halt(error);
        if (!(error instanceof Unreachable) && !(error instanceof Alarm)) throw error;
        // What is not signed says nothing about the server: told once, not believed, asked for again.
        if (error instanceof Alarm && told !== error.code)
          this.tell({ type: "alarm", code: error.code, data: error.data });
        told = error.code;
        if (!this.board.complete) await this.newBoard();
        round.again = true;
        await this.world.pause(backoff(this.world.random, failures), "backoff");
        failures += 1;
      }
    }
    return undefined;
  }

  async readBoard() {
    const before = this.board.length;
    for (const line of await boardFrom(this.world, before)) this.board.add(line);
    if (this.board.length === 0 && this.board.seen === null) throw new Unreachable("board-empty");
    if (!this.board.complete) throw new Alarm("board-shortened", { entries: this.board.length });
    if (this.board.sitting !== this.device.sitting) throw new Alarm("other-sitting");
    if (this.board.length > before) await this.remember();
    this.tellBoard(before);
    this.attendAll();
  }

  async newBoard() {
    const head = await this.world.storage.read("head");
    this.board = new Board(this.device.boardKey, head || null);
  }

  async remember() {
    const stored = await this.world.storage.read("head");
    const head = { seq: this.board.length - 1, hash: b64(this.board.head) };
    // Another tab may be further on; then its memory stands.
    if (!stored || stored.seq < head.seq) await this.world.storage.write("head", next(stored || null, head));
  }

  tellBoard(before) {
    if (this.board.length === before) return;
    this.tell({ type: "board", entries: this.board.length });
    const rolls = Array.from(this.board.rolls.values());
    if (rolls.length === 0) return;
    const mine = standing(rolls[rolls.length - 1], this.device.member, b64(this.device.publicKey));
    const replaced = this.board.rebinds.some(
      ({ member, old }) => member === this.device.member && old === b64(this.device.publicKey),
    );
    // Somebody else's key on our line, and no rebinding before two witnesses on the board.
    if (mine === "other-device" && !replaced) this.tell({ type: "alarm", code: "other-device", data: {} });
    this.tell({ type: "standing", standing: mine, replaced });
  }

  /** Nothing is believed, signed or sent any more; the proof is kept. */
  async halt(alarm) {
    this.halted = alarm;
    this.stop();
    this.tell({ type: "alarm", code: alarm.code, data: alarm.data });
    await this.world.storage.write("alarm", { rev: 1, code: alarm.code, data: alarm.data });
  }
}

/** Whether the board still has to say what the view already shows. */
function behind(phase, stage) {
  if (stage === "counted" || stage === "void") return phase === "prepared" || phase === "opened";
  return stage !== "prepared" && phase === "prepared";
}

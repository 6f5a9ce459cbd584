/**
 * The ballots this phone attends to: finds out what is due for each, has it done, and tries again what failed.
 *
 * What is due is ballot.js's to say, how it is done duties.js's.  One run per ballot at a time; `attend` may be
 * called whenever something may have changed.
 */

import { b64, equal, unb64 } from "./bytes.js";
import * as secret from "./ballot.js";
import * as open from "./open_vote.js";
import { parsePaper } from "./body.js";
import { delay } from "./chance.js";
import { DUTY } from "./duties.js";
import { Alarm, NotNow, Unreachable } from "./errors.js";
import { backoff } from "./patience.js";
import { leavesOf } from "./reading.js";
import { standing } from "./roll.js";
import { heldAgainst } from "./self_check.js";
import { paperHash } from "./signed.js";

const WINDOW = 2000; // where the server names none

export class Attendance {
  /** `seen`: `{device, personal, board(), poll(ballot), tell(event)}`, the client's own. */
  constructor(world, seen) {
    this.world = world;
    this.seen = seen;
    this.running = new Map(); // ballot → whether to look again before ending the run
    this.done = new Set(); // duties that leave no state and are done once in a page's life
    this.resting = new Map(); // ballot → phase in which there was nothing left to do
    this.stopped = false;
  }

  stop() {
    this.stopped = true;
  }

  /** What the page may show of every ballot this phone took part in. */
  async summaries() {
    const keys = (await this.world.storage.keys()).filter((key) => key.startsWith("ballot/"));
    const states = await Promise.all(keys.map((key) => this.world.storage.read(key)));
    return states.map(secret.summary);
  }

  /** Hand in marks.  NotNow, and nothing has changed, where that is not possible; then `attend`. */
  async press(id, marks) {
    const ballot = this.ballot(id);
    const questions = this.questions(ballot);
    const { device } = this.seen;
    const pressed = await this.change(ballot, (state) =>
      ballot.secret
        ? secret.press(state, ballot, questions, marks, this.world.random)
        : open.press(state, ballot, questions, marks, device),
    );
    if (!pressed) throw new NotNow("already-pressed"); // in another tab
    this.resting.delete(id);
    await this.step("pressed", id);
  }

  /** Do what there is to do for a ballot, until there is nothing more for now. */
  async attend(id) {
    if (this.resting.get(id) === this.ballot(id).phase) return;
    const again = this.running.has(id);
    this.running.set(id, again);
    if (again) return;
    try {
      for (let failures = 0; !this.stopped;) {
        this.running.set(id, false);
        const duty = await this.dutyNow(id);
        if (duty === "wait" || duty === "rest") {
          if (this.running.get(id)) continue;
          if (duty === "rest") this.resting.set(id, this.ballot(id).phase);
          return;
        }
        try {
          await DUTY[duty](this, this.ballot(id), failures);
          failures = 0;
        } catch (error) {
          if (error instanceof Alarm) await this.raise(this.ballot(id), error.code);
          else if (!(error instanceof Unreachable || error instanceof NotNow)) throw error;
          this.seen.tell({ type: "retry", ballot: id, code: error.code });
          await this.world.pause(backoff(this.world.random, failures), "backoff");
          failures += 1;
        }
      }
    } finally {
      this.running.delete(id);
    }
  }

  async dutyNow(id) {
    const ballot = this.ballot(id);
    const state = await this.read(ballot);
    if (!ballot.secret) return open.dutyOf(state, ballot.phase);
    const duty = secret.dutyOf(state, ballot.phase);
    if (this.done.has(`${duty}/${id}`)) return "wait";
    if (duty === "collect" || (duty === "look" && !state)) {
      const { member, publicKey } = this.seen.device;
      const mine = standing(ballot.roll, member, b64(publicKey)) === "entitled";
      if (!mine) return "wait";
      if (duty === "collect" && !this.seen.poll(id)) return "wait"; // the view is on its way
    }
    return duty;
  }

  // ---- what the duties need

  ballot(id) {
    const ballot = this.seen.board().ballots.get(id);
    if (!ballot) throw new NotNow("unknown-ballot");
    return ballot;
  }

  /** The paper's questions, once the text that the view brought is the one the board fixed. */
  questions(ballot) {
    const poll = this.seen.poll(ballot.id);
    if (!poll) throw new NotNow("no-paper");
    const hash = paperHash(unb64(poll.salt), poll.paper);
    if (!equal(hash, ballot.paper)) throw new Alarm("paper-differs", { ballot: ballot.id });
    return parsePaper(poll.paper);
  }

  async leaves(ballot) {
    return heldAgainst(ballot, await leavesOf(this.world, ballot.id));
  }

  window(ballot) {
    const poll = this.seen.poll(ballot.id);
    return poll && Number.isFinite(poll.window_ms) ? poll.window_ms : WINDOW;
  }

  wait([from, to]) {
    return this.world.pause(delay(this.world.random, from, to), "delay");
  }

  read(ballot) {
    return this.world.storage.read(`ballot/${ballot.id}`);
  }

  /** Store what `make` makes of the state; null, and nothing done, where it makes nothing or came too late. */
  async change(ballot, make) {
    const changed = make(await this.read(ballot));
    return changed && (await this.store(ballot, changed)) ? changed : null;
  }

  /** False when another tab was quicker: its state stands, and is looked at anew. */
  async store(ballot, state) {
    const stored = await this.world.storage.write(`ballot/${ballot.id}`, state);
    if (stored) this.seen.tell({ type: "ballot", ...secret.summary(state) });
    return stored;
  }

  /** Alarm: told once, kept with the ballot where there is one on this phone. */
  async raise(ballot, code) {
    const state = await this.read(ballot);
    if (state && state.alarms.some((alarm) => alarm.code === code)) return;
    if (state) await this.store(ballot, { ...secret.alarmed(state, code), rev: state.rev + 1 });
    if (this.done.has(`${code}/${ballot.id}`)) return;
    this.done.add(`${code}/${ballot.id}`);
    this.seen.tell({ type: "alarm", code, data: { ballot: ballot.id } });
  }

  step(name, ballot) {
    return this.world.step ? this.world.step(name, ballot) : undefined;
  }
}

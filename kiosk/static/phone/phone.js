/**
 * The phone's page put together: the client that votes, what the phone knows, and the page that shows it.
 *
 * The only module that speaks with the client, but for what floor.js has to say to the chair.  What the client tells
 * becomes knowledge, knowledge becomes a screen (screens.js); a voter's marks pass through `submit` and are kept nowhere
 * here.
 */

import { browserWorld } from "../ballot/browser.js";
import { Client } from "../ballot/client.js";
import { KEY, printed } from "../ballot/device.js";
import { Alarm, NotNow, Refused } from "../ballot/errors.js";
import { fromAddress, isLoopback } from "./address.js";
import { eraseDraftOf } from "./draft.js";
import { Floor } from "./floor.js";
import { Line } from "./line.js";
import { Materials } from "./materials.js";
import { note, noted } from "./notes.js";
import { Page } from "./page.js";
import { knowing } from "./screens.js";
import { keepAwake } from "./wake.js";

const SETTLED = "session-day/settled";
const HANDED_IN = "session-day/handed-in"; // the ballot, never the marks
const PATIENCE = 25_000; // then what was handed in is called overdue, whatever the client thinks
/** What the board's reader reports and asks for again by itself; the rest needs somebody. */
const DOUBTS = new Set(["board-broken", "board-shortened", "leaves-differ"]);

/** Begin: join by the link's card, or go on as the phone that has joined before. */
export async function begin(occasion) {
  const phone = new Phone(occasion);
  await phone.begin();
  return phone;
}

class Phone {
  constructor(occasion) {
    this.knows = { ...knowing(occasion), ...fromAddress(), settled: noted(SETTLED) };
    this.knows.insecure = location.protocol === "http:" && !isLoopback(location.hostname);
    this.skew = 0;
    this.client = null;
    this.page = new Page(this);
    this.floor = new Floor(this, refusal);
    this.materials = new Materials(this);
    this.line = new Line(({ state, since }) => this.learn({ link: state, lastUp: since }));
  }

  async begin() {
    this.learn({});
    let world;
    try {
      world = await browserWorld(`session-day/${this.knows.occasion.sitting}`);
    } catch {
      return this.learn({ noStorage: true });
    }
    this.client = new Client(world, (event) => this.told(event));
    if (await this.client.joined()) return this.return();
    const begun = await world.storage.read(KEY);
    // The member had pressed, and the page was closed before the answer came.
    if (begun && (this.knows.card.code === null || printed(this.knows.card.code) === begun.code)) {
      return this.join(begun.code);
    }
    return undefined;
  }

  /** A phone that has joined: with its own card, another one, or none. */
  async return() {
    const { card } = this.knows;
    const { member, name, code } = this.client.device;
    if (card.code !== null && printed(card.code) !== code) {
      this.known = { member, name };
      return this.learn({ joining: { busy: false, refused: { code: "other-card", say: null } } });
    }
    if (card.code !== null) return this.join();
    return this.enter({ member, name });
  }

  async enter({ member, name }) {
    history.replaceState(null, "", this.knows.occasion.home);
    this.learn({ who: { member, name }, card: { code: null, boardKey: null }, joining: idle() });
    this.line.watch();
    for (const when of ["online", "focus", "pageshow"]) addEventListener(when, () => this.client.wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.client.wake());
    keepAwake();
    await this.client.start();
    for (const slip of await this.client.summaries()) this.slip(slip);
    this.learn({ remembered: true });
  }

  /** Everything that is learned passes here; the page is painted once, after all of it. */
  learn(changes) {
    Object.assign(this.knows, changes);
    if (this.painting) return;
    this.painting = true;
    queueMicrotask(() => {
      this.painting = false;
      this.knows.now = Date.now() + this.skew;
      this.page.show(this.knows);
    });
  }

  // ---- what the member does

  /** By the link's card, or the code that was typed. */
  async join(code = this.knows.card.code) {
    const { card, occasion } = this.knows;
    this.learn({ joining: { busy: true, refused: null } });
    try {
      await this.enter(await this.client.join({ code, boardKey: card.boardKey, sitting: occasion.sitting }));
    } catch (error) {
      if (error instanceof Alarm) return this.learn({ joining: idle(), halted: { code: error.code, data: error.data } });
      this.learn({ joining: { busy: false, refused: refusal(error) } });
    }
    return undefined;
  }

  typeAnother() {
    this.learn({ joining: idle() });
  }

  /** Another member's card was opened here: stay who this phone is. */
  stay() {
    return this.enter(this.known);
  }

  async checkIn() {
    this.learn({ checkingIn: { busy: true, refused: null } });
    try {
      await this.client.checkIn();
      this.learn({ checkingIn: idle() });
    } catch (error) {
      this.learn({ checkingIn: { busy: false, refused: refusal(error) } });
    }
  }

  /**
   * Hand in.  True once the client keeps the paper; a code where it is not to be done now, and the draft stays.
   */
  async submit(ballot, marks) {
    try {
      await this.client.choose(ballot, marks);
    } catch (error) {
      if (error instanceof NotNow && error.code !== "already-pressed") return error.code;
      if (!(error instanceof NotNow)) {
        this.failed(error);
        return "failed";
      }
    }
    this.handedIn(ballot);
    this.learn({ again: null, overdue: false });
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.learn({ overdue: true }), PATIENCE);
    return true;
  }

  /** The paper is the client's now; no draft of it stays. */
  handedIn(ballot) {
    eraseDraftOf(ballot);
    const known = noted(HANDED_IN);
    if (!known.includes(ballot)) note(HANDED_IN, [...known, ballot]);
  }

  fillAgain(ballot) {
    this.learn({ again: ballot });
  }

  /** The member has read an alarm and goes on. */
  settle(key) {
    this.knows.settled = [...this.knows.settled, key];
    note(SETTLED, this.knows.settled);
    this.learn({});
  }

  /** He wants to read it once more. */
  unsettle(key) {
    this.learn({ settled: this.knows.settled.filter((one) => one !== key) });
  }

  hereInstead() {
    this.learn({ elsewhere: null });
    this.client.wake();
  }

  openSettings(open) {
    this.learn({ settings: open });
  }

  reload() {
    location.reload();
  }

  // ---- what the client tells

  told(event) {
    switch (event.type) {
      case "me":
        this.learn({ me: event, elsewhere: null });
        return this.floor.heard(event);
      case "view":
        return this.viewed(event);
      case "connection":
        return event.up ? this.line.up() : this.line.down();
      case "error":
        return this.refused(event);
      case "board":
        this.learn({ doubt: null });
        return this.lookAtBallot();
      case "standing":
        if (event.replaced) this.learn({ elsewhere: "phone" });
        return this.lookAtBallot();
      case "ballot":
        return this.slip(event);
      case "retry":
        return this.isCurrent(event.ballot) && this.isUnderWay(event.ballot) && this.learn({ overdue: true });
      case "alarm":
        return this.alarm(event);
      case "failure":
        return this.failed(event.error);
      default:
        return undefined;
    }
  }

  viewed(view) {
    this.skew = view.at - Date.now();
    const before = this.knows.view;
    this.learn({ view });
    this.floor.moved(before, view);
    this.lookAtBallot();
  }

  refused({ code }) {
    if (code === "opened-elsewhere") this.learn({ elsewhere: "page" });
    if (code === "bad-hello") this.learn({ elsewhere: "phone" });
  }

  slip({ ballot, stage, alarms }) {
    const before = this.knows.slips[ballot];
    // By what is stored, not by what `submit` still has to do: the page may be gone before that.
    if (["pressed", "sent"].includes(stage)) this.handedIn(ballot);
    this.learn({ slips: { ...this.knows.slips, [ballot]: { stage, alarms } } });
    if (before && before.stage !== stage && !this.isUnderWay(ballot)) this.learn({ overdue: false });
    // Handed in by the voter, not on the public list, and so handed back: it came too late, and he must know.
    const { undelivered } = this.knows;
    if (["returning", "returned"].includes(stage) && noted(HANDED_IN).includes(ballot) && !undelivered.includes(ballot)) {
      this.learn({ undelivered: [...undelivered, ballot] });
    }
    if (stage === "lost") this.showReceipt(ballot);
  }

  async showReceipt(ballot) {
    const receipt = await this.client.receiptOf(ballot);
    this.learn({ receipts: { ...this.knows.receipts, [ballot]: receipt } });
  }

  alarm({ code, data }) {
    if (this.client.halted) return this.learn({ halted: { code, data } });
    if (DOUBTS.has(code)) return this.learn({ doubt: code });
    return this.learn({ alarms: [...this.knows.alarms, { code, ballot: (data && data.ballot) || null }] });
  }

  /** Nothing a member could do about; staff can read the rest where developers look. */
  failed(error) {
    console.error(error);
    this.learn({ broken: true });
  }

  // ---- the ballot as the board has it

  isCurrent(ballot) {
    const { view } = this.knows;
    return Boolean(view && view.poll && view.poll.ballot === ballot);
  }

  isUnderWay(ballot) {
    const slip = this.knows.slips[ballot];
    return Boolean(slip) && ["pressed", "sent"].includes(slip.stage);
  }

  lookAtBallot() {
    const { view } = this.knows;
    const id = view && view.poll ? view.poll.ballot : null;
    const known = id === null || !this.client.board ? undefined : this.client.board.ballots.get(id);
    if (!known) return this.learn({ ballot: null });
    this.learn({
      ballot: { id, phase: known.phase, changes: known.rules.changes, standing: this.client.standing(id) },
    });
    if (!(id in this.knows.codes)) this.readCode(id);
    return undefined;
  }

  readCode(id) {
    this.knows.codes[id] = null;
    this.client.codeOf(id).then(
      (code) => this.learn({ codes: { ...this.knows.codes, [id]: code } }),
      (error) => this.failed(error),
    );
  }
}

function idle() {
  return { busy: false, refused: null };
}

/** What to say of an error: the server's own sentence where it gave one. */
function refusal(error) {
  if (error instanceof Refused) return { code: error.code, say: error.data.say || null };
  return { code: error.code || "failed", say: null };
}

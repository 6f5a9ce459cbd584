/**
 * What a member says beside voting: that he wants to speak, a question, a comment, his group's summary.  No text of ours, no DOM.
 *
 * First what he may do now, by what the phone knows; then the doing, with the texts that he has not sent yet.  These
 * are kept for this tab: a reload, a vote or a lost line costs nobody his words.
 */

import { note, noted } from "./notes.js";

/** Characters of a question or comment, as the server takes them. */
export const LONGEST = 500;
/** The same for what the gallery writes. */
const LONGEST_FROM_GALLERY = 200;

export const longest = (me) => (me.gallery ? LONGEST_FROM_GALLERY : LONGEST);

const TEXTS = "session-day/texts";
const WRITING = "session-day/writing";
/** Steps at which the chair gives the floor. */
const SPEAKING = new Set(["deliberation", "questions", "statement"]);
/** Slides of an item that is before the members, and no vote on it. */
const BUSINESS = new Set(["agenda", "business", "groups", "nominee", "pledge", "disposal", "reading", "figures"]);

/** What a phone knows of this before anything was said: the open form, texts that are not sent yet, the last answer. */
export const silent = () => ({ writing: null, kept: [], said: quiet() });

const quiet = () => ({ busy: false, refused: null, taken: null });

/** The item's number where the slide has it.  A certificate's own number is another thing: its place comes first. */
export function itemOn({ place, number }) {
  return place ? place.number : number || null;
}

/** The item that a view is about.  The gallery is told it: its slide may be of something that is not shown. */
export const itemOf = ({ item, slide }) => (item === undefined ? itemOn(slide) : item);

/** Where the sitting is: item, step and person. */
export function whereabouts(view) {
  const { slide } = view;
  return [itemOf(view), slide.step || slide.kind, slide.name || ""].join("/");
}

/** Whether a text that was begun at `at` was about something else than what is before the members now. */
export function isEarlier({ what, at }, view) {
  const now = whereabouts(view);
  return what !== "comment" ? at !== now : at.split("/")[0] !== now.split("/")[0];
}

export function mayAsk({ me, view }) {
  return me.present && !me.gallery && SPEAKING.has(view.slide.step);
}

export function mayWrite({ me, view }, what) {
  const { kind, step } = view.slide;
  if (!me.present) return false;
  if (me.gallery) return what === "comment" && Boolean(view.item) && !hasWritten(me, view.item);
  if (what === "summary") return ownGroup({ me, view }) !== null;
  return what === "question" ? step === "questions" : BUSINESS.has(kind) && step !== "closing";
}

/** Somebody in the gallery has written about this item: once is what he may. */
export const hasWritten = ({ commented = [] }, item) => commented.includes(item);

/** The item that a text was begun about. */
export const itemWritten = ({ at }) => Number(at.split("/")[0]);

/** A form for a text stays while there is something to write about. */
const mayStay = (view) => (view.item === undefined ? BUSINESS.has(view.slide.kind) : view.item !== null);

/** The group that he convenes while groups deliberate; null for everybody else. */
export function ownGroup({ me, view }) {
  if (view.slide.kind !== "groups") return null;
  const own = view.slide.groups.find(({ number, convener }) => convener === me.name && (!me.group || number === me.group));
  return own || null;
}

/** The place in the queue, from 1; null where the hall does not tell, or two of one name are in it. */
export function placeInQueue({ me, view }) {
  const queue = view.slide.requests || [];
  const places = queue.map((name, i) => (name === me.name ? i + 1 : 0)).filter(Boolean);
  return places.length === 1 ? places[0] : null;
}

/** What has become of a question: "waiting", "declined", "admitted", "now", "answered" or "unanswered". */
export function standingOf({ text, admitted, answered }, { slide }) {
  if (answered !== null) return answered ? "answered" : "unanswered";
  if (admitted === null) return "waiting";
  if (!admitted) return "declined";
  return slide.question && slide.question[1] === text ? "now" : "admitted";
}

export class Floor {
  /** `phone`: its `client`, what it `knows`, and `learn`; `refusal(error)` is what may be said of an error. */
  constructor(phone, refusal) {
    this.phone = phone;
    this.refusal = refusal;
    this.texts = new Map(noted(TEXTS).filter(isText)); // what → {text, at}
    const [what] = noted(WRITING);
    phone.learn({ kept: Array.from(this.texts.keys()) });
    if (this.texts.has(what)) this.write(what); // the page was reloaded over an open form
  }

  /** Open the form for one of the texts; null closes it, and what was written is kept. */
  write(what) {
    note(WRITING, what === null ? [] : [what]);
    const { view } = this.phone.knows;
    const { text, at } = this.texts.get(what) || { text: reported(what, this.phone.knows), at: view ? whereabouts(view) : "" };
    this.phone.learn({ writing: what === null ? null : { what, at, text, length: text.length }, said: quiet() });
  }

  /** Every letter that is typed is kept. */
  keep(what, text) {
    const { view, writing, me } = this.phone.knows;
    const at = me && me.gallery && writing ? writing.at : whereabouts(view);
    if (text.trim() === "") this.texts.delete(what);
    else this.texts.set(what, { text, at });
    note(TEXTS, Array.from(this.texts));
    this.phone.learn({ kept: Array.from(this.texts.keys()), writing: writing && { ...writing, length: text.length } });
  }

  ask(wanted) {
    return this.say(() => this.phone.client.askToSpeak(wanted));
  }

  /** Send what is kept. */
  async send(what) {
    const kept = this.texts.get(what);
    if (kept && (await this.say(() => this.phone.client.send(what, kept.text.trim(), this.about(kept))))) this.taken(what);
  }

  /** The gallery is behind the sitting: it names the item it has read of. */
  about(kept) {
    return this.phone.knows.me.gallery ? itemWritten(kept) : null;
  }

  async say(act) {
    this.phone.learn({ said: { ...quiet(), busy: true } });
    try {
      await act();
    } catch (error) {
      this.phone.learn({ said: { ...quiet(), refused: this.refusal(error) } });
      return false;
    }
    this.phone.learn({ said: quiet() });
    return true;
  }

  taken(what) {
    this.keep(what, "");
    this.write(null);
    this.phone.learn({ said: { ...quiet(), taken: what } });
  }

  // ---- what the phone learns

  /** Another view: what was answered at the step before is old, and a form gives way to a vote. */
  moved(before, after) {
    if (before && whereabouts(before) !== whereabouts(after)) this.phone.learn({ said: quiet() });
    if (this.phone.knows.writing && !mayStay(after)) this.write(null);
  }

  /** His own lists may have a question or a comment whose answer was lost on the way. */
  heard({ sent = [], gallery = false, commented = [] }) {
    const comment = gallery ? this.texts.get("comment") : undefined;
    if (comment && !this.phone.knows.said.busy && commented.includes(itemWritten(comment))) this.taken("comment");
    const kept = this.texts.get("question");
    if (kept && !this.phone.knows.said.busy && sent.some(({ text }) => text === kept.text.trim())) this.taken("question");
  }
}

/** A summary goes on from what the group has reported already. */
function reported(what, knowledge) {
  const own = what === "summary" && knowledge.me && knowledge.view ? ownGroup(knowledge) : null;
  return own ? own.summary : "";
}

function isText(pair) {
  if (!Array.isArray(pair) || !pair[1]) return false;
  const [what, { text, at }] = pair;
  return ["question", "comment", "summary"].includes(what) && typeof text === "string" && typeof at === "string";
}

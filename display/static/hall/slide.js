/**
 * A view as a picture: `slide(view)` is a lit template of what the hall shows, on a stage of 1920 x 1080.
 *
 * It draws what is in the view and nothing else; the hall, and the console's small pictures, put it on a stage
 * (stage.js).  A kind that this release does not know is the emblem slate, never an error.
 */

import { agenda, blank, disposal, notHeld, recess, rollCall, slate, withheld } from "./plain.js";
import { floor, nominee, pledge, question } from "./people.js";
import { asking, result } from "./voting.js";

const KINDS = {
  agenda,
  asking,
  blank,
  business,
  disposal,
  nominee,
  not_held: notHeld,
  pledge,
  result,
  roll_call: rollCall,
  slate,
  withheld,
};

const NOBODY = { body: { zh: "", en: "" }, meeting: { zh: "", en: "" }, on: "" };

/** The lit template of `view.slide`; `now` is the server's time, for clock and timers. */
export function slide(view, now = view.at) {
  const shown = { head: NOBODY, ...view.slide };
  const draw = Object.prototype.hasOwnProperty.call(KINDS, shown.kind) ? KINDS[shown.kind] : blank;
  return draw(shown, now);
}

/** What makes one picture another one: while it stays the same only figures change, and nothing fades. */
export function identity(view) {
  const { kind, step, stage, title, name, photo, number, question: asked, closed, attempt } = view.slide;
  return JSON.stringify([kind, step, stage, title, name, photo, number, asked, closed, attempt]);
}

function business(shown, now) {
  if (shown.question) return question(shown, now);
  if (shown.step === "recess") return recess(shown, now);
  return floor(shown, now);
}

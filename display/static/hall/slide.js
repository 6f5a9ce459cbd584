/**
 * A view as a picture: `slide(view)` is a lit template of what the hall shows, on a stage of 1920 x 1080.
 *
 * It draws what is in the view and nothing else; the hall, and the console's small pictures, put it on a stage
 * (stage.js), which turns the pages where there are several.  A kind that this release does not know is the emblem
 * slate, never an error.
 */

import { certificate, groups, groupsPages, oath, oathPages, summary, summaryPages } from "./ceremony.js";
import { figures, reading, readingPages } from "./items.js";
import { material } from "./materials.js";
import { agenda, blank, disposal, recess, rollCall, slate, withheld } from "./plain.js";
import { floor, nominee, nomineePages, pledge, question } from "./people.js";
import { result, resultPages } from "./result.js";
import { asking, askingPages } from "./voting.js";

const KINDS = {
  agenda,
  asking,
  blank,
  business,
  certificate,
  disposal,
  figures,
  groups,
  material,
  nominee,
  oath,
  pledge,
  reading,
  result,
  roll_call: rollCall,
  slate,
  summary,
  withheld,
};

const PAGES = {
  asking: askingPages,
  groups: groupsPages,
  nominee: nomineePages,
  oath: oathPages,
  reading: readingPages,
  result: resultPages,
  summary: summaryPages,
};

const NOBODY = { body: { zh: "", en: "" }, meeting: { zh: "", en: "" }, on: "" };

const own = (table, kind) => (Object.prototype.hasOwnProperty.call(table, kind) ? table[kind] : null);

/**
 * The lit template of `view.slide`; `now` is the server's time, for clock and timers; `page` counts from 0; `squeeze`
 * asks for fewer rows on a page.
 */
export function slide(view, now = view.at, page = 0, squeeze = 0) {
  const shown = { head: NOBODY, ...view.slide };
  return (own(KINDS, shown.kind) || blank)(shown, now, page, squeeze);
}

/** How many pages the slide has. */
export function pages(view, squeeze = 0) {
  const count = own(PAGES, view.slide.kind);
  return count ? count(view.slide, squeeze) : 1;
}

/** Whether the slide can put fewer rows on a page. */
export function canTurn(view) {
  return own(PAGES, view.slide.kind) !== null;
}

/** What makes one picture another one: while it stays the same only figures change, and nothing fades. */
export function identity(view) {
  const { kind, step, stage, title, name, names, photo, number, question: asked, closed, attempt, round, speaker, page } = view.slide;
  const person = kind === "certificate" ? names : name;
  return JSON.stringify([kind, step, stage, title, person, photo, number, asked, closed, attempt, round, speaker, page]);
}

function business(shown, now) {
  if (shown.question) return question(shown, now);
  if (shown.step === "recess") return recess(shown, now);
  return floor(shown, now);
}

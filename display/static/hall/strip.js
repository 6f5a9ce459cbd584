/** How far an evaluation or an appointment is in its whole course: one thin line of its steps. */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../words.js";

/** `{kind, marks}`, or nothing: then nothing is drawn.  What is on now is thick, what is done is filled. */
export function course(strip) {
  if (!strip) return nothing;
  const word = (i) => t(`hall.strip.${strip.kind}.${i + 1}`);
  const step = (mark, i) =>
    html`<span class=${mark} role="listitem" aria-label=${word(i) + t(`hall.strip.${mark}`)} aria-current=${mark === "now" ? "step" : nothing}>${word(i)}</span>`;
  return html`<span class="course" role="list" aria-label=${t(`hall.strip.${strip.kind}`)}>${strip.marks.map(step)}</span>`;
}

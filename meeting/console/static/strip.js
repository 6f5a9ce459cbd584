/** How far an evaluation or an appointment is in its whole course: one line of its steps over the work. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../display/words.js";

/** `{kind, marks}` of what is on, or nothing. */
export function course(strip) {
  if (!strip) return nothing;
  const step = (mark, i) => html`<li class=${mark} aria-current=${mark === "now" ? "step" : nothing}>
    ${t(`hall.strip.${strip.kind}.${i + 1}`)}<span class="unseen">${t(`hall.strip.${mark}`)}</span>
  </li>`;
  return html`<ol class="course" id="course" aria-label=${t(`hall.strip.${strip.kind}`)}>${strip.marks.map(step)}</ol>`;
}

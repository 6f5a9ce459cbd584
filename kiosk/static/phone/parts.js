/**
 * What many screens have: a heading that can take the focus, an action bar, a whole page with one message.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { clauses, phrased } from "./phrases.js";
import { isAttendee } from "./screens.js";
import { bang } from "./shapes.js";

/** The heading of a screen; the focus comes here when the screen is new. */
export const heading = (text, kind = "title") => html`<h1 class=${kind} tabindex="-1">${clauses(text)}</h1>`;

/** The fixed bar at the foot.  `why` stands over the buttons. */
export const bar = (buttons, why = nothing) =>
  html`<footer class="bar">${why === nothing ? nothing : html`<p class="why">${why}</p>`}${buttons}</footer>`;

export function button(text, press, { second = false, off = false } = {}) {
  return html`<button type="button" class="button ${second ? "second" : ""}" ?disabled=${off} @click=${press}>${text}</button>`;
}

/** A whole page that says one thing: mark, heading, and what to do. */
export function message({ mark, tone = "", title, say: lines = [], more = nothing, foot = nothing }) {
  return html`<main class="body state">
      <div class="mark ${tone}">${mark}</div>
      ${heading(title, "big")}
      ${lines.map((line) => html`<p>${phrased(line)}</p>`)}
      ${more}
    </main>
    ${foot}`;
}

/** What was pressed and refused: the server's own sentence, or what the phone can say of the line. */
export function refusedLine({ refused }) {
  if (!refused) return nothing;
  const text = refused.say ? say(refused.say) : t(`phone.refused.${refused.code === "failed" ? "failed" : "away"}`);
  return html`<p class="refused" role="alert">${bang()}<span>${text}</span></p>`;
}

/** In which capacity he attends. */
export const attendsAs = (me) =>
  t(me.gallery ? "phone.gallery.as" : "phone.attendee.as", { kind: me.attends_as ? say(me.attends_as) : "" });

/** Name and seat, small: whose phone this is. */
export function whose({ who, me }) {
  if (!who) return nothing;
  const as = me && isAttendee(me) ? t(`phone.${me.gallery ? "gallery" : me.voter_class ? "attendee" : "present"}.short`) : t("phone.seat", { number: who.member });
  return html`<p class="whose">${who.name}<span>${as}</span></p>`;
}

/** The item's number, from a ballot's id (`ITEM-MATTER-ROUND-CLASS`). */
export function itemOf(ballot) {
  return ballot ? ballot.split("-")[0] : "";
}

/** What the vote is on, softly, under a message. */
export function matterLine({ view }) {
  const { slide, poll } = view;
  if (!poll || !slide.title) return nothing;
  return html`<div class="rule"></div>
    <p class="soft">${t("phone.item", { number: itemOf(poll.ballot) })}<br />${phrased(say(slide.title))}</p>`;
}

/** The ballot's own code, as it stands in the hall. */
export function hallCode({ codes }, ballot) {
  const code = ballot === null ? null : codes[ballot];
  if (!code) return nothing;
  return html`<dl class="code"><dt>${t("phone.code.label")}</dt><dd>${code}</dd><dd class="hint">${t("phone.code.hint")}</dd></dl>`;
}

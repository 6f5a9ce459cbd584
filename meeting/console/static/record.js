/**
 * What stands on a motion's record, as the desk that leads sees it, and the points of a pledge to be ticked off.
 *
 * What is the chair's alone stands apart, and is said to be: no other screen has it.
 */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { shape } from "./shapes.js";

const listed = (texts) => texts.join(t("console.comma"));
const lines = (pairs) =>
  pairs.filter(([, content]) => content).map(([label, content]) => html`<div><dt>${t(label)}</dt><dd>${content}</dd></div>`);

/** Everything on the record of the matter that the step is about. */
export function record(view) {
  const matter = view.matters[view.step.matter];
  if (!matter) return nothing;
  const { record: on, objections } = matter;
  const shown = lines([
    ...on.attempts.map((one) => ["console.record.exam", attempt(one)]),
    ["console.record.syllabus", listed(on.syllabus)],
    ["console.record.audit", say(on.audit)],
    ["console.record.signed", on.signed.length ? t("console.record.signed-by", { count: on.signed.length, names: listed(on.signed) }) : ""],
    ["console.record.review-on", on.review_on],
    ["console.record.objections", objections === null ? "" : t("console.record.objections-of", { count: objections })],
  ]);
  return html`${on.badges.length ? html`<ul class="panel badges">${on.badges.map(badge)}</ul>` : nothing}
    ${chairsOwn([
      ["console.record.verification", on.verification],
      ["console.record.note", on.chair_note],
    ])}
    ${shown.length ? html`<dl class="panel facts">${shown}</dl>` : nothing}`;
}

/** The case of an evaluated judge or procurator. */
export const caseOf = (view) => chairsOwn([["console.record.case", view.case]]);

function chairsOwn(pairs) {
  const shown = lines(pairs);
  if (!shown.length) return nothing;
  return html`<section class="panel chairs-own" aria-label=${t("console.record.chair")}>
    <p class="l">${t("console.record.chair")}</p>
    <dl class="facts">${shown}</dl>
  </section>`;
}

function attempt({ on, score, passed, makeup, paper }) {
  const said = t("console.record.attempt", { on, score, outcome: t(passed ? "console.record.passed" : "console.record.failed") });
  return html`<span class=${passed ? "" : "unmet"}>${said}</span>${makeup ? html` <span class="tag">${t("console.record.makeup")}</span>` : nothing}${paper
    ? html`<small>${paper}</small>`
    : nothing}`;
}

const badge = ({ label, met }) =>
  html`<li class=${met ? "" : "unmet"}>${shape(met ? "tick" : "bang")}<span>${say(label)}</span>${met ? nothing : html`<small>${t("console.record.unmet")}</small>`}</li>`;

// --- the pledge ----------------------------------------------------------------------------------------------------

/** What a pledge should speak of; ticked and unticked at will, and nothing depends on it. */
export function points(desk) {
  const { pledge_points: all, step, matters, slide } = desk.view;
  if (slide.kind === "pledge" && slide.written) return html`<p class="panel plain written">${t("console.record.written")}</p>`;
  if (!all.length || !matters[step.matter]) return nothing;
  const off = !desk.ready || !desk.may("tick_pledge_point");
  return html`<section class="panel points" aria-labelledby="points">
    <h2 id="points">${t("console.points.title")}</h2>
    <div class="row">
      ${all.map(
        ({ point, text, ticked }) => html`<button
          class="small ${ticked ? "on" : ""}"
          data-point=${point}
          aria-pressed=${ticked ? "true" : "false"}
          ?disabled=${off}
          @click=${() => desk.order({ name: "tick_pledge_point", matter: step.matter, point, done: !ticked })}
        >${ticked ? shape("tick") : nothing}<span>${say(text)}</span></button>`,
      )}
    </div>
  </section>`;
}

/** The points that were not spoken of, as a reason to have the pledge again; empty where all were, or none was ticked. */
export function missingPoints({ pledge_points: all }) {
  const missing = all.filter(({ ticked }) => !ticked);
  if (!missing.length || missing.length === all.length) return "";
  return t("console.points.missing", { points: listed(missing.map(({ text }) => say(text))) });
}

// --- options -------------------------------------------------------------------------------------------------------

/** Why each option of a selection is on the list. */
export function reasons(questions) {
  const asked = questions.find(({ reasons: given }) => given && Object.keys(given).length > 0);
  if (!asked) return nothing;
  return html`<section class="panel why-listed" aria-labelledby="why-listed">
    <h2 id="why-listed">${t("console.reasons")}</h2>
    <dl>${asked.options.map(({ key, label }) => html`<div><dt>${say(label)}</dt><dd>${say(asked.reasons[key])}</dd></div>`)}</dl>
  </section>`;
}

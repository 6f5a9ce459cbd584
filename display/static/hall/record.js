/** What members should know before they decide: a nominee's record, and why each option of a selection is listed. */

import { html, nothing, svg } from "../vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../words.js";
import { bang } from "./marks.js";
import { paged } from "./paging.js";
import { corner, dayOf, head, kicker, pageOf, place } from "./parts.js";

const MOST_LINES = 6;
/** The introduction before it may ask for fewer than this page needs. */
const CLOSEST = 1;
const MOST_REASONS = 4;

const tick = () => html`<svg class="tick" viewBox="0 0 48 48" aria-hidden="true">${svg`<path d="M8 25 19 36 40 12" fill="none" stroke="currentColor" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>`}</svg>`;

// ---- a nominee's record

/** Every line of the record that the introduction itself has no room for, each as a piece of the page. */
function lines({ attempts = [], syllabus = [], audit, signed = 0 }) {
  const found = attempts.length > 1 ? attempts.map((one) => [t("hall.record.exam"), attempt(one), one.passed]) : [];
  // The same paper again is told once.
  const papers = [...new Set(attempts.map((one) => one.paper).filter(Boolean))];
  if (found.length && papers.length) found.push([t("hall.record.paper"), papers.map((one) => html`<span class="nb">${one}</span> `), true]);
  if (syllabus.length) found.push([t("hall.record.syllabus"), syllabus.map((one) => html`<span class="nb">${one}</span> `), true]);
  if (say(audit)) found.push([t("hall.record.audit"), say(audit), true]);
  if (signed) found.push([t("hall.record.signed"), t("hall.record.signed-by", { count: signed }), true]);
  return found;
}

function attempt({ on, score, passed, makeup }) {
  const outcome = t(passed ? "hall.exam-passed" : "hall.exam-failed");
  return html`<b class="nb">${score}<small>${outcome}</small></b> <span class="nb">${dayOf(on)}</span>${makeup
    ? html` <span class="nb">${t("hall.record.makeup")}</span>`
    : nothing}`;
}

/** How many pages the record takes; 0 where the introduction says it all. */
export function recordPages({ record }, squeeze) {
  const told = record ? lines(record) : [];
  return told.length || (record && record.badges.length) ? paged(told, MOST_LINES, Math.min(squeeze, CLOSEST)).length : 0;
}

/** A page of the record; `page` counts from 0 among its own, `of` are all pages of the slide. */
export function recordPage(slide, now, page, squeeze, [number, of]) {
  const { badges } = slide.record;
  const shown = paged(lines(slide.record), MOST_LINES, Math.min(squeeze, CLOSEST))[page] || [];
  return html`${head(slide, now)}
    ${kicker(t("hall.state.record"), place(slide.place), slide.timer ? corner(slide.timer, now) : pageOf(number, of))}
    <section class="record">
      <h1 class="name">${slide.name}</h1>
      ${badges.length && !page
        ? html`<ul class="badges">${badges.map(
            ({ label, met }) => html`<li class=${met ? "" : "unmet"}>${met ? tick() : bang()}<span>${say(label)}</span>${met ? nothing : html`<small>${t("hall.record.unmet")}</small>`}</li>`,
          )}</ul>`
        : nothing}
      <dl class="facts">${shown.map(([label, text, good]) => html`<div class=${good ? "" : "failed"}><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>
    </section>`;
}

// ---- options with their reasons

const reasoned = (ask) => ask.kind === "selection" && Boolean(ask.reasons) && Object.keys(ask.reasons).length > 0;

/** On how many pages the options stand with their reasons; 0 where no reasons are given. */
export function reasonPages(ask, squeeze) {
  return reasoned(ask) ? paged(ask.options, MOST_REASONS, squeeze).length : 0;
}

/** Options with why each is listed, in the order of the paper. */
export function withReasons(ask, page, squeeze) {
  const shown = paged(ask.options, MOST_REASONS, squeeze)[page] || [];
  return html`<ol class="reasons">${shown.map(
    (one) => html`<li><b class="no">${ask.options.indexOf(one) + 1}</b><span class="tx"><b>${say(one.label)}</b><span>${say(ask.reasons[one.key])}</span></span></li>`,
  )}</ol>`;
}

/** Ceremony and the end of the day: certificate, oath, what was decided; and members in their groups. */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { language, say, t } from "../words.js";
import { arcs, emblem } from "./marks.js";
import { paged, pieces } from "./paging.js";
import { clauses, corner, dayOf, head, kicker, pageOf, place } from "./parts.js";

const MOST_LINES = 6;
const MOST_TAKERS = 12;
const MOST_GROUPS = 3;
const MOST_SIGNS = { zh: 230, en: 480 };
/** Of a summary on one page, at the smallest size that a hall can read. */

/** 任命书: it reads as the paper that is handed over. */
export function certificate(slide) {
  return html`${arcs(960)}
    <section class="certificate">
      <p class="number">${slide.number}</p>
      <h1>${t("hall.certificate")}</h1>
      <div class="redline"></div>
      <div class="says"><p>${say(slide.says)}</p></div>
      <div class="signed">
        <p>${say(slide.signed_by)}</p>
        <p>${dayOf(slide.on)}</p>
      </div>
    </section>`;
}

const others = (slide) => slide.takers.filter((name) => name !== slide.leader);

export function oathPages(slide, squeeze) {
  return paged(others(slide), MOST_TAKERS, squeeze).length;
}

/** 宪法宣誓: the text of the law; the names below change where they are many. */
export function oath(slide, now, page, squeeze) {
  const takers = paged(others(slide), MOST_TAKERS, squeeze)[page] || [];
  const one = (label, names) =>
    names.length ? html`<p>${t(label)}${names.map((name) => html`<b class="nb">${name}</b> `)}</p>` : nothing;
  return html`${arcs(960)}
    <section class="oath">
      <div class="top">${emblem()}<h1>${t("hall.state.oath")}</h1></div>
      <div class="redline"></div>
      <div class="text">${slide.lines.map((line) => html`<p>${say(line)}</p>`)}</div>
      <div class="by">${one("hall.oath-leader", slide.leader ? [slide.leader] : [])} ${one("hall.oath-takers", takers)}</div>
    </section>`;
}

export function summaryPages(slide, squeeze) {
  return paged(slide.lines, MOST_LINES, squeeze).length;
}

/** 会议成果, item by item. */
export function summary(slide, now, page, squeeze) {
  const parts = paged(slide.lines, MOST_LINES, squeeze);
  const aside = slide.timer ? corner(slide.timer, now) : pageOf(page, parts.length);
  return html`${head(slide, now)} ${kicker(say(slide.title), [t("hall.item", { number: slide.number })], aside)}
    ${slide.lines.length ? nothing : html`<section class="stand"><h1>${t("hall.no-decisions")}</h1></section>`}
    <ol class="decided">${(parts[page] || []).map(
      (line) => html`<li>
        <span class="no">${line.number}</span><span class="tx">${say(line.title)}</span><b class="st">${say(line.outcome)}</b>
      </li>`,
    )}</ol>`;
}

// ---- groups

function boards(slide, squeeze) {
  const reported = slide.groups.filter((group) => group.summary);
  const found = paged(slide.groups, MOST_GROUPS, squeeze).map((some) => [cards, some]);
  for (const group of reported) {
    const parts = pieces(group.summary, Math.floor(MOST_SIGNS[language()] / (1 + squeeze)));
    parts.forEach((text) => found.push([report, { group, text }]));
  }
  return found;
}

export function groupsPages(slide, squeeze) {
  return boards(slide, squeeze).length;
}

/** Who deliberates with whom; then what the conveners report, group by group. */
export function groups(slide, now, page, squeeze) {
  const shown = boards(slide, squeeze);
  const [draw, rows] = shown[page] || shown[0];
  const aside = slide.timer ? corner(slide.timer, now) : pageOf(page, shown.length);
  return html`${head(slide, now)} ${kicker(t(draw === report ? "hall.state.group-report" : "hall.state.groups"), place(slide.place), aside)}
    <h1 class="title">${clauses(say(slide.title), 24)}</h1>
    ${draw(rows)}`;
}

function cards(some) {
  return html`<section class="groups">${some.map(
    (group) => html`<div class="group">
      <h2>${t("hall.group", { number: group.number })}</h2>
      <p class="convener"><span>${t("hall.convener")}</span><b class="nb" data-fit="convener">${group.convener}</b></p>
      <p class="who">${group.members.filter((name) => name !== group.convener).map((name) => html`<span class="nb">${name}</span> `)}</p>
      ${group.summary ? html`<p class="told">${t("hall.group-reported")}</p>` : nothing}
    </div>`,
  )}</section>`;
}

function report({ group, text }) {
  return html`<section class="report">
    <h2>${t("hall.group", { number: group.number })}<span>${t("hall.convener")}<b class="nb">${group.convener}</b></span></h2>
    <p>${text}</p>
  </section>`;
}

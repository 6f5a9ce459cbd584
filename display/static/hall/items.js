/** Slides of single items: a motion that is read out, page by page, and what has come of something in figures. */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { language, say, t } from "../words.js";
import { pieces } from "./paging.js";
import { clauses, corner, head, kicker, pageOf, place } from "./parts.js";

const MOST_SIGNS = { zh: 150, en: 330 };
/** Of a motion on one page, at a size that the last row can read. */

/** The paragraphs in pages: a long one goes on over the page, short ones share it. */
function sheets(slide, squeeze) {
  const most = Math.floor(MOST_SIGNS[language()] / (1 + squeeze));
  const found = [[]];
  let room = most;
  for (const part of [...slide.text, ...slide.attached].flatMap((one) => pieces(say(one), most))) {
    if (part.length > room && found[found.length - 1].length) {
      found.push([]);
      room = most;
    }
    found[found.length - 1].push(part);
    room -= part.length;
  }
  return found;
}

export function readingPages(slide, squeeze) {
  return sheets(slide, squeeze).length;
}

/** A motion is read out: its title, and the text; where there is none the title stands alone. */
export function reading(slide, now, page, squeeze) {
  const shown = sheets(slide, squeeze);
  const lines = shown[page] || shown[0];
  const reader = slide.reader ? t("hall.moved-by", { name: slide.reader }) : "";
  const bar = kicker(t("hall.state.reading"), [...place(slide.place), reader], pageOf(page, shown.length));
  if (!lines.length)
    return html`${head(slide, now)} ${bar}
      <section class="stand"><h1>${clauses(say(slide.title), 18)}</h1></section>`;
  return html`${head(slide, now)} ${bar}
    <h1 class="title">${clauses(say(slide.title), 24)}</h1>
    <section class="motion">${lines.map((line) => html`<p>${line}</p>`)}</section>`;
}

/** Rates large, and below them what they are made of. */
export function figures(slide, now) {
  const tile = (group) => ({ label, value }) => html`<div class="mark">
    <p class="l" data-fit="${group}-label">${say(label)}</p>
    <p class="v" data-fit="${group}">${value}</p>
  </div>`;
  const speaks = slide.speaker ? html`<p class="by"><span>${say(slide.role) || t("hall.reports")}</span><b class="nb">${slide.speaker}</b></p>` : nothing;
  return html`${head(slide, now)} ${kicker(say(slide.detail) || t(`hall.state.${slide.step}`), place(slide.place), corner(slide.timer, now))}
    <h1 class="title">${clauses(say(slide.title), 24)}</h1>
    ${speaks}
    <section class="rates">${slide.rates.map(tile("rate"))}</section>
    <section class="tiles small">${slide.figures.map(tile("figure"))}</section>`;
}

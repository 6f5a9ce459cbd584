/** Slides of the sitting as such: gathering, agenda, notices, what is not shown, the end. */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../words.js";
import { arcs, emblem } from "./marks.js";
import { clauses, corner, dayOf, filmed, head, kicker, phrases, place, title } from "./parts.js";

/** Members gather: who meets, when, how many are here, how to come in. */
export function rollCall(slide) {
  const stats = [
    ["due", slide.due, ""],
    ["present", slide.present, ""],
    ["on-leave", slide.on_leave, "dim"],
    ["absent", slide.absent, "dim"],
  ];
  return ceremonial(
    1500,
    html`<section class="slate">
      <div class="words">
        ${names(slide)}
        <p class="when">${day(slide.head.on, slide.begins)}<br />${say(slide.venue)}</p>
        <div class="stats">${stats.map(
          ([key, figure, tone]) => html`<div class="stat ${tone}"><p class="l">${t(`hall.stat.${key}`)}</p><p class="n">${figure}</p></div>`,
        )}</div>
        <p class="quorum">${slide.present >= slide.needed ? t("hall.quorate") : t("hall.not-quorate", { needed: slide.needed })}${slide.others && slide.others.zh ? html`\u3000${say(slide.others)}` : nothing}${filmed(slide)}</p>
      </div>
      ${join()}
    </section>`,
  );
}

/** Between and after: the meeting's name; closed, without the way in. */
export function slate(slide) {
  return ceremonial(
    1500,
    html`<section class="slate">
      <div class="words">
        ${names(slide)}
        <p class="when">${day(slide.head.on, "")}<br />${say(slide.venue)}${filmed(slide)}</p>
        ${slide.closed ? html`<p class="adjourned">${t("hall.adjourned")}</p>` : nothing}
      </div>
      ${slide.closed ? nothing : join()}
    </section>`,
  );
}

function names(slide) {
  return html`<h1><span>${phrases(say(slide.head.body), 13)}</span> <span class="meeting">${say(slide.head.meeting)}</span></h1>
    <div class="redline"></div>`;
}

function join() {
  return html`<aside class="join">
    <div class="card"><img src="/join.svg" alt="" /></div>
    <p class="t">${t("hall.scan")}</p>
    <p class="d">${t("hall.scan-card")}</p>
  </aside>`;
}

/** The day in words, with the weekday; `begins` is `HH:MM`. */
function day(on, begins) {
  const text = dayOf(on, { weekday: "long" });
  return text && begins ? `${text} ${begins}` : text || begins;
}

/** Nothing is shown on purpose, or the line has been gone for long. */
export function blank(slide) {
  return ceremonial(
    960,
    html`<section class="blank">
      ${emblem()}
      <h1>${phrases(say(slide.head.body), 16)}</h1>
      <div class="redline"></div>
      <p>${say(slide.head.meeting)}</p>
      <p class="filmed">${filmed(slide)}</p>
    </section>`,
  );
}

function ceremonial(centre, content) {
  return html`${arcs(centre)}${content}`;
}

const ROOM = { height: 752, line: 84, second: 60, current: 132, width: 1340 };
/** Pixels of the list on the stage, at the sizes of hall.css. */

/** The day's items on pages; the page of the current item is shown. */
export function agenda(slide, now) {
  const pages = paged(slide.items);
  const index = Math.max(0, pages.findIndex((page) => page.some((line) => line.number === slide.number)));
  const page = pages[index] || [];
  const done = page.length ? page[0].number - 1 : 0;
  return html`${head(slide, now)}
    <div class="agenda-head">
      <h1>${t("hall.agenda")}</h1>
      <p ?hidden=${Boolean(slide.timer)}>${done > 0 ? html`<span>${t("hall.items-before", { number: done })}</span>` : nothing}${
        pages.length > 1 ? html`<span>${t("hall.page", { page: index + 1, pages: pages.length })}</span>` : nothing
      }</p>
      ${corner(slide.timer, now)}
    </div>
    <ol class="agenda">${page.map(
      (line) => html`<li class="${line.mark === "ahead" ? "" : line.mark === "now" ? "now" : "done"}">
        <span class="no">${line.number}</span><span class="tx">${say(line.title)}</span>
        <span class="st">${line.mark === "ahead" ? "" : t(`hall.mark.${line.mark}`)}</span>
      </li>`,
    )}</ol>`;
}

function paged(items) {
  const pages = [];
  let room = 0;
  for (const line of items) {
    const height = tall(line);
    if (!pages.length || height > room) {
      pages.push([]);
      room = ROOM.height - (ROOM.current - ROOM.line);
    }
    pages[pages.length - 1].push(line);
    room -= height;
  }
  return pages;
}

function tall(line) {
  const size = line.mark === "now" ? 60 : 48;
  let width = 0;
  for (const sign of say(line.title)) width += sign.codePointAt(0) > 0x2e80 ? size : size * 0.53;
  return ROOM.line + (Math.ceil(width / ROOM.width) - 1) * ROOM.second;
}

/** A matter has ended without a vote. */
export function disposal(slide, now) {
  return html`${head(slide, now)} ${kicker(t("hall.state.disposal"), place(slide.place))} ${title(slide.title)}
    <section class="notice">
      <p class="verdict">${t(`hall.disposal.${slide.outcome}`)}</p>
      <p class="because">${clauses(say(slide.notice), 26)}</p>
    </section>`;
}

/** The sitting rests. */
export function recess(slide, now) {
  return html`${head(slide, now)} ${kicker(t("hall.state.recess"), place(slide.place))}
    <section class="stand recess"><h1>${t("hall.recess")}</h1><p>${say(slide.detail)}</p></section>
    ${corner(slide.timer, now)}`;
}

/** Something goes on that is not for this audience. */
export function withheld(slide, now) {
  return html`${head(slide, now)}
    <section class="notice"><p class="because">${clauses(say(slide.sentence), 26)}</p></section>`;
}

/**
 * A declared result, from the base to the verdict; everything on a page appears at once.
 *
 * One page for what decides, then as many as it takes for what stands beside it: the grades of a score sheet's paper,
 * the classes that only advise, the names of an open vote.
 */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../words.js";
import { bar, shape } from "./marks.js";
import { paged } from "./paging.js";
import { clauses, head, kicker, manner, pageOf, place, title } from "./parts.js";
import { ballotRows, gradeRows, sheetRows } from "./rows.js";

const CHOICES = ["for", "against", "abstain"];
const MOST_ROWS = 6;
const MOST_NAMES = 36;
const MOST_CLASSES = 4;
const SHORT = 4;
/** A label so long at most leaves the base line room for an invalid count of 0. */

const APART = 2;
/** Squeezed so often, the sentence has a page of its own. */

/** Every page of the result as `[draw, rows]`, the one that decides first. */
function boards(slide, squeeze) {
  const last = slide.questions[slide.questions.length - 1] || null;
  const sheet = slide.questions.find((one) => one.kind === "score");
  const found = [];
  if (sheet) for (const rows of paged(Object.keys(sheet.labels), MOST_ROWS, squeeze)) found.push([sheetBoard, { sheet, rows }]);
  if (!last || last.kind === "motion") found.push([motionBoard, null]);
  else if (last.kind === "grade") found.push([gradeBoard, last]);
  else if (last.kind !== "score") for (const rows of paged(ranked(last), MOST_ROWS, squeeze)) found.push([ballotBoard, { last, rows }]);
  if (apart(slide, squeeze)) found.push([sentenceBoard, last]);
  for (const some of slide.advisory.length ? paged(slide.advisory, MOST_CLASSES, squeeze) : []) found.push([adviceBoard, some]);
  for (const [question, answers] of Object.entries(slide.names || {})) {
    for (const some of namePages(answers, squeeze)) found.push([namesBoard, { question, some }]);
  }
  return found;
}

function apart(slide, squeeze) {
  const last = slide.questions[slide.questions.length - 1];
  return squeeze >= APART && Boolean(last) && last.kind !== "motion" && last.kind !== "score";
}

export function resultPages(slide, squeeze) {
  return boards(slide, squeeze).length;
}

export function result(slide, now, page, squeeze) {
  const shown = boards(slide, squeeze);
  const [draw, rows] = shown[page] || shown[0];
  const [item] = place(slide.place);
  const checked = slide.checked === null || page ? nothing : t("hall.checked", { count: slide.checked, issued: slide.issued });
  const round = slide.contest ? t(`hall.contest.${slide.contest}`) : "";
  const aside = shown.length > 1 ? pageOf(page, shown.length) : checked;
  return html`${head(slide, now)}
    ${kicker(t(stateOf(slide, draw)), [item, manner(slide, slide.questions), round], aside)} ${title(slide.title)}
    ${draw(slide, rows, apart(slide, squeeze))}`;
}

function stateOf(slide, draw) {
  if (draw === adviceBoard) return "hall.state.advice";
  if (draw === namesBoard) return "hall.state.names";
  if (draw === sheetBoard) return "hall.state.result-score";
  const last = slide.questions[slide.questions.length - 1];
  return last && last.kind !== "motion" ? `hall.state.result-${last.kind}` : "hall.state.result";
}

// ---- what stands on every board

function base(slide, more = []) {
  const needed = slide.needed === null ? [] : [["needed", slide.needed]];
  const pairs = [["all", slide.all_members], ...needed, ["present", slide.present]];
  if (slide.recused) pairs.push(["recused", slide.recused]);
  const papers = [["issued", slide.issued], ["returned", slide.returned], ["valid", slide.valid], ["invalid", slide.invalid]];
  const returned = slide.visibility === "secret" ? papers : [["entitled", slide.issued], ["voted", slide.returned]];
  const told = [...pairs, ...returned].map(([key, figure]) => [key, t(`hall.base.${key}`), figure]);
  const full = more.some(([, label]) => label.length > SHORT);
  return html`<p class="base ${full ? "full" : ""}">${[...told, ...more].map(
    ([key, label, figure]) => html`<span class="${key} ${key === "invalid" && !figure ? "zero" : ""}">${label}<b>${figure}</b></span>`,
  )}</p>`;
}

function band(verdict, need, said, bars = nothing, concluded = "") {
  return html`<section class="band">
    <p class="verdict ${verdict.length > 3 ? "long" : ""} ${concluded ? "concludes" : ""}"><span data-fit>${verdict}</span>${concluded ? html`<span class="concluded">${concluded}</span>` : nothing}</p>
    <div class="why">
      ${need ? html`<p class="need">${need}</p>` : nothing} ${bars}
      <p class="said">${said}</p>
    </div>
  </section>`;
}

const said = (slide) => clauses(say(slide.said), 25);

// ---- a motion: four tiles against the pass line

function motionBoard(slide) {
  const { counts, whole } = slide;
  const tiles = [...CHOICES.map((choice) => [choice, counts[choice] || 0]), ["novote", slide.not_returned]];
  const need = html`<span>${t("hall.vote.for")} <b>${counts.for || 0}</b></span><span>${say(slide.line)} <b>${slide.needed}</b></span>`;
  const bars = bar(whole ? (counts.for || 0) / whole : 0, "for", whole && slide.needed !== null ? slide.needed / whole : null);
  return html`${base(slide)}
    <div class="tiles">${tiles.map(
      ([vote, figure]) => html`<div class="tile ${vote}">
        <p class="name">${shape(vote)}<span data-fit="vote">${t(`hall.vote.${vote}`)}</span></p>
        <p class="n" data-fit="count">${figure}</p>
      </div>`,
    )}</div>
    ${band(t(`hall.outcome.${slide.outcome}`), need, say(slide.said), bars)}`;
}

// ---- grades: stairs against the pass line

const rate = (one) => (one.rate === null ? [] : [["rate", say(one.rate_label), `${one.rate.toFixed(1)}%`]]);
/** Beside the bases where there is room, else behind the sentence. */
const ROOM = 8;
const graded = (one) => say(one.labels[one.grade]);
/** That the report is adopted, or not; empty where a grade concludes nothing. */
const concluded = (one) => (one.concluded ? say(one.concluded) : "");

function gradeBoard(slide, grade, alone) {
  const [told] = rate(grade);
  const beside = told && told[1].length <= ROOM;
  const behind = told && !beside ? html` <span class="nb">${told[1]} ${told[2]}</span>` : nothing;
  return html`${base(slide, beside ? [told] : [])} ${gradeRows(grade, slide)}
    ${band(graded(grade), html`<span class="whole" data-fit>${say(grade.because)}</span>`, alone ? nothing : html`${said(slide)}${behind}`, nothing, concluded(grade))}`;
}

// ---- score sheets, with the grade of the same paper

function sheetBoard(slide, { sheet, rows }, alone) {
  const last = slide.questions[slide.questions.length - 1];
  const overall = sheet.overall === null ? t("hall.no-score") : sheet.overall.toFixed(1);
  const need = html`<span>${t("hall.overall")} <b>${overall}</b></span><span>${t("hall.valid-sheets")} <b>${sheet.valid}</b></span>`;
  const own = sheet.passed === undefined || sheet.passed === null ? overall : t(sheet.passed ? "hall.passed" : "hall.not-passed");
  return html`${sheetRows(sheet, rows)}
    ${last === sheet ? band(own, need, "") : band(graded(last), need, alone ? nothing : said(slide), nothing, concluded(last))}`;
}

// ---- elections and selections

/** Candidates in their order, options by their votes. */
function ranked(question) {
  const names = Object.keys(question.votes);
  if (question.kind === "election") return names;
  return names.map((name, index) => [name, index]).sort(([a, i], [b, j]) => question.votes[b] - question.votes[a] || i - j).map(([name]) => name);
}

function ballotBoard(slide, { last, rows }, alone) {
  const election = last.kind === "election";
  const places = election ? last.seats : last.choose;
  const filled = (election ? last.elected : last.selected).length;
  const need = html`<span>${t(election ? "hall.filled-seats" : "hall.filled-places", { places, filled })}</span>${
    slide.next_names.length && slide.next === "further" ? html`<span>${t("hall.next-candidates", { names: slide.next_names.join(t("hall.list")) })}</span>` : nothing
  }`;
  return html`${base(slide)} ${ballotRows(last, rows, ranked(last), slide)} ${band(verdictOf(slide), need, alone ? nothing : said(slide))}`;
}

function verdictOf(slide) {
  return slide.next ? t(`hall.next.${slide.next}`) : t(`hall.outcome.${slide.outcome}`);
}

/** The sentence by itself, where it is too long for the board. */
function sentenceBoard(slide, last) {
  const [told] = last.kind === "grade" ? rate(last) : [];
  return html`<section class="notice">
    <p class="verdict">${last.kind === "grade" ? graded(last) : verdictOf(slide)}${
      last.kind === "grade" && concluded(last) ? html`<span class="concluded">${concluded(last)}</span>` : nothing
    }</p>
    <p class="because">${said(slide)}${told ? html` ${told[1]} ${told[2]}` : nothing}</p>
  </section>`;
}

// ---- what stands beside the result

function adviceBoard(slide, classes) {
  return html`<p class="lead">${t("hall.advice-lead")}</p>
    <section class="cards">${classes.map(
      (one) => html`<div class="card-row">
        <h2>${say(one.label)}</h2>
        <p class="turn">${t("hall.base.issued")} <b>${one.issued}</b><i></i>${t("hall.base.returned")} <b>${one.returned}</b></p>
        <p class="pairs">${one.questions.map((question) => pairs(question))}</p>
      </div>`,
    )}</section>`;
}

function pairs(question) {
  const shown = (label, figure) => html`<span class="nb">${label} <b>${figure}</b></span> `;
  if (question.kind === "score") return question.overall === null ? nothing : shown(t("hall.overall"), question.overall.toFixed(1));
  if (question.kind === "motion") return CHOICES.map((choice) => shown(t(`hall.vote.${choice}`), question.counts[choice]));
  const figures = question.counts || question.votes;
  return Object.keys(figures).map((key) => shown(say(question.labels[key]), figures[key]));
}

/** The names of an open vote in pages: an answer's names follow each other, a new page repeats its head. */
function namePages(answers, squeeze) {
  const pages = [];
  const most = paged(Array.from({ length: MOST_NAMES }), MOST_NAMES, squeeze)[0].length;
  let room = 0;
  for (const [answer, names] of Object.entries(answers)) {
    for (const some of names.length ? paged(names, most) : []) {
      if (some.length > room) {
        pages.push([]);
        room = most;
      }
      pages[pages.length - 1].push([answer, some, names.length]);
      room -= Math.max(some.length, 6);
    }
  }
  return pages;
}

function namesBoard(slide, { question, some }) {
  const asked = slide.questions.find((one) => one.id === question);
  const called = (answer) => (CHOICES.includes(answer) ? t(`hall.vote.${answer}`) : asked && asked.labels[answer] ? say(asked.labels[answer]) : answer);
  return html`<section class="voters">${some.map(
    ([answer, names, all]) => html`<div class="by ${answer}">
      <h2>${CHOICES.includes(answer) ? shape(answer) : nothing}<span>${called(answer)}</span><b>${all}</b></h2>
      <p>${names.map((name) => html`<span class="nb">${name}</span> `)}</p>
    </div>`,
  )}</section>`;
}

/** Slides of a vote before its result: about to be put, under way, being counted, void.  There are only counts. */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../words.js";
import { bang, bar, shape } from "./marks.js";
import { paged } from "./paging.js";
import { reasonPages, withReasons } from "./record.js";
import { clauses, code, countdown, head, kicker, manner, pageOf, place, sort, title } from "./parts.js";

const CHOICES = ["for", "against", "abstain"];
const MOST_NAMES = 8;
const MOST_CRITERIA = 6;
const MOST_CLASSES = 2;

/** The question that decides: the last one on the paper. */
const deciding = (slide) => slide.ask[slide.ask.length - 1] || { kind: "motion" };

/** A poll from its preparation to its counting. */
export function asking(slide, now, page, squeeze) {
  const [item, person] = place(slide.place);
  const prepared = slide.stage === "prepared";
  return html`${head(slide, now)}
    ${kicker(
      state(slide),
      [item, manner(slide, slide.ask), contest(slide), prepared ? person : ""],
      pageOf(page, askingPages(slide, squeeze)),
    )}
    ${title(slide.title)} ${slide.fault && slide.stage !== "void" ? fault() : nothing}
    ${(STAGES[slide.stage] || (slide.hands ? call : turnout))(slide, now, page, squeeze)}
    <p class="foot"><span>${foot(slide)}</span>${code(slide.code)}</p>`;
}

function state(slide) {
  if (slide.stage === "prepared" || slide.stage === "open") return t(`hall.state.${slide.stage}${sort(slide.ask)}`);
  return t(`hall.state.${slide.stage === "closing" ? "closing-vote" : slide.stage}`);
}

/** A later round of an election or selection. */
function contest(slide) {
  return slide.contest ? t(`hall.contest.${slide.contest}`) : "";
}

function fault() {
  return html`<p class="fault">${bang()}<span>${t("hall.fault")}</span></p>`;
}

/** On how many pages the slide stands. */
export function askingPages(slide, squeeze) {
  if (slide.stage === "void") return 1;
  if (slide.stage !== "prepared") {
    return slide.hands && slide.stage === "open" ? paged(calls(slide), MOST_NAMES, squeeze).length : 1;
  }
  const sheet = slide.ask.find((one) => one.kind === "score");
  if (sheet) return paged(sheet.criteria, MOST_CRITERIA, squeeze).length;
  return reasonPages(deciding(slide), squeeze) || paged(offered(deciding(slide)), MOST_NAMES, squeeze).length;
}

const offered = (ask) => ask.candidates || ask.options || [];

function foot(slide) {
  const { kind } = deciding(slide);
  if (slide.stage === "prepared") {
    if (slide.again && !slide.fault) return t("hall.held-again");
    if (slide.hands) return t("hall.by-hands");
    if (slide.visibility === "open") return t("hall.open-vote");
    return t(slide.box_seen ? "hall.box-seen" : "hall.empty-box");
  }
  if (slide.hands) return t(slide.stage === "void" ? "hall.foot.void" : slide.stage === "open" ? "hall.foot.hands" : "hall.foot.wait");
  if (slide.stage === "open" && slide.ask.some((one) => one.kind === "score")) return t("hall.foot.open-score");
  return t(slide.stage === "open" && kind !== "motion" && kind !== "grade" ? `hall.foot.open-${kind}` : `hall.foot.${slide.stage}`);
}

// ---- about to be put

function armed(slide, now, page, squeeze) {
  return html`${offer(slide, page, squeeze)}
    <dl class="rules">
      <div><dt>${t("hall.voters")}</dt><dd>${voters(slide)}</dd></div>
      ${rules(slide).map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}
      ${slide.visibility === "secret"
        ? html`<div><dt>${t("hall.issued")}</dt><dd><b>${slide.issued}</b> / ${slide.entitled}</dd></div>`
        : nothing}
    </dl>`;
}

/** What can be answered, in the order of the paper. */
function offer(slide, page, squeeze) {
  const sheet = slide.ask.find((one) => one.kind === "score");
  const ask = deciding(slide);
  if (sheet) return criteria(sheet, page, squeeze);
  if (ask.kind === "grade") {
    return html`<div class="choices">${ask.scale.map(
      (grade) => html`<div class="choice word"><span data-fit="choice">${say(grade.label)}</span></div>`,
    )}</div>`;
  }
  if (ask.kind === "motion") {
    return html`<div class="choices">${CHOICES.map(
      (choice) => html`<div class="choice ${choice}">${shape(choice)}<span data-fit="choice">${t(`hall.vote.${choice}`)}</span></div>`,
    )}</div>`;
  }
  if (reasonPages(ask, squeeze)) return withReasons(ask, page, squeeze);
  const names = paged(offered(ask), MOST_NAMES, squeeze)[page] || [];
  return html`<ul class="offer ${ask.kind} many-${names.length > 4 ? 8 : names.length}">${names.map(
    (one) => html`<li><span data-fit="offer">${say(one.label)}</span></li>`,
  )}</ul>`;
}

function criteria(sheet, page, squeeze) {
  const parts = paged(sheet.criteria.map((one, index) => [index + 1, one]), MOST_CRITERIA, squeeze);
  return html`<section class="rows sheet plain">${(parts[page] || []).map(
    ([number, one]) => html`<div class="row"><p class="no">${number}</p><p class="k">${say(one.label)}</p><p class="v small">${sheet.min}–${sheet.max}</p></div>`,
  )}</section>`;
}

/** What it takes, and how many may be chosen. */
function rules(slide) {
  const ask = deciding(slide);
  const line = slide.line.zh ? html`${say(slide.line)} ${slide.needed === null ? nothing : html`<b>${t("hall.votes", { needed: slide.needed })}</b>`}` : t("hall.most-votes");
  const found = [];
  if (ask.kind === "motion") found.push([t("hall.to-carry"), line]);
  if (ask.kind === "grade" && slide.ask.length > 1) found.push([t("hall.then-grade"), ask.scale.map((one) => say(one.label)).join(t("hall.list"))]);
  if (ask.kind === "grade" && ask.concludes && say(ask.concludes)) found.push([t("hall.concludes"), clauses(say(ask.concludes), 26)]);
  if (ask.kind === "election") {
    const other = ask.write_in ? t("hall.write-in") : "";
    found.push([t("hall.seats"), html`<b>${t("hall.seats-of", { seats: ask.seats })}</b> <span class="nb">${other}</span>`]);
    found.push([t("hall.to-be-elected"), line]);
  }
  if (ask.kind === "selection") {
    found.push([t("hall.to-choose"), html`<b>${t("hall.choose-of", { choose: ask.choose, of: ask.options.length })}</b>`]);
  }
  if (slide.advising.length) {
    const who = classes(slide).map((one) => t("hall.advising-one", one));
    found.push([t("hall.advising"), who.join(t("hall.list"))]);
  }
  return found;
}

function voters(slide) {
  const bases = { all: slide.all_members, present: slide.present, recused: slide.recused };
  return html`<b>${slide.entitled}</b> <span class="nb">${t("hall.bases", bases)}</span>`;
}

// ---- under way

function turnout(slide, now) {
  const whole = slide.visibility === "secret" ? slide.issued : slide.entitled;
  const running = slide.stage === "open" && slide.timer ? countdown(slide.timer, now) : null;
  const end = running ? [running.word, running.time] : ["", slide.stage === "open" ? "" : t(`hall.turnout.${slide.stage}`)];
  // So few vote in secret that how many are in is told once all are.
  const untold = slide.returned === null;
  return html`<section class="turnout ${whole > 999 ? "wide" : ""}">
      <div><p class="l">${t("hall.received")}</p><p class="n">${untold ? "—" : slide.returned}</p></div>
      <svg class="slash" viewBox="0 0 120 250" aria-hidden="true"><path d="M96 8 24 242" /></svg>
      <div><p class="l">${t(slide.visibility === "secret" ? "hall.issued" : "hall.voters")}</p><p class="n of">${whole}</p></div>
      <div class="end ${running ? running.tone : ""}"><p class="l">${end[0]}</p><p class="n ${running ? "" : "word"}">${end[1]}</p></div>
    </section>
    ${untold ? nothing : html`<div class="turnbar">${bar(whole ? slide.returned / whole : 0, "neutral")}</div>`}
    ${advising(slide)}`;
}

/** Those whose answers are advice, by themselves. */
function advising(slide) {
  if (!slide.advising.length) return nothing;
  return html`<p class="advising">${t("hall.advising")}${classes(slide).map(
    (one) => html`<span>${one.who} ${one.returned === null ? t("hall.voting") : html`<b>${one.returned}</b> / ${one.issued || one.entitled}`}</span>`,
  )}</p>`;
}

/** The classes that advise; together where they are many. */
function classes({ advising: all }) {
  if (all.length <= MOST_CLASSES) return all.map((one) => ({ ...one, who: say(one.label) }));
  const sum = (key) => (all.some((one) => one[key] === null) ? null : all.reduce((before, one) => before + one[key], 0));
  return [{ who: t("hall.attendees"), entitled: sum("entitled"), issued: sum("issued"), returned: sum("returned") }];
}

/** Raised hands: what is called, one after the other.  What was counted is not shown before it is confirmed. */
function call(slide, now, page, squeeze) {
  if (slide.stage !== "open") {
    return html`<section class="notice"><p class="verdict">${t(`hall.turnout.${slide.stage === "held" ? "held" : "hands"}`)}</p></section>`;
  }
  const shown = paged(calls(slide), MOST_NAMES, squeeze)[page] || [];
  return html`<ol class="calls">${shown.map(
    ([mark, text]) => html`<li>${mark ? shape(mark) : html`<span class="dot"></span>`}<span>${text}</span></li>`,
  )}</ol>`;
}

function calls(slide) {
  const found = [];
  for (const ask of slide.ask) {
    if (ask.kind === "motion") for (const choice of CHOICES) found.push([choice, t(`hall.hands.${choice}`)]);
    for (const one of ask.scale || offered(ask)) found.push(["", t(`hall.hands.${ask.kind}`, { name: say(one.label) })]);
    if (ask.write_in) found.push(["", t("hall.hands.write-in")]);
  }
  return found;
}

function voided() {
  return html`<section class="notice">
    <p class="verdict">${t("hall.void")}</p>
    <p class="because">${t("hall.void-because")}</p>
  </section>`;
}

const STAGES = { prepared: armed, void: voided };

/** Rows with bars: grades as stairs against the pass line, scores by criterion, votes by name. */

import { html, nothing, svg } from "../vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../words.js";

const LONG_NAME = 7;
/** A name longer than this has its mark beneath it. */

/** A bar from `from` to `to` of its whole length (0 to 1), over a thin lead where it begins later, with a line at `line`. */
function track({ from = 0, to, line = null }) {
  const [start, end] = [clamp(from), Math.max(clamp(from), clamp(to))];
  return html`<svg class="track" aria-hidden="true">
    <rect class="ground" y="50%" width="100%" rx="4" />
    ${start > 0 ? svg`<rect class="before" y="50%" width="${percent(start)}"/>` : nothing}
    <rect class="filled" x="${percent(start)}" y="50%" width="${percent(end - start)}" rx="4" />
    ${line === null ? nothing : svg`<rect class="line" x="${percent(clamp(line))}" height="100%"/>`}
  </svg>`;
}

const percent = (share) => `${(share * 100).toFixed(3)}%`;
const clamp = (share) => Math.max(0, Math.min(1, share));

/** Under the rows: what the line is, at its place. */
function passMark(slide) {
  if (slide.needed === null || !slide.whole) return nothing;
  const share = slide.needed / slide.whole;
  const anchor = share > 0.75 ? "end" : share < 0.25 ? "start" : "middle";
  return html`<div class="passmark">
    <span class="k"></span>
    <svg class="b" aria-hidden="false"><text x="${percent(clamp(share))}" y="44" text-anchor="${anchor}">${say(slide.line)} ${slide.needed}</text></svg>
    <span class="v"></span>
  </div>`;
}

/** From where to where each grade's bar goes: a stair begins where the better grades end. */
function stepped(question) {
  let sum = 0;
  return Object.keys(question.labels).map((grade) => {
    const from = question.rule === "share_bands" ? 0 : sum;
    sum += question.counts[grade];
    return [grade, from, from + question.counts[grade]];
  });
}

export function gradeRows(question, slide) {
  const cumulative = question.rule !== "share_bands";
  const whole = (cumulative ? slide.whole : question.valid) || 1;
  const line = cumulative && slide.needed !== null ? slide.needed / whole : null;
  return html`<section class="rows ${Object.keys(question.labels).length > 3 ? "four" : ""}">
    ${stepped(question).map(
      ([grade, from, to]) => html`<div class="row ${grade === question.grade ? "chosen" : ""}">
        <p class="k"><span data-fit="k">${say(question.labels[grade])}</span></p>
        <div class="b">${track({ from: from / whole, to: to / whole, line })}</div>
        <p class="v">${question.counts[grade]}</p>
      </div>`,
    )}
    ${cumulative ? passMark(slide) : nothing}
  </section>`;
}

export function sheetRows(sheet, rows) {
  const all = Object.keys(sheet.labels);
  return html`<section class="rows sheet">${rows.map(
    (key) => html`<div class="row">
      <p class="no">${all.indexOf(key) + 1}</p>
      <p class="k">${say(sheet.labels[key])}</p>
      <div class="b">${sheet.means ? track({ to: sheet.means[key] / sheet.max }) : nothing}</div>
      <p class="v">${sheet.means ? sheet.means[key].toFixed(1) : "\u2014"}</p>
    </div>`,
  )}</section>`;
}

/** Votes by name: who is in, who is tied, who was written in; against and abstained where there were candidates. */
export function ballotRows(question, rows, all, slide) {
  const election = question.kind === "election";
  const winners = election ? question.elected : question.selected;
  const line = slide.needed !== null && slide.whole ? slide.needed / slide.whole : null;
  const whole = (line === null ? question.valid : slide.whole) || 1;
  const written = (name) => election && !(name in question.against);
  const mark = (name) => {
    if (winners.includes(name)) return html`<b class="in">${t(election ? "hall.elected" : "hall.selected")}</b>`;
    if (question.tied.includes(name)) return html`<b class="tied">${t("hall.tied")}</b>`;
    return written(name) ? html`<small>${t("hall.written-in")}</small>` : nothing;
  };
  const wide = all.some((name) => say(question.labels[name]).length > LONG_NAME);
  return html`<section class="rows names ${rows.length > 4 ? "dense" : ""} ${election ? (wide ? "wide" : "") : "ranking"}">
    ${rows.map(
      (name) => html`<div class="row ${winners.includes(name) ? "chosen" : ""}">
        ${election ? nothing : html`<p class="no">${all.indexOf(name) + 1}</p>`}
        <p class="k"><span data-fit="k">${say(question.labels[name])}</span>${mark(name)}</p>
        <div class="b">${track({ to: question.votes[name] / whole, line: election ? line : null })}</div>
        ${election
          ? html`<p class="rest">${written(name)
              ? nothing
              : html`<span>${t("hall.vote.against")} <b>${question.against[name]}</b></span><span>${t("hall.vote.abstain")} <b>${question.abstain[name]}</b></span>`}</p>`
          : nothing}
        <p class="v">${question.votes[name]}</p>
      </div>`,
    )}
    ${election ? passMark(slide) : nothing}
  </section>`;
}

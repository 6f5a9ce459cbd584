/**
 * A counted poll, question by question, as desks show it: dense, and with every number that is on the record.
 *
 * Grades, candidates and options are neutral; green, red and yellow belong to for, against and abstain.
 */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { bar, shape } from "./shapes.js";

const CHOICES = ["for", "against", "abstain"];
const BODIES = { motion, grade, score, election, selection };

/** The papers and the answers of `result`; `asked` tells its visibility and what is needed. */
export function resultPanel(result, asked) {
  const { questions } = result;
  const several = questions.length > 1;
  const line = html`<div class="line">
    ${figuresOf(result, asked).map(([label, number]) => html`<span>${label} <b>${number}</b></span>`)}
    <span class="vd ${say(result.verdict).length > 6 ? "long" : ""}">${say(result.verdict)}</span>
  </div>`;
  // Four tiles are seen at a glance; where there is more, what it comes to stands first.
  const first = several || questions[0].kind !== "motion";
  return html`<section class="panel votes ${first ? "verdict-first" : ""} ${isDense(result) ? "dense" : ""}" aria-label=${t("console.result.title")}>
    ${first ? line : nothing}
    ${questions.map((one) => html`${several ? html`<h2 class="part">${t(`console.kind.${one.kind}`)}</h2>` : nothing}${BODIES[one.kind](one, result)}`)}
    ${first ? nothing : line}
  </section>`;
}

/** A score sheet has more rows than there is room for over what the chair reads out: it is set narrow, beside that. */
export const isDense = ({ questions }) => questions.some((one) => one.kind === "score");

/** What a class that only advises answered: one line a class. */
export function advicePanel(classes) {
  const known = classes.filter((one) => one.result);
  if (!known.length) return nothing;
  return html`<section class="panel advice"><dl>
    ${known.map(
      ({ label, result }) => html`<div>
        <dt>${say(label)}</dt>
        <dd>
          <span>${t("console.vote.of", { n: result.returned, all: result.issued })}</span>${result.questions.map((one) => short(one))}
        </dd>
      </div>`,
    )}
    </dl>
    <p class="soft">${t("console.result.advice")}</p>
  </section>`;
}

function short(question) {
  return pairs(question).map(([label, number]) => html`<span>${label} <b>${number}</b></span>`);
}

/** Every answer of a question with its number, in the order of the paper. */
export function pairs(question) {
  const labelled = (key) => (question.labels[key] ? say(question.labels[key]) : key);
  switch (question.kind) {
    case "motion":
      return CHOICES.map((kind) => [t(`console.choice.${kind}`), question.counts[kind]]);
    case "grade":
      return Object.keys(question.counts).map((key) => [labelled(key), question.counts[key]]);
    case "score":
      return [...Object.keys(question.means || {}).map((key) => [labelled(key), one(question.means[key])]), [t("console.result.overall"), one(question.overall)]];
    default:
      return Object.keys(question.votes).map((key) => [labelled(key), question.votes[key]]);
  }
}

/** The papers of a vote; raised hands and open votes have none to issue. */
export function figuresOf(result, asked) {
  const secret = asked.visibility === "secret";
  const last = result.questions[result.questions.length - 1];
  const found = [
    [t(secret ? "console.vote.issued" : "console.equation.entitled"), result.issued],
    [t(secret ? "console.vote.returned-short" : "console.vote.voted"), result.returned],
    [t("console.equation.valid"), last.valid],
    [t("console.equation.invalid"), last.invalid],
  ];
  if (last.needed !== null && last.needed !== undefined) found.push([t("console.vote.needed"), last.needed]);
  return found;
}

const one = (number) => (number === null || number === undefined ? "—" : number.toFixed(1));

// --- by kind -------------------------------------------------------------------------------------------------------

function motion(question, result) {
  const tile = (kind, number) =>
    html`<div class="fig ${kind}"><p class="l">${shape(kind === "novote" ? "none" : kind)}${t(`console.choice.${kind}`)}</p><p class="n">${number}</p></div>`;
  return html`<div class="figs">${CHOICES.map((kind) => tile(kind, question.counts[kind]))}${tile("novote", result.not_returned)}</div>`;
}

/** One row: a label, a bar, numbers, and a word where it was chosen. */
function row(label, share, numbers, { word = "", chosen = false } = {}) {
  return html`<tr class=${chosen ? "chosen" : ""}>
    <th scope="row">${label}</th>
    <td class="b">${bar(share)}</td>
    ${numbers.map((number) => html`<td class="v">${number}</td>`)}
    <td class="w">${word}</td>
  </tr>`;
}

const table = (heads, rows, kind = "") => html`<table class="rows ${kind}">
  <thead><tr><th scope="col">${heads[0]}</th><td></td>${heads.slice(1).map((head) => html`<th scope="col">${head}</th>`)}<td></td></tr></thead>
  <tbody>${rows}</tbody>
</table>`;

function grade(question) {
  const rate = question.rate === null ? nothing : html`<span>${say(question.rate_label)} <b>${one(question.rate)}%</b></span>`;
  const rows = Object.keys(question.counts).map((key) =>
    row(say(question.labels[key]), question.valid ? question.counts[key] / question.valid : 0, [question.counts[key]], {
      chosen: key === question.grade,
      word: key === question.grade ? t("console.result.grade") : "",
    }),
  );
  return html`${table([t("console.result.grades"), t("console.result.papers")], rows, "grades")}
    <p class="why">${rate}<span>${say(question.because)}</span></p>`;
}

function score(question) {
  const rows = Object.keys(question.means || {}).map((key) =>
    row(say(question.labels[key]), question.means[key] === null ? 0 : question.means[key] / question.max, [one(question.means[key])]),
  );
  const passed = question.passed === undefined || question.passed === null ? "" : t(question.passed ? "console.result.passed" : "console.result.failed");
  return html`${table([t("console.result.criteria"), t("console.result.mean")], rows, "means")}
    <p class="why"><span>${t("console.result.overall")} <b>${one(question.overall)}</b></span><span>${t("console.result.sheets")} <b>${question.valid}</b></span><span>${passed}</span></p>`;
}

/** Candidates in the order of the paper, then those written in. */
function election(question) {
  const most = Math.max(1, question.valid);
  const rows = Object.keys(question.votes).map((name) => {
    const candidate = name in question.against;
    const label = candidate ? name : html`${name}<small>${t("console.result.written-in")}</small>`;
    const numbers = [question.votes[name], candidate ? question.against[name] : "", candidate ? question.abstain[name] : ""];
    return row(label, question.votes[name] / most, numbers, standing(question, name, question.elected, "console.result.elected"));
  });
  const heads = [t("console.result.candidates"), ...CHOICES.map((kind) => t(`console.choice.${kind}`))];
  return html`${table(heads, rows)}${left(question, question.seats, question.elected.length, "console.result.seats")}`;
}

function selection(question) {
  const most = Math.max(1, question.valid);
  const names = Object.keys(question.votes);
  const ranked = names.map((name, index) => [name, index]).sort(([a, i], [b, j]) => question.votes[b] - question.votes[a] || i - j);
  const rows = ranked.map(([name]) =>
    row(say(question.labels[name]), question.votes[name] / most, [question.votes[name]], standing(question, name, question.selected, "console.result.selected")),
  );
  return html`${table([t("console.result.options"), t("console.result.votes")], rows)}${left(question, question.choose, question.selected.length, "console.result.places")}`;
}

function standing(question, name, chosen, key) {
  if (chosen.includes(name)) return { chosen: true, word: t(key) };
  return { word: question.tied.includes(name) ? t("console.result.tied") : "" };
}

function left(question, places, filled, key) {
  return html`<p class="why"><span>${t(key, { places, filled })}</span></p>`;
}

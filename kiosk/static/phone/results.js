/**
 * The result of each kind of question, as the hall shows it: from the base to the verdict, then every number.
 *
 * Drawn from the slide alone.  Grades, candidates and options are neutral blue; green, red and yellow belong to for,
 * against and abstain.  What attendees advise stands apart, and has no verdict's weight.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { clauses, phrased } from "./phrases.js";
import { MARKS } from "./shapes.js";
import { partName, personal } from "./wording.js";

const BODIES = { motion, grade, score, election, selection };

/** Everything that came of a poll.  `poll` is the view's, or null once it is gone. */
export function outcomeOf(slide, poll) {
  const questions = questionsOn(slide);
  const papers = papersOf(slide, poll);
  const parts = html`${papers ? html`<p class="needs">${papers}</p>` : nothing} ${questions.map((one) => part(one, questions, slide))}`;
  const advice = Array.isArray(slide.advisory) ? slide.advisory : [];
  return html`${questions.length === 1 ? resultOf(questions[0], slide, papers) : parts} ${advice.map(advised)}`;
}

/** The questions of a slide; one of a motion alone may have its numbers at the top. */
function questionsOn({ questions = [], title, outcome, needed, valid, invalid, counts }) {
  return questions.length > 0 ? questions : [{ kind: "motion", title, outcome, needed, valid, invalid, counts, labels: {} }];
}

function part(question, questions, slide) {
  return html`<section class="part">
    <h2>${phrased(partName(question, questions, say(question.title)))}</h2>
    ${resultOf(question, slide, "")}
  </section>`;
}

/** The answers of a class of attendees. */
function advised({ label, issued, returned, questions }) {
  const slide = { issued, returned, whole: issued };
  return html`<section class="part advice">
    <h2>${say(label)}<span class="tag">${t("phone.advisory")}</span></h2>
    ${questions.map((question) => resultOf(question, slide, t("phone.papers", { issued, returned })))}
  </section>`;
}

/** Raised hands have no papers. */
function papersOf({ visibility, issued, returned }, poll) {
  if (visibility === "hands" || (poll && poll.visibility === "hands")) return "";
  const key = visibility === "open" ? "phone.papers-open" : "phone.papers";
  if (issued) return t(key, { issued, returned });
  return poll ? t(key, { issued: poll.issued, returned: poll.returned }) : "";
}

// ---- one question

function resultOf(question, slide, papers) {
  const body = question.outcome === "void" ? undefined : BODIES[question.kind];
  const lines = [concluded(question), lineOf(question, slide), papers, validity(question)].filter((line) => line !== "");
  return html`<div class="verdict"><b>${verdict(question)}</b>
      <p>${lines.map((line, i) => html`${i > 0 ? html`<br />` : nothing}${line}`)}</p></div>
    ${body ? body(question, slide) : nothing}`;
}

function verdict(question) {
  const { kind, outcome } = question;
  if (outcome === "graded") return worded(question, question.grade);
  if (outcome === "scored") return t("phone.result.points", { points: decimal(question.overall) });
  return t(`phone.outcome.${kind === "motion" || outcome === "void" ? outcome : `${kind}.${outcome}`}`);
}

/** The pass line as a number, and what it is the half of. */
function lineOf({ kind, needed, outcome, passed }, { line, all_members: all, present, base = "all_members" }) {
  if (typeof passed === "boolean") return t(passed ? "phone.result.passed" : "phone.result.not-passed");
  if (typeof needed !== "number" || outcome === "void") return "";
  if (line && line.zh) return t("phone.rule.line-of", { line: capital(say(line)), needed });
  const of = base === "present" ? present : all;
  if (needed === Math.floor(of / 2) + 1) return t(`phone.rule.line-half.${base}`, { needed });
  return t(kind === "motion" ? "phone.rule.line" : "phone.rule.line-votes", { needed });
}

/** What the grade has decided, where grades decide something. */
const concluded = ({ concluded: told }) => (say(told) ? html`<strong>${capital(say(told))}</strong>` : "");

const validity = ({ kind, outcome, valid, invalid }) =>
  outcome === "void" || typeof valid !== "number" || (kind === "motion" && !invalid) ? "" : t("phone.papers.valid", { valid, invalid });

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const worded = ({ labels }, text) => (labels && labels[text] && say(labels[text])) || text || "";
const decimal = (number) => (typeof number === "number" ? number.toFixed(1) : "\u2013");
const listed = (question, names) => names.map((name) => worded(question, name)).join(t("phone.list.between"));
const fact = (text) => (text ? html`<p class="fact">${clauses(text)}</p>` : nothing);
const wholeOf = ({ whole = 0, issued = 0, all_members: all = 0 }, ...numbers) => Math.max(whole || issued || all, ...numbers);

// ---- motions

const cell = (mark, number) => html`<div class="cell ${mark}">${MARKS[mark]()}<dt>${t(`phone.choice.${mark}`)}</dt><dd>${number}</dd></div>`;

function motion({ counts }, { not_returned: missing }) {
  return html`<dl class="grid">
    ${["for", "against", "abstain"].map((choice) => cell(choice, counts[choice] || 0))}
    ${typeof missing === "number" ? cell("novote", missing) : nothing}
  </dl>`;
}

// ---- rows with a bar

/** A name, its number, and a bar from `from` to `to` of `whole`, with the line that decides. */
function row({ name, tag = "", number, bar: { from = 0, to, whole, line }, more = "" }) {
  const at = (votes) => Math.round((1000 * votes) / Math.max(1, whole));
  return html`<li class=${tag ? "won" : ""}>
    <p class="who"><span class="word">${name}${tag ? html` <small class="tag">${tag}</small>` : nothing}</span><b>${number}</b></p>
    <svg class="meter" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="1000" height="16" />
      <rect class="part" x=${at(from)} width=${Math.max(0, at(to) - at(from))} height="16" />
      <rect class="goal" x=${typeof line === "number" ? Math.min(at(line), 1000) - 8 : -8} width="8" height="16" />
    </svg>
    ${more ? html`<p class="more">${more}</p>` : nothing}
  </li>`;
}

/** Stairs, each beginning where the better grades end: the first to reach the line is the result. */
function grade(question, slide) {
  const { counts, needed, grade: result, rule, rate, rate_label: label, because } = question;
  const grades = Object.entries(counts);
  const total = grades.reduce((sum, [, n]) => sum + n, 0);
  const stairs = typeof needed === "number" && rule !== "share_bands";
  const whole = wholeOf(slide, total, stairs ? needed : 0);
  let before = 0;
  const rows = grades.map(([name, number]) => {
    const from = stairs ? before : 0;
    before += number;
    const tag = name === result ? t("phone.result.grade") : "";
    return row({ name: worded(question, name), tag, number, bar: { from, to: from + number, whole, line: stairs ? needed : null } });
  });
  return html`<ul class="tally">${rows}</ul>
    ${because ? fact(say(because)) : nothing}
    ${typeof rate === "number" && label ? fact(t("phone.result.rate", { label: say(label), rate: decimal(rate) })) : nothing}`;
}

function score(question) {
  const { means, max = 100 } = question;
  if (!means) return nothing;
  const rows = Object.entries(means).map(([id, mean]) =>
    row({ name: phrased(worded(question, id)), number: decimal(mean), bar: { to: mean, whole: max } }),
  );
  return html`<ol class="tally">${rows}</ol>`;
}

function election(question, slide) {
  const { votes, against = {}, abstain = {}, needed, elected, tied, seats_left: left, next_candidates: next = [] } = question;
  const whole = wholeOf(slide, needed || 0, ...Object.values(votes));
  const tagOf = (name) =>
    elected.includes(name) ? t("phone.result.elected") : tied.includes(name) ? t("phone.result.tied") : "";
  const rows = Object.entries(votes).map(([name, number]) => {
    const more =
      name in abstain
        ? t("phone.result.others", { against: against[name] || 0, abstain: abstain[name] })
        : t("phone.write-in.tag");
    return row({ name: personal(worded(question, name)), tag: tagOf(name), number, bar: { to: number, whole, line: needed }, more });
  });
  return html`<ul class="tally">${rows}</ul>
    ${left > 0 ? fact(t("phone.result.seats-left", { left })) : nothing}
    ${tied.length > 0 ? fact(t("phone.result.run-off", { names: listed(question, tied) })) : nothing}
    ${next.length > 0 ? fact(t("phone.result.next", { names: listed(question, next) })) : nothing}`;
}

function selection(question, slide) {
  const { votes, selected, tied, places_left: left, needed } = question;
  const whole = wholeOf(slide, needed || 0, ...Object.values(votes));
  const tagOf = (name) =>
    selected.includes(name) ? t("phone.result.selected") : tied.includes(name) ? t("phone.result.tied") : "";
  const rows = Object.entries(votes)
    .sort(([, one], [, other]) => other - one)
    .map(([name, number]) =>
      row({ name: phrased(worded(question, name)), tag: tagOf(name), number, bar: { to: number, whole, line: needed } }),
    );
  return html`<ul class="tally">${rows}</ul>
    ${left > 0 ? fact(t("phone.result.places-left", { left })) : nothing}
    ${tied.length > 0 ? fact(t("phone.result.run-off", { names: listed(question, tied) })) : nothing}`;
}

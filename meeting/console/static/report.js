/** The count report (PROCEDURE.md 2.E): the sheet that the tellers sign; on paper only. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { hhmm } from "./clock.js";
import { pairs } from "./results.js";

const line = (label, value) => (value === null || value === "" ? nothing : html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`);

/** One sheet, with a line for every teller to sign; nothing without a report. */
export function reportSheet(one, tellers, counters) {
  if (!one) return nothing;
  const secret = one.visibility === "secret";
  const round = [one.contest ? t(`console.contest.${one.contest}`) : "", one.round > 1 ? t("console.round", { round: one.round }) : ""].filter(Boolean).join("　");
  return html`<header>
      <p>${say(one.body)}</p>
      <p>${say(one.meeting)}　${one.date}</p>
      <h1>${t("console.report.title")}</h1>
    </header>
    <table>
      <tbody>
        ${line(t("console.report.item"), html`${t("console.item", { number: one.item })}　${say(one.title)}`)}
        ${line(t("console.report.manner"), `${t(`console.visibility.${one.visibility}`)}　${round}`.trim())}
        ${line(t("console.report.times"), t("console.report.from-to", { from: hhmm(one.opened_at), to: hhmm(one.counted_at) }))}
      </tbody>
    </table>
    <table class="figures">
      <tbody>
        <tr>${head(["console.equation.all_members", "console.roll.due", "console.roll.present", "console.equation.recused", secret ? "console.vote.issued" : "console.equation.entitled", secret ? "console.vote.returned-short" : "console.vote.voted"])}</tr>
        <tr>${[one.all_members, one.due, one.present, one.recused, one.issued, one.returned].map((figure) => html`<td>${figure}</td>`)}</tr>
      </tbody>
    </table>
    ${one.questions.map((question) => answers(one, question))}
    <p class="verdict">${t("console.report.outcome")} <b>${say(one.verdict)}</b></p>
    ${one.advisory.map((each) => html`<section><h2>${say(each.label)}　${t("console.vote.of", { n: each.returned, all: each.issued })}　${t("console.vote.advises")}</h2>${each.questions.map((question) => table(question))}</section>`)}
    ${one.rulings.map(({ same, name }) => html`<p>${t("console.counted.ruling", { same: same.join(t("console.comma")), name })}</p>`)}
    ${one.confirmed_by ? html`<p>${t("console.counted.confirmed", { by: one.confirmed_by })}</p>` : nothing}
    <footer>
      ${(tellers.length ? tellers : [{ chief: true }, { chief: false }]).map(({ chief }) => signature(chief ? "chief" : "teller"))} ${(counters.length ? counters : [""]).map((name) => signature("counter", name))} ${signature("date")}
    </footer>`;
}

/** A line to sign; staff who count are named on it, since no roll has them. */
const signature = (who, name = "") => html`<p><span>${t(`console.report.${who}`)}${name ? html`　${name}` : nothing}</span><i></i></p>`;

const head = (keys) => keys.map((key) => html`<th scope="col">${t(key)}</th>`);

function answers(one, question) {
  const needed = question.needed === null || question.needed === undefined ? nothing : html`　${one.line ? say(one.line) : ""} ${t("console.fact.votes", { count: question.needed })}`;
  return html`<section>
    <h2>${one.questions.length > 1 ? html`${t(`console.kind.${question.kind}`)}　` : nothing}${t("console.equation.valid")} ${question.valid}　${t("console.equation.invalid")} ${question.invalid}${needed}</h2>
    ${table(question)}
  </section>`;
}

/** Every answer with its number; of an election the votes against and the abstentions, too. */
function table(question) {
  if (question.kind !== "election")
    return html`<table class="tally"><tbody>${pairs(question).map(([label, number]) => html`<tr><th scope="row">${label}</th><td>${number}</td></tr>`)}</tbody></table>`;
  const of = (numbers, name) => (name in numbers ? numbers[name] : "");
  return html`<table class="tally">
    <thead><tr><td></td>${head(["console.choice.for", "console.choice.against", "console.choice.abstain"])}</tr></thead>
    <tbody>${Object.keys(question.votes).map((name) => html`<tr><th scope="row">${name}</th><td>${question.votes[name]}</td><td>${of(question.against, name)}</td><td>${of(question.abstain, name)}</td></tr>`)}</tbody>
  </table>`;
}

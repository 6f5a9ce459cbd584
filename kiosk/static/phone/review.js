/**
 * What was filled in, once more: on a paper of one question the whole answer large, on longer ones a list in which
 * stands first what is wrong or left open.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../../display/words.js";
import { criteriaOf } from "../ballot/marks.js";
import { CHOICES, answerOf, choiceFor, gapsOf, isBlank, namesOf, problemOf, typedFor } from "./answers.js";
import { clauses, phrased } from "./phrases.js";
import { MARKS } from "./shapes.js";
import { bilingual, isShared, partName, personal, titleOf, worded } from "./wording.js";

/** One question: its matter and the whole answer. */
export const wholeAnswer = (question, answer, sheet) => html`<p class="label">${t("phone.check.matter")}</p>
  <p class="matter">${clauses(titleOf(question, sheet))}</p>
  <p class="label">${t(`phone.check.${LABELS[question.kind] || "choice"}`)}</p>
  ${answered(question, answer, sheet)}`;

const LABELS = { score: "scores", election: "names" };

/** Several questions, in the order in which a voter should look at them; `go(i)` leads to a question's form. */
export function answerList({ sheet, answers, go }) {
  const entries = sheet.questions.map((question, i) => {
    const answer = answerOf(answers, question);
    return { question, i, answer, problem: problemOf(question, answer), gaps: gapsOf(question, answer) };
  });
  const open = entries.filter(({ problem, gaps }) => problem !== null || gaps > 0);
  open.sort((one, other) => (one.problem === null) - (other.problem === null));
  const done = entries.filter((entry) => !open.includes(entry));
  const list = (key, some) =>
    some.length === 0
      ? nothing
      : html`<h2 class="label">${t(key)}</h2>
          <ol class="answers">${some.map((entry) => line(entry, sheet, go))}</ol>`;
  const [first] = sheet.questions;
  return html`${isShared(sheet.questions) ? html`<p class="matter">${clauses(titleOf(first, sheet))}</p>` : nothing}
    ${list("phone.review.open", open)} ${list("phone.review.done", done)}`;
}

function line({ question, i, answer, problem, gaps }, sheet, go) {
  const blank = isBlank(question, answer) && (gaps > 0 || question.kind !== "selection");
  const title = partName(question, sheet.questions, titleOf(question, sheet));
  const press = t(problem !== null ? "phone.review.mend" : blank ? "phone.review.fill" : "phone.review.change");
  return html`<li>
    <div class="asked"><p><span class="number">${i + 1}</span><span class="word">${phrased(title)}</span></p>
      <button type="button" class="button second" aria-label=${t("phone.review.go", { press, number: i + 1 })} @click=${() => go(i)}>${press}</button></div>
    ${problem !== null ? html`<p class="wrong">${wrongWords(problem)}</p>` : nothing}
    ${blank ? html`<p class="left-open">${t(`phone.blank.${blankRule(question)}`)}</p>` : answered(question, answer, sheet)}
  </li>`;
}

/** What a question left blank counts as: "abstain" or "invalid". */
export function blankRule({ kind, blank }) {
  if (kind === "motion" || kind === "grade") return blank || (kind === "motion" ? "abstain" : "invalid");
  return kind === "score" ? "invalid" : "abstain";
}

/** A problem in a sentence that says what to do. */
export const wrongWords = ({ code, ...data }) => t(`phone.wrong.${code}`, data);

function answered(question, answer, sheet) {
  switch (question.kind) {
    case "motion":
      return html`<p class="pick">${MARKS[answer]()}<span>${t(`phone.choice.${answer}`)}</span></p>`;
    case "grade":
      return html`<p class="pick"><span>${bilingual(answer, sheet.labels)}</span></p>`;
    case "score":
      return html`<ol class="picks">
        ${criteriaOf(question).map(
          ({ id, title }, k) =>
            html`<li><span class="number">${k + 1}</span><span class="word">${phrased(worded(title, sheet.labels))}</span>${typedFor(answer, id) === "" ? left() : html`<b>${typedFor(answer, id)}</b>`}</li>`,
        )}
      </ol>`;
    case "election":
      return html`<ul class="picks">
        ${byName(question, answer).map(
          ([name, choice]) =>
            html`<li><span class="word">${personal(worded(name, sheet.labels))}</span>${choice === ""
              ? left()
              : html`<b>${MARKS[choice]()}${t(`phone.choice.${choice}`)}</b>`}</li>`,
        )}
        ${namesOf(answer).map((name) => html`<li><span class="word">${personal(name)}</span><b>${t("phone.write-in.tag")}</b></li>`)}
      </ul>`;
    default:
      return (answer || []).length === 0
        ? html`<p class="pick"><span>${phrased(t("phone.review.none-chosen"))}</span></p>`
        : html`<ul class="picks">${answer.map((option) => html`<li><span class="word">${bilingual(option, sheet.labels)}</span></li>`)}</ul>`;
  }
}

const left = () => html`<b class="left-open">${t("phone.review.blank")}</b>`;

/** Whoever has no mark yet comes first. */
function byName({ candidates }, answer) {
  const pairs = candidates.map((name) => [name, choiceFor(answer, name)]);
  const open = pairs.filter(([, choice]) => !CHOICES.includes(choice)).map(([name]) => [name, ""]);
  return [...open, ...pairs.filter(([, choice]) => CHOICES.includes(choice))];
}

/**
 * The form of a score sheet: a field for each criterion, with its range, typed on the phone's own keypad or changed
 * step by step.  No slider.
 *
 * The fields keep their own text while it is typed: they are filled from the answer when they appear, and never again.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../../display/words.js";
import { criteriaOf } from "../ballot/marks.js";
import { scoreWrong, stepped, typedScore } from "./answers.js";
import { clauses } from "./phrases.js";
import { minus, plus } from "./shapes.js";
import { bilingual, worded } from "./wording.js";

export function scoreSheet({ question, i, answer, sheet, change, ask }) {
  const typed = answer || {};
  const set = (id, text) => change({ ...typed, [id]: text });
  return html`<p class="ask">${clauses(ask)}</p>
    <ol class="criteria">
      ${criteriaOf(question).map((criterion, k) =>
        criterionRow({ criterion, number: k + 1, id: `score-${i}-${k}`, text: typed[criterion.id] || "", sheet, set }),
      )}
    </ol>`;
}

function criterionRow({ criterion, number, id, text, sheet, set }) {
  const { min, max, step } = criterion;
  const wrong = text === "" ? null : scoreWrong(criterion, text);
  const name = worded(criterion.title, sheet.labels);
  const whole = Number.isInteger(step) && Number.isInteger(min);
  return html`<li class="criterion">
    <label for=${id}><span class="number">${number}</span><span class="word">${bilingual(criterion.title, sheet.labels)}</span></label>
    <div class="entry">
      <button type="button" class="step" aria-label=${t("phone.score.less", { step, name })} ?disabled=${text === ""}
        @click=${(event) => turn(event, criterion, text, -1, set)}>${minus()}</button>
      <input id=${id} class="score ${wrong ? "wrong" : ""}" type="text" inputmode=${whole && min >= 0 ? "numeric" : whole ? "text" : "decimal"}
        autocomplete="off" enterkeyhint="next" value=${text} aria-describedby="${id}-range" aria-invalid=${wrong ? "true" : "false"}
        @input=${(event) => type(event, criterion, set)} @compositionend=${(event) => type(event, criterion, set)} @keydown=${onward} />
      <button type="button" class="step" aria-label=${t("phone.score.more", { step, name })} ?disabled=${text === ""}
        @click=${(event) => turn(event, criterion, text, 1, set)}>${plus()}</button>
      <p class="range ${wrong ? "wrong" : ""}" id="${id}-range">${rangeOf(criterion, wrong)}</p>
    </div>
  </li>`;
}

function rangeOf({ min, max, step }, wrong) {
  if (wrong === "range") return t("phone.score.out", { min, max });
  if (wrong === "step") return t(step === 1 ? "phone.score.whole" : "phone.score.steps", { step });
  return t("phone.score.range", { min, max });
}

/** What is typed, without what is no number; while a word is being composed it is not touched. */
function type(event, criterion, set) {
  if (event.isComposing && event.type === "input") return;
  const text = typedScore(event.target.value, criterion);
  if (text !== event.target.value) event.target.value = text;
  set(criterion.id, text);
}

function turn(event, criterion, before, by, set) {
  const text = stepped(criterion, before, by);
  event.currentTarget.parentNode.querySelector("input").value = text;
  set(criterion.id, text);
}

/** The keypad's own key leads to the next field, and from the last one away. */
function onward(event) {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const next = event.target.closest("li").nextElementSibling;
  if (next) next.querySelector("input").focus();
  else event.target.blur();
}

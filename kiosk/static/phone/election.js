/**
 * The form of an election: for each candidate the same three choices, and, where the paper allows it, another person.
 *
 * Another person may be named only where the rule lets a voter do so, as a rule after voting against a candidate.  The
 * field suggests nothing, and keeps its own text while it is typed.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../../display/words.js";
import { CHOICES, choiceFor, mayName, nameFields } from "./answers.js";
import { clauses } from "./phrases.js";
import { MARKS, tick } from "./shapes.js";
import { lengthOf, personal, worded } from "./wording.js";

const NOTHING = { choices: {}, names: [] };
const LONGEST = 60; // in units of the field; what is too long by the paper's rule is said, not cut

export function election({ question, i, answer, sheet, change, ask }) {
  const filled = answer || NOTHING;
  const choose = (name, choice) => change({ ...filled, choices: { ...filled.choices, [name]: choice } });
  return html`<p class="ask">${clauses(ask)}</p>
    ${question.candidates.map((name, k) => candidate({ name, group: `mark-${i}-${k}`, now: choiceFor(answer, name), sheet, choose }))}
    ${others({ question, i, answer: filled, change })}`;
}

function candidate({ name, group, now, sheet, choose }) {
  const shown = worded(name, sheet.labels);
  return html`<div class="candidate">
    <fieldset>
      <legend>${personal(shown)}${shown === name ? nothing : html`<small class="own" lang="zh-CN">${name}</small>`}</legend>
      <div class="three">
        ${CHOICES.map(
          (choice) => html`<label class="option ${now === choice ? "on" : ""}">
            <input type="radio" name=${group} value=${choice} .checked=${now === choice} @change=${() => choose(name, choice)} />
            ${MARKS[choice]()}<span class="word">${t(`phone.choice.${choice}`)}</span><span class="ticked" aria-hidden="true">${tick()}</span>
          </label>`,
        )}
      </div>
    </fieldset>
  </div>`;
}

function others({ question, i, answer, change }) {
  const fields = nameFields(question, answer);
  if (fields === 0) return nothing;
  const write = (k, text) => {
    const names = Array.from({ length: Math.max(answer.names.length, k + 1) }, (_, at) => answer.names[at] || "");
    change({ ...answer, names: names.map((name, at) => (at === k ? text : name)) });
  };
  const type = (event, k) => event.isComposing && event.type === "input" ? undefined : write(k, event.target.value);
  const { write_in_needs_opposition: needed = true } = question;
  const against = question.candidates.filter((name) => choiceFor(answer, name) === "against").length;
  const allowed = mayName(question, answer);
  return html`<div class="others">
    <h2>${t("phone.write-in.title")}</h2>
    <p class="hint">${clauses(t(needed ? "phone.write-in.opposed" : "phone.write-in.free", { against, allowed }))}</p>
    ${Array.from(
      { length: fields },
      (_, k) => html`<input class="field ${lengthOf(answer.names[k] || "")}" type="text" name="other-${i}-${k}" maxlength=${LONGEST} autocomplete="off" autocorrect="off"
        autocapitalize="off" spellcheck="false" enterkeyhint="done" value=${answer.names[k] || ""}
        aria-label=${t("phone.write-in.name", { number: fields > 1 ? k + 1 : "" })}
        @input=${(event) => type(event, k)} @compositionend=${(event) => type(event, k)} @keydown=${leave} />`,
    )}
  </div>`;
}

function leave(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  event.target.blur();
}

/**
 * The form of one question: what is asked, by which rule, and what may be ticked.
 *
 * Every choice of a question has the same row, weight and distance, and costs one tap; nothing is preselected.  Scores
 * and elections have modules of their own.  `change(answer)` takes every change; nothing is kept here.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { CHOICES } from "./answers.js";
import { election } from "./election.js";
import { heading } from "./parts.js";
import { clauses, phrased } from "./phrases.js";
import { scoreSheet } from "./score_sheet.js";
import { MARKS, tick } from "./shapes.js";
import { bilingual, isShared, original, partName, titleOf, worded } from "./wording.js";

const FORMS = { motion, grade, score: scoreSheet, election, selection };

/** `i`: the question's place on the paper. */
export function questionForm(question, i, answer, sheet, change) {
  const form = FORMS[question.kind];
  const title = titleOf(question, sheet);
  if (!form) return html`${heading(title)}<p class="notice">${t("phone.paper.unknown")}</p>`;
  const rules = [rulesOf(question, sheet)].flat().filter((rule) => rule !== "");
  const shared = isShared(sheet.questions);
  return html`${shared ? html`<p class="matter-of">${phrased(title)}</p>` : nothing}
    ${heading(partName(question, sheet.questions, title))} ${original(question, sheet)}
    ${rules.length > 0 ? html`<p class="needs">${rules.map((rule, k) => html`${k > 0 ? html`<br />` : nothing}${clauses(rule)}`)}</p>` : nothing}
    ${form({ question, i, answer, sheet, change, ask: askOf(question, sheet) })}`;
}

// ---- what is to be done

const ASKED = { motion: "one", grade: "one", score: "scores", election: "election", selection: "selection" };

/** What to do, and whether it can be undone; on a paper of several questions the check says that. */
function askOf(question, { questions, secret, changes }) {
  const asked = `phone.ask.${ASKED[question.kind]}`;
  const { choose } = question;
  if (questions.length > 1) return t(asked, { choose });
  return t("phone.ask.and", { ask: t(asked, { choose }), once: t(onceOf({ secret, changes })) });
}

export const onceOf = ({ secret, changes }) => `phone.once.${!secret ? "open" : changes ? "changes" : "once"}`;

// ---- the rule

/** The rule a voter should know before he marks anything. */
function rulesOf(question, sheet) {
  const needed = neededFor(question, sheet);
  switch (question.kind) {
    case "motion":
      return motionRule(question, needed);
    case "grade":
      return gradeRule(question, needed, sheet);
    case "score":
      return [
        t(question.trim ? "phone.rule.trimmed" : "phone.rule.mean", { trim: question.trim }),
        typeof question.pass === "number" ? t("phone.rule.pass", { pass: question.pass }) : "",
      ];
    case "election":
      return [
        t(question.write_in ? "phone.rule.seats-others" : "phone.rule.seats", { seats: question.seats }),
        question.decide === "plurality" ? t("phone.rule.plurality") : needed === null ? "" : t("phone.rule.elected", { needed }),
      ];
    default:
      return [
        t("phone.rule.selection", { choose: question.choose, of: question.options.length }),
        needed === null ? "" : t("phone.rule.votes", { needed }),
      ];
  }
}

function motionRule({ majority }, needed) {
  if (needed === null) return "";
  const { base = "all_members", over } = majority || {};
  const usual = over === "1/2" && ["all_members", "present"].includes(base);
  return t(usual ? `phone.rule.half.${base}` : "phone.rule.needed", { needed });
}

function gradeRule({ rule, scale }, needed, { labels }) {
  if (rule && rule.share_bands) return t("phone.rule.share", { key: worded(rule.share_bands.key, labels) });
  return needed === null ? "" : t("phone.rule.grade", { best: worded(scale[0], labels), needed });
}

/** How many votes this question's majority needs, as far as the roll tells; null where it does not. */
export function neededFor({ majority }, { questions, needed, bases }) {
  if (!majority) return null;
  const whole = bases[majority.base || "all_members"];
  const share = /^([0-9]+)\/([0-9]+)$/.exec(majority.at_least || majority.over || "");
  if (!whole || share === null) return questions.length === 1 ? needed : null;
  const line = (Number(share[1]) * whole) / Number(share[2]);
  return Math.max(1, majority.at_least ? Math.ceil(line) : Math.floor(line) + 1);
}

// ---- rows to tick

function row({ kind, name, value, on, shape = nothing, word, pick }) {
  return html`<label class="option ${kind} ${on ? "on" : ""}">
    <input type=${kind} name=${name} value=${value} .checked=${on} @change=${pick} />
    ${shape}<span class="word">${word}</span><span class="dot" aria-hidden="true">${tick()}</span>
  </label>`;
}

const rows = (ask, options) =>
  html`<fieldset>
    <legend class="ask">${clauses(ask)}</legend>
    <div class="options">${options}</div>
  </fieldset>`;

function motion({ i, answer, change, ask }) {
  return rows(
    ask,
    CHOICES.map((choice) =>
      row({
        kind: "radio",
        name: `mark-${i}`,
        value: choice,
        on: answer === choice,
        shape: MARKS[choice](),
        word: t(`phone.choice.${choice}`),
        pick: () => change(choice),
      }),
    ),
  );
}

function grade({ question, i, answer, sheet, change, ask }) {
  return rows(
    ask,
    question.scale.map((one) =>
      row({ kind: "radio", name: `mark-${i}`, value: one, on: answer === one, word: bilingual(one, sheet.labels), pick: () => change(one) }),
    ),
  );
}

/** Why it is on the list, in the reader's language; no part of the paper. */
const reason = (option, { reasons }) => (reasons && reasons.has(option) ? html`<small class="reason">${phrased(say(reasons.get(option)))}</small>` : nothing);

/** Ticked in any order and number: what is too many is said over the button, not forbidden under the finger. */
function selection({ question, i, answer, sheet, change, ask }) {
  const ticked = answer || [];
  const turned = (option) => question.options.filter((one) => (one === option) !== ticked.includes(one));
  return rows(
    ask,
    question.options.map((option) =>
      row({
        kind: "checkbox",
        name: `mark-${i}`,
        value: option,
        on: ticked.includes(option),
        word: html`${bilingual(option, sheet.labels)}${reason(option, sheet)}`,
        pick: () => change(turned(option)),
      }),
    ),
  );
}

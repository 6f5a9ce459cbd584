/**
 * The paper's own words, in the reader's language where the sitting has it.  What is decided, and hashed, is always
 * the paper's own text: where something else is shown, it stands beneath.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { language, say, t } from "../../display/words.js";
import { itemOf } from "./parts.js";
import { phrased } from "./phrases.js";

/** `labels` of a view, `{text: {zh, en}}` or nothing, as a Map that can be asked for any text. */
export const labelsOf = (labels) => new Map(Object.entries(labels || {}));

/** A text of the paper as the reader is to read it. */
export function worded(text, labels) {
  return language() !== "zh" && labels.has(text) ? say(labels.get(text)) || text : text;
}

/** The same, with the paper's own text beneath where that is another. */
export function bilingual(text, labels) {
  const shown = worded(text, labels);
  return html`${phrased(shown)}${shown === text ? nothing : html`<small class="own" lang="zh-CN">${text}</small>`}`;
}

/** What a question is called among others: by its own title, or, where they share the matter's, by what it asks. */
export function partName({ kind }, questions, title) {
  return questions.length > 1 && isShared(questions) ? t(`phone.part.${kind}`) : title;
}

/** Whether all questions have one and the same title. */
export function isShared(questions) {
  const key = ({ title }) => (title && title.zh) || title;
  return questions.length > 1 && questions.every((question) => key(question) === key(questions[0]));
}

/** A question's title; where the paper gives none, or no label has it, the matter's own. */
export function titleOf(question, { title, questions, labels }) {
  if (question.title && labels.has(question.title)) return worded(question.title, labels);
  if (language() === "en" && title && questions.length === 1) return say(title);
  return question.title || (title ? say(title) : "");
}

/** What the paper reads, where its title was shown in another language. */
export function original(question, sheet) {
  if (!question.title || titleOf(question, sheet) === question.title) return nothing;
  return html`<p class="original">${t("phone.paper.original")} <span lang="zh-CN">${question.title}</span></p>`;
}

/** A person's name: broken after a middle dot or a space when it must be, smaller when it is long, and never cut. */
export function personal(name) {
  const parts = name.match(/[^\u00b7 ]+[\u00b7 ]?/gu) || [name];
  return html`<span class="personal ${lengthOf(...parts)}">${parts.map((part, i) => html`${i === 0 ? nothing : html`<wbr />`}<span>${part}</span>`)}</span>`;
}

/** The class for a text whose parts must not be broken, by the longest of them. */
export function lengthOf(...parts) {
  const longest = Math.max(...parts.map((part) => Array.from(part).length));
  return `n${[6, 8, 10, 12].find((length) => longest <= length) || 16}`;
}

const MANNERS = { motion: "vote", grade: "evaluation", score: "evaluation", election: "choice", selection: "choice" };

/** How the poll is held, in two words: for its screens before, on and after the paper. */
export function mannerOf(visibility, questions) {
  if (visibility === "hands") return t("phone.hands");
  const kinds = questions.map(({ kind }) => MANNERS[kind]);
  const manner = kinds.includes("evaluation") ? "evaluation" : kinds[0] || "vote";
  return t(`phone.${visibility === "secret" ? "secret" : "open"}.${manner}`);
}

/** The line over a heading: the item, how the poll is held, and whether its answers decide anything. */
export const kickOf = ({ ballot, visibility, questions, advisory, contest }) =>
  html`<p class="kick">${t("phone.item", { number: itemOf(ballot) })}<span>${mannerOf(visibility, questions)}</span>${contestTag({ contest })}${advisory
    ? html`<span class="tag">${t("phone.advisory")}</span>`
    : nothing}</p>`;

const CONTESTS = ["runoff", "further"];

/** Whether this is a later round, and of which kind. */
export const contestTag = ({ contest }) => (CONTESTS.includes(contest) ? html`<span>${t(`phone.contest.${contest}`)}</span>` : nothing);

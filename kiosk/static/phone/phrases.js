/**
 * Where a Chinese line may break: between words, where the browser knows them, never inside one.
 *
 * Without it clauses are still kept and `text-wrap` balances; the text itself is the same either way.
 */

import { html } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { language } from "../../display/words.js";

const segmenter = typeof Intl === "object" && Intl.Segmenter ? new Intl.Segmenter("zh", { granularity: "word" }) : null;
const CLINGS = /^[\p{P}\p{M}]/u; // what must not begin a line

/** The text as it is, with a place to break between its words. */
export function phrased(text) {
  if (language() !== "zh" || segmenter === null || !text) return text;
  return html`<span class="phrased">${broken(text)}</span>`;
}

/** The same for few words in large letters: a clause is kept on one line where it fits. */
export function clauses(text) {
  if (language() !== "zh" || !text) return text;
  const parts = text.match(/[^\uff0c\u3002\uff1b\uff1a\uff01\uff1f]+[\uff0c\u3002\uff1b\uff1a\uff01\uff1f]*/gu) || [text];
  const within = segmenter === null ? (part) => part : broken;
  return html`<span class=${segmenter === null ? "" : "phrased"}>${parts.map((part) => html`<span class="clause">${within(part)}</span>`)}</span>`;
}

function broken(text) {
  const words = [];
  for (const { segment } of segmenter.segment(text)) {
    if (words.length > 0 && CLINGS.test(segment)) words[words.length - 1] += segment;
    else words.push(segment);
  }
  return words.map((word, i) => (i === 0 ? word : html`<wbr />${word}`));
}

/** What stands under an item on the phone: the text of a motion that is read out, or the figures it is about. */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say } from "../../display/words.js";

/** The motion's paragraphs, then what belongs to it; nothing where its title is all there is. */
export function motion({ text, attached }) {
  const lines = [...text, ...attached];
  return lines.length ? html`<div class="said motion">${lines.map((one) => html`<p>${say(one)}</p>`)}</div>` : nothing;
}

/** Rates first, then what they are made of. */
export function figures({ rates, figures: rows }) {
  return html`<dl class="facts">
    ${[...rates, ...rows].map(({ label, value }) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

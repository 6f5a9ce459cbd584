/**
 * Materials on the phone: the list under what goes on, and one of them to read.
 *
 * Never over a paper: a vote comes first, and what was being read is there again after it.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { bar, button, heading } from "./parts.js";
import { phrased } from "./phrases.js";
import { bang } from "./shapes.js";

/** The titles, each a way to its text where there is one. */
export function materialList({ view }, phone) {
  const all = view.materials || [];
  const report = view.report_sent || null;
  if (!all.length && !report) return nothing;
  return html`<section class="materials">
    <h2 class="label agenda-title">${t("phone.material.list")}</h2>
    ${report ? html`<p class="hint"><span>${t("phone.material.report")}</span>${sent(report)}</p>` : nothing}
    <ul>
      ${all.map(
        (one) => html`<li>
          ${one.path
            ? html`<button type="button" class="inline" @click=${() => phone.materials.open(one)}>${phrased(say(one.title))}</button>`
            : html`<p>${phrased(say(one.title))}</p>`}
          <p class="hint"><span>${say(one.sort)}</span>${one.sent ? sent(one.sent) : nothing}</p>
        </li>`,
      )}
    </ul>
  </section>`;
}

const sent = (one) =>
  html`<span class=${one.late ? "late" : ""}>${one.late ? bang() : nothing}${t(one.late ? "phone.material.late" : "phone.material.sent", one)}</span>`;

function material({ knowledge, phone }) {
  const { reading } = knowledge;
  const { found } = reading;
  return html`<main class="body reading">
      <p class="kick">${found ? say(found.sort) : t("phone.material.list")}</p>
      ${heading(say(reading.title))}
      ${found ? text(found, reading, phone) : waiting(reading, phone)}
    </main>
    ${bar(button(t("phone.material.back"), () => phone.materials.close(), { second: true }))}`;
}

function waiting(reading, phone) {
  if (!reading.failed) return html`<p class="soft" role="status">${t("phone.material.coming")}</p>`;
  return html`<p class="refused" role="alert">${bang()}<span>${t("phone.material.failed")}</span></p>
    <button type="button" class="button second" @click=${() => phone.materials.open(reading)}>${t("phone.material.again")}</button>`;
}

function text(found, reading, phone) {
  return html`${found.sent ? html`<p class="hint">${sent(found.sent)}</p>` : nothing}
    ${found.text.map((one) => html`<p class="paragraph">${say(one)}</p>`)}
    ${found.proposals.length
      ? html`<h2 class="label">${t("phone.material.proposals")}</h2>
          <ol class="proposals">${found.proposals.map((one) => html`<li>${say(one)}</li>`)}</ol>`
      : nothing}
    ${found.pictures.length ? pictures(found.pictures, reading, phone) : nothing}
    ${found.video ? html`<p class="notice plain">${phrased(t("phone.material.video"))}</p>` : nothing}`;
}

/** Each press is a fetch of up to 2 MiB: only who wants them. */
function pictures(paths, reading, phone) {
  const count = paths.length;
  if (!reading.pictures)
    return html`<button type="button" class="button second look" @click=${() => phone.materials.look()}>${t("phone.material.pictures", { count })}</button>`;
  return paths.map((path, i) => html`<img class="enclosed" src=${path} alt=${t("phone.material.picture", { number: i + 1, count })} loading="lazy" />`);
}

export const reading = { material };

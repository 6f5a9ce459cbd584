/** What a teller looks at: the equations of every class, the count before it is declared, the names written in. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { advicePanel, resultPanel } from "./results.js";
import { shape } from "./shapes.js";
import { writeIns } from "./teller_duties.js";
import { shownTotals } from "./totals.js";

/** Everything under the title of the vote. */
export function papers(desk) {
  const { view } = desk;
  const sheet = view.reconciliation;
  const tight = view.result || view.duty || sheet.advisory.length ? "tight" : "";
  return [
    notice(view),
    view.duty === "empty_box" ? emptyBox(view) : nothing,
    view.totals && sheet.visibility === "hands" && !view.result ? html`<section class="panel totals">${shownTotals(view.questions, view.totals, view.entitled)}</section>` : nothing,
    view.result ? resultPanel(view.result, sheet) : nothing,
    writeIns(desk),
    html`<ul class="eqs ${tight}">${sheet.equations.map(equation)}</ul>`,
    sheet.advisory.map((one) => html`<h2 class="class">${say(one.label)}<small>${t("console.vote.advises")}</small></h2><ul class="eqs ${tight}">${one.equations.map(equation)}</ul>`),
    advicePanel(view.advisory),
    verdict(view, sheet),
  ];
}

function emptyBox(view) {
  return html`<section class="panel box">
    <p class="l">${t("console.duty.box-holds")}</p>
    <p class="zero">${t("console.duty.zero")}</p>
    <p>${t("console.duty.empty_box-more")}</p>
    ${view.code ? html`<p class="cd">${view.code.replace(/-/g, " ")}</p>` : nothing}
  </section>`;
}

/** What somebody has said of this count: an objection, a void that the chair wants, a confirmation. */
function notice(view) {
  if (view.duty === "void")
    return html`<section class="panel danger" role="alert">
      ${shape("bang")}
      <div><h2>${t("console.duty.void-wanted")}</h2><p class="why">${view.void_proposed}</p><p>${t("console.duty.void-more")}</p></div>
    </section>`;
  if (view.objection)
    return html`<p class="told">${shape("bang")}<span>${t("console.counted.objection", { by: view.objected_by, reason: view.objection })}</span></p>`;
  if (view.confirmed_by) return html`<p class="said">${shape("tick")}<span>${t("console.counted.confirmed", { by: view.confirmed_by })}</span></p>`;
  return nothing;
}

export function equation({ whole, parts, holds, of }) {
  const kind = holds === null ? "open" : holds ? "" : "broken";
  const name = (one) => (one.label ? say(one.label) : t(`console.equation.${one.name}`));
  const term = (one) => html`<dl>
    <dt>${name(one)}</dt>
    <dd>${one.number === null ? t("console.equation.unknown") : one.number}</dd>
  </dl>`;
  return html`<li class=${kind}>
    ${of ? html`<span class="of">${say(of)}</span>` : nothing}${term(whole)}<span class="s">=</span>${parts.map((part, index) => html`${index ? html`<span class="s">+</span>` : nothing}${term(part)}`)}
    <span class="ok">${holds === null ? nothing : shape(holds ? "tick" : "bang")}${t(holds === null ? "console.teller.open" : holds ? "console.teller.holds" : "console.teller.broken")}</span>
  </li>`;
}

function verdict(view, sheet) {
  const all = [sheet, ...sheet.advisory].reduce((found, one) => [...found, ...one.equations], []);
  if (all.some((one) => one.holds === false)) return html`<p class="valid" role="alert">${t("console.teller.break")}</p>`;
  if (view.slide.kind === "result" && view.slide.sentences.length) return html`<p class="valid">${say(view.slide.sentences[0])}</p>`;
  if (sheet.stage === "void") return html`<p class="valid">${t("console.teller.void")}</p>`;
  return nothing;
}

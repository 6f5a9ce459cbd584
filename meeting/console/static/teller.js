/** The tellers' desk: every equation of the current vote, and the one thing that a teller is asked to confirm now. */

import { html, nothing, render } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { language, say, speak, t } from "../display/words.js";
import { hhmm, learn, now } from "./clock.js";
import { Desk } from "./desk.js";
import { attend, dialogs } from "./dialog.js";
import { reportSheet } from "./report.js";
import { shape } from "./shapes.js";
import { duties, KINDS, whoIAm } from "./teller_duties.js";
import { papers } from "./teller_papers.js";

const root = document.getElementById("teller");
const status = document.getElementById("status");
learn(Number(root.dataset.now));

let said = "";
const desk = new Desk(draw, { leads: false });
desk.me = null;
desk.printed = null;
attend(desk);
setInterval(draw, 1_000);
addEventListener("afterprint", () => {
  desk.printed = null;
  draw();
});

function draw() {
  // Called while the desk is being made, too.
  if (!desk || !desk.view) return;
  const { view } = desk;
  if (document.getElementById("waiting")) root.replaceChildren();
  if (desk.me !== null && !view.acting.some((one) => one.number === desk.me)) desk.me = null;
  render(html`${topbar()} ${main()} ${beside()} ${lost()}`, root);
  render(desk.printed === null ? nothing : reportSheet(view.reports.find((one) => one.ballot === desk.printed), view.teller_names, view.counters), document.getElementById("sheet"));
  dialogs(desk, KINDS);
  const poll = view.reconciliation;
  const word = poll ? `${say(poll.title)}  ${t(`console.now.${poll.stage}`)} ${view.duty ? t(`console.duty.${view.duty}`) : ""}` : "";
  if (word !== said) status.textContent = said = word;
}

function topbar() {
  const { view } = desk;
  const me = view.acting.find((one) => one.number === desk.me);
  return html`<header class="topbar">
    <span class="app">${t("console.office.teller")}</span>
    <span class="m">${say(view.body)}<span>${say(view.meeting)}</span></span>
    ${view.acting.length
      ? html`<button class="quiet" id="me" @click=${() => whoIAm(desk)}>${me ? me.name : t("console.teller.who")}</button>`
      : nothing}
    <button class="quiet" id="language" @click=${other}>${t("console.other-language")}</button>
    <span class="clock">${hhmm()}</span>
  </header>`;
}

function other() {
  speak(language() === "zh" ? "en" : "zh");
  document.title = t("console.teller.title");
  draw();
}

// --- the vote ------------------------------------------------------------------------------------------------------

function main() {
  const poll = desk.view.reconciliation;
  if (!poll)
    return html`<main class="rec"><div class="body"><h1>${t("console.teller.none")}</h1><p class="sub">${t("console.teller.none-more")}</p></div></main>`;
  const parts = [t("console.item", { number: poll.item }), t(`console.visibility.${poll.visibility}`), t(`console.now.${poll.stage}`)];
  if (poll.contest) parts.push(t(`console.contest.${poll.contest}`));
  if (poll.round > 1) parts.push(t("console.round", { round: poll.round }));
  return html`<main class="rec">
    <div class="body" tabindex="0" role="group" aria-label=${t("console.content")}>
      <h1>${say(poll.title)}</h1>
      <p class="sub">${parts.join("　")}</p>
      ${papers(desk)}
    </div>
    ${duties(desk)}
  </main>`;
}

// --- beside it -----------------------------------------------------------------------------------------------------

function beside() {
  const { view } = desk;
  return html`<aside class="watch">
    <h2>${t("console.teller.tellers")}</h2>
    ${view.teller_names.length
      ? html`<ul>
          ${view.teller_names.map(({ name, chief }) => html`<li>${name}<span>${t(chief ? "console.teller.chief" : "console.teller.teller")}</span></li>`)}
          ${view.counters.map((name) => html`<li>${name}<span>${t("console.report.counter")}</span></li>`)}
        </ul>`
      : html`<p>${t("console.teller.not-approved")}</p>`}
    ${box()}
    ${view.code
      ? html`<h2>${t("console.teller.code")}</h2>
          <p class="cd">${view.code.replace(/-/g, " ")}</p>
          <p>${t("console.teller.same-code")}</p>`
      : nothing}
    ${sheets()}
  </aside>`;
}

function box() {
  const { wanted, seen_by: by } = desk.view.box;
  if (!wanted && !by) return nothing;
  return html`<h2>${t("console.teller.box")}</h2>
    <p>${by ? html`${shape("tick")} ${t("console.teller.box-seen", { name: by })}` : t("console.teller.box-unseen")}</p>`;
}

/** The count report of every counted vote, on paper, to be signed. */
function sheets() {
  const { reports } = desk.view;
  if (!reports.length) return nothing;
  const print = (ballot) => () => {
    desk.printed = ballot;
    draw();
    window.print();
  };
  return html`<h2>${t("console.report.title")}</h2>
    <ul class="sheets">
      ${[...reports].reverse().map(
        (one) => html`<li><span>${t("console.item", { number: one.item })}${one.round > 1 ? `　${t("console.round", { round: one.round })}` : ""}<small>${say(one.title)}</small></span
          ><button class="small" data-print=${one.ballot} @click=${print(one.ballot)}>${t("console.report.print")}</button></li>`,
      )}
    </ul>`;
}

function lost() {
  const gone = desk.goneSince === null ? 0 : now() - desk.goneSince;
  return html`<section class="over" aria-label=${t("console.notices")}>
    ${gone > 3_000
      ? html`<p class="banner lost" role="alert">${shape("bang")}<span>${gone > 10_000 ? t("console.lost.long", { time: hhmm(desk.heardAt) }) : t("console.lost.short")}</span></p>`
      : nothing}
  </section>`;
}

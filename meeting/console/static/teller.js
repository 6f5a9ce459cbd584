/** The tellers' page: every equation of the current poll as it stands, read-only. */

import { html, nothing, render } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { Live } from "../display/live.js";
import { language, say, speak, t } from "../display/words.js";
import { hhmm, learn, now } from "./clock.js";
import { shape } from "./shapes.js";

const root = document.getElementById("teller");
const status = document.getElementById("status");
learn(Number(root.dataset.now));

let view = null;
let goneSince = null;
let heardAt = now();
let said = "";

new Live("/console/live", {
  heard: (message) => {
    heardAt = now();
    goneSince = null;
    if (message.type !== "view") return;
    learn(message.at);
    view = message;
    draw();
  },
  changed: ({ up }) => {
    if (!up && goneSince === null) goneSince = now();
    draw();
  },
});
setInterval(draw, 1_000);

function draw() {
  if (!view) return;
  if (document.getElementById("waiting")) root.replaceChildren();
  render(html`${topbar()} ${reconciliation()} ${beside()} ${lost()}`, root);
  const poll = view.reconciliation;
  const word = poll ? `${say(poll.title)}  ${t(`console.now.${poll.stage}`)}` : "";
  if (word !== said) status.textContent = said = word;
}

function topbar() {
  return html`<header class="topbar">
    <span class="app">${t("console.office.teller")}</span>
    <span class="m">${say(view.body)}<span>${say(view.meeting)}</span></span>
    <button class="quiet" id="language" @click=${other}>${t("console.other-language")}</button>
    <span class="clock">${hhmm()}</span>
  </header>`;
}

function other() {
  speak(language() === "zh" ? "en" : "zh");
  document.title = t("console.teller.title");
  draw();
}

function reconciliation() {
  const poll = view.reconciliation;
  if (!poll)
    return html`<main class="rec"><h1>${t("console.teller.none")}</h1><p class="sub">${t("console.teller.none-more")}</p></main>`;
  const round = poll.round > 1 ? `　${t("console.round", { round: poll.round })}` : "";
  return html`<main class="rec">
    <h1>${say(poll.title)}</h1>
    <p class="sub">${t("console.item", { number: poll.item })}　${t(`console.visibility.${poll.visibility}`)}　${t(`console.now.${poll.stage}`)}${round}</p>
    <ul class="eqs">
      ${poll.equations.map(equation)}
    </ul>
    ${verdict(poll)}
  </main>`;
}

function equation({ whole, parts, holds }) {
  const kind = holds === null ? "open" : holds ? "" : "broken";
  const term = ({ name, number }) => html`<dl>
    <dt>${t(`console.equation.${name}`)}</dt>
    <dd>${number === null ? t("console.equation.unknown") : number}</dd>
  </dl>`;
  return html`<li class=${kind}>
    ${term(whole)}<span class="s">=</span>${parts.map((part, index) => html`${index ? html`<span class="s">+</span>` : nothing}${term(part)}`)}
    <span class="ok">${holds === null ? nothing : shape(holds ? "tick" : "bang")}${t(holds === null ? "console.teller.open" : holds ? "console.teller.holds" : "console.teller.broken")}</span>
  </li>`;
}

function verdict(poll) {
  if (poll.equations.some((one) => one.holds === false)) return html`<p class="valid" role="alert">${t("console.teller.break")}</p>`;
  if (view.slide.kind === "result") return html`<p class="valid">${say(view.slide.sentences[0])}</p>`;
  if (poll.stage === "void") return html`<p class="valid">${t("console.teller.void")}</p>`;
  return nothing;
}

function beside() {
  return html`<aside class="watch">
    <h2>${t("console.teller.tellers")}</h2>
    ${view.teller_names.length
      ? html`<ul>
          ${view.teller_names.map(({ name, chief }) => html`<li>${name}<span>${t(chief ? "console.teller.chief" : "console.teller.teller")}</span></li>`)}
        </ul>`
      : html`<p>${t("console.teller.not-approved")}</p>`}
    ${view.code
      ? html`<h2>${t("console.teller.code")}</h2>
          <p class="cd">${view.code.replace(/-/g, " ")}</p>
          <p>${t("console.teller.same-code")}</p>`
      : nothing}
    <p>${t("console.teller.read-only")}</p>
  </aside>`;
}

function lost() {
  const gone = goneSince === null ? 0 : now() - goneSince;
  if (gone <= 3_000) return nothing;
  return html`<section class="over" aria-label=${t("console.notices")}>
    <p class="banner lost" role="alert">${shape("bang")}<span>${gone > 10_000 ? t("console.lost.long", { time: hhmm(heardAt) }) : t("console.lost.short")}</span></p>
  </section>`;
}

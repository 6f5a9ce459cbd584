/** The console: draws the desk whenever the desk has changed, and twice a second for the clocks. */

import { html, nothing, render } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { language, say, speak, t } from "../display/words.js";
import { hhmm, learn, now } from "./clock.js";
import { Desk } from "./desk.js";
import { attend, dialogs } from "./dialog.js";
import { KINDS } from "./dialogs.js";
import { recordingSign } from "./follow.js";
import { listen } from "./keys.js";
import { fitTitles, runOfShow } from "./run_of_show.js";
import { drawScreens, learnToDraw, screens } from "./screens.js";
import { shape } from "./shapes.js";
import { fitScript, work } from "./work.js";

const root = document.getElementById("console");
const status = document.getElementById("status");
const office = root.dataset.office;
learn(Number(root.dataset.now));

let at = "";
let said = "";
let desk = null;
learnToDraw().then(() => {
  desk = new Desk(draw);
  attend(desk);
  listen(desk);
  setInterval(draw, 500);
});

function draw() {
  // Called while the desk is being made, too.
  if (!desk || !desk.view) return;
  const waiting = document.getElementById("waiting");
  if (waiting) root.replaceChildren();
  render(page(), root);
  fitScript();
  fitTitles();
  drawScreens(desk.view);
  dialogs(desk, KINDS);
  moved();
}

function page() {
  return html`${topbar()} ${runOfShow(desk)} ${work(desk)} ${screens(desk)} ${strip()} ${over()}`;
}

// --- frame --------------------------------------------------------------------------------------------------------

function topbar() {
  const { view } = desk;
  return html`<header class="topbar">
    <span class="app">${t("console.app")}</span>
    <span class="m">${say(view.body)}<span>${say(view.meeting)}</span></span>
    <span class="who">${t(`console.office.${office}`)}${view.chair ? html`<b>${office === "chair" ? view.chair.name : t("console.presides.now", view.chair)}</b>` : nothing}</span>
    <button class="quiet" id="language" @click=${other}>${t("console.other-language")}</button>
    <button class="quiet" id="help" @click=${() => desk.open({ kind: "help" })} aria-label=${t("console.help.title")}>?</button>
    <span class="clock">${hhmm()}</span>
  </header>`;
}

function other() {
  speak(language() === "zh" ? "en" : "zh");
  document.title = t("console.title");
  draw();
}

function strip() {
  const { view } = desk;
  const { watching, attendance } = view;
  const gone = desk.goneSince !== null;
  const mark = (good, text) => html`<span class=${good ? "" : "w"}>${shape(good ? "tick" : "bang")}${text}</span>`;
  const plain = location.protocol !== "https:" && !["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  return html`<footer class="strip">
    ${mark(watching.halls > 0, watching.halls > 1 ? t("console.strip.halls", { n: watching.halls }) : t(watching.halls ? "console.strip.hall" : "console.strip.no-hall"))}
    ${mark(watching.online >= attendance.present, t("console.strip.online", { n: watching.online, all: attendance.due }))}
    ${mark(!gone, t(!gone ? "console.strip.server" : "console.strip.no-server"))}
    ${recordingSign(view)} ${view.cover ? mark(false, t(`console.strip.${view.cover}`)) : nothing}
    ${desk.armed ? mark(false, t("console.strip.armed", { seconds: Math.ceil((desk.armedUntil - now()) / 1000) })) : nothing}
    ${plain ? mark(false, t("console.strip.plain")) : nothing}
    <span class="r" id="ballot-code">${view.poll && view.poll.code ? t("console.strip.code", { code: view.poll.code.replace(/-/g, " ") }) : view.date}</span>
  </footer>`;
}

/** What lies over the page: the line that is gone, who leads, what was refused, what can be taken back. */
function over() {
  const gone = desk.goneSince === null ? 0 : now() - desk.goneSince;
  return html`<section class="over" aria-label=${t("console.notices")}>
    ${gone > 3_000
      ? html`<p class="banner lost" role="alert">${shape("bang")}<span>${gone > 10_000 ? t("console.lost.long", { time: hhmm(desk.heardAt) }) : t("console.lost.short")}</span></p>`
      : nothing}
    ${desk.up && desk.asked && !desk.leading
      ? html`<p class="banner watch" id="watching">
          <span>${t("console.watching")}</span><button id="take-over" @click=${takeOver}>${t("console.take-over")}</button>
        </p>`
      : nothing}
    <div class="toasts" aria-live="polite">
      ${desk.undo ? html`<p class="toast" id="undo"><span>${desk.undo.said}</span><button @click=${() => desk.takeBack()}>${t("console.undo")}</button></p>` : nothing}
    </div>
  </section>`;
}

function takeOver() {
  desk.open({
    kind: "ask",
    title: t("console.take-over"),
    text: t("console.take-over-effect"),
    label: t("console.take-over"),
    act: () => desk.takeOver(),
  });
}

// --- after a move -------------------------------------------------------------------------------------------------

/** A new step: its line comes into sight, forms of the last one are empty, and it is said for those who do not see. */
function moved() {
  const { view } = desk;
  const here = `${JSON.stringify(view.position)}${view.stage}`;
  const word = `${say(view.heading)}  ${say(view.now)}`;
  if (word !== said) status.textContent = said = word;
  if (here === at) return;
  at = here;
  const form = document.getElementById("question");
  if (form) form.reset();
  const line = root.querySelector(".run li.now");
  if (line) line.scrollIntoView({ block: "nearest" });
  document.querySelector(".content").scrollTop = 0;
}

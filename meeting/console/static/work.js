/** The centre: what is on, its figures and people, the sentence to read out, and the one primary button. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { beside, press, showRoll } from "./acts.js";
import { onTheFloor } from "./floor.js";
import { laysOut, materials, materialsTab, shownMaterial } from "./materials.js";
import { earlier, tasks } from "./follow.js";
import { useHands } from "./orders.js";
import { rollCall } from "./roll.js";
import { isDense } from "./results.js";
import { shape } from "./shapes.js";
import { course } from "./strip.js";
import { vote } from "./votes.js";

const SIZES = ["", "long", "long longer"];
const LEAST = "long longer least";

export function work(desk) {
  const { view } = desk;
  return html`<main class="work ${view.step ? `at-${view.step.kind}` : ""} ${types(view) ? "typing" : ""} ${blocked(view) ? "blocked" : ""} ${sheet(view) ? "sheet" : ""}" id="work">
    <div class="head">
      <p class="kick">
        <span>${kicker(view)}</span>
        ${materialsTab(desk)}
        <button class="tab" id="roll-tab" aria-pressed=${desk.roll ? "true" : "false"} @click=${() => showRoll(desk)}>
          ${t("console.roll.tab", { present: view.attendance.present, due: view.attendance.due })}
        </button>
        <b class="pill" id="now">${say(view.now)}</b>
      </p>
      <h1>${say(view.heading)}</h1>
      ${sheet(view) || blocked(view) || types(view) || view.materials.shown ? nothing : course(view.strip)}
    </div>
    <div class="content" tabindex="0" role="group" aria-label=${t("console.content")}>
      ${notices(desk)} ${desk.roll ? rollCall(desk) : laysOut(desk) ? materials(desk) : [earlier(view, { short: blocked(view) }), content(desk), remarks(view), tasks(view)]}
    </div>
    ${shownMaterial(desk)} ${desk.roll || laysOut(desk) ? nothing : script(view)} ${acts(desk)}
  </main>`;
}

/** Totals are being typed: the numbers need their room beside what is called out. */
const types = ({ poll, primary }) => poll && primary.form === "totals";

/** Something stands against the vote: it has to be seen before anything else. */
const blocked = ({ primary }) => primary.name === "open_poll" && primary.reasons.length > 0;

/** The means of a score sheet stand beside what the chair reads out: one over the other, either would be cut. */
const sheet = ({ poll }) => poll && poll.result && isDense(poll.result);

function kicker(view) {
  if (!view.position) return "";
  const parts = [t("console.item", { number: view.position.item })];
  const item = view.agenda.find((one) => one.number === view.position.item);
  const ids = [...new Set(item.steps.filter((step) => step.open && step.matter).map((step) => step.matter))];
  if (view.poll) parts.push(t(`console.visibility.${view.poll.visibility}`));
  if (view.poll && view.poll.contest) parts.push(t(`console.contest.${view.poll.contest}`));
  if (ids.length > 1 && view.step.matter)
    parts.push(t(view.matters[view.step.matter].person ? "console.person-of" : "console.matter-of", { n: ids.indexOf(view.step.matter) + 1, all: ids.length }));
  else if (view.heading.zh !== item.title.zh) parts.push(say(item.title));
  if (view.poll && view.poll.round > 1) parts.push(t("console.round", { round: view.poll.round }));
  return parts.join("　");
}

// --- what the chair is told -----------------------------------------------------------------------------------------

function notices(desk) {
  const { view } = desk;
  const told = [];
  if (view.trouble) told.push([say(view.trouble.say), "hands"]);
  if (view.poll && view.poll.void_proposed && ["open", "held", "closing"].includes(view.poll.stage)) told.push([t("console.void.waits", { reason: view.poll.void_proposed })]);
  if (view.chair && !view.chair.here && view.stage === "sitting") told.push([t("console.presides.away", view.chair)]);
  if (view.slide.notice) told.push([say(view.slide.notice)]);
  return told.map(
    ([text, act]) => html`<p class="told">
      ${shape("bang")}<span>${text}</span>
      ${act && view.by_hands ? html`<button class="small" data-act="hands-instead" ?disabled=${!desk.ready} @click=${() => useHands(desk)}>${t("console.act.hands")}</button>` : nothing}
    </p>`,
  );
}

/** What the sitting's file says beside: it stands against nothing. */
function remarks({ remarks: found }) {
  if (!found.length) return nothing;
  return html`<dl class="remarks">
    ${found.map((one) => html`<div class=${one.warning ? "w" : ""} data-remark=${one.name}>
      <dt>${one.warning ? shape("bang") : nothing}${say(one.label)}</dt><dd>${say(one.text)}</dd>
    </div>`)}
  </dl>`;
}

// --- content by what is on ------------------------------------------------------------------------------------------

function content(desk) {
  const { view } = desk;
  const { step, poll } = view;
  if (view.stage === "gathering") return conditions(desk);
  if (!step) return presided(view);
  if (step.kind === "vote" && (poll || view.rules.length)) return vote(desk);
  if (step.kind === "declaration" && poll && poll.result) return vote(desk);
  return onTheFloor(desk);
}

/** For the record of the day, once it is over: who has presided. */
const presided = ({ presided: names }) =>
  names.length ? html`<div class="panel plain"><p class="l">${t("console.presides.all")}</p><p class="name">${names.join(t("console.comma"))}</p></div>` : nothing;

function conditions(desk) {
  const { attendance: a, watching } = desk.view;
  const line = (met, name, value) => html`<li class=${met ? "" : "w"}>
    ${shape(met ? "tick" : "bang")}<span class="k">${name}</span><span class="v">${value}</span
    ><span class="met">${t(met ? "console.met" : "console.unmet")}</span>
  </li>`;
  return html`<ul class="panel pre">
    ${line(a.quorate, t("console.condition.quorum"), t("console.condition.quorum-value", a))}
    ${line(watching.halls > 0, t("console.condition.hall"), t("console.condition.hall-value", { halls: watching.halls }))}
    ${line(watching.online >= a.present, t("console.condition.phones"), t("console.condition.phones-value", { online: watching.online, present: a.present }))}
  </ul>`;
}

// --- what is said, and what is done ----------------------------------------------------------------------------------

function script(view) {
  if (!view.script.length) return nothing;
  return html`<section class="script" tabindex="0" aria-labelledby="script">
    <p class="l" id="script">${t("console.script")}</p>
    ${view.script.map((sentence) => html`<p>${figures(say(sentence))}</p>`)}
  </section>`;
}

/** Set the script as large as lets it be read without scrolling; beside a score sheet it is narrow, and may be smaller. */
export function fitScript() {
  const script = document.querySelector(".script");
  if (!script) return;
  for (const size of document.querySelector(".work.sheet") ? [...SIZES, LEAST] : SIZES) {
    script.className = `script ${size}`;
    if (script.scrollHeight <= script.clientHeight + 1) return;
  }
}

/** Figures stand out: they are what must not be misread. */
function figures(text) {
  return text.split(/(\d+)/).map((part, index) => (index % 2 ? html`<em>${part}</em>` : part));
}

function acts(desk) {
  const { view } = desk;
  const { primary } = view;
  // What stands against a vote is listed in the centre, each with what can be done about it.
  const listed = view.trouble || primary.name === "open_poll";
  const reasons = listed ? [] : primary.reasons;
  const off = !desk.ready || !primary.name || primary.reasons.length > 0 || Boolean(view.trouble);
  return html`<div class="acts">
    ${desk.notice
      ? html`<p class="told" id="notice" role="alert" data-code=${desk.notice.code}>${shape("bang")}<span>${desk.notice.text}</span></p>`
      : nothing}
    ${reasons.length
      ? html`<ul class="reasons" id="reasons">
          ${reasons.map((each) => html`<li>${say(each)}</li>`)}
        </ul>`
      : nothing}
    <button
      id="primary"
      class="primary ${off ? "off" : ""}"
      data-name=${primary.name || ""}
      data-confirm=${primary.confirm || ""}
      ?disabled=${off}
      aria-describedby=${reasons.length ? "reasons" : primary.name === "open_poll" && primary.reasons.length ? "conditions" : nothing}
      @click=${() => press(desk)}
    >
      <span>${say(primary.label)}</span>${hint(view)}
    </button>
    <div class="sec">
      ${beside(desk).map(
        ({ name, label, act, off: not, look, on }) =>
          html`<button data-act=${name} class=${on ? "on" : ""} ?disabled=${not || (!look && !desk.ready)} @click=${() => (act(), desk.redraw())}>${label}</button>`,
      )}
    </div>
  </div>`;
}

/** What the hall will show, or what is still out. */
function hint(view) {
  const { primary, preview } = view;
  if (primary.reasons.length || view.trouble) return nothing;
  if (primary.warning) return html`<small>${say(primary.warning)}</small>`;
  if (!preview) return nothing;
  return html`<small>${t("console.hall-shows", { what: screenName(preview.slide) })}</small>`;
}

/** What a slide is called. */
export function screenName(slide) {
  return t(`console.hall.${slide.kind === "asking" ? `asking-${slide.stage}` : slide.kind}`);
}

/** The centre: what is on, its figures and people, the sentence to read out, and the one primary button. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { beside, override, press, showRoll } from "./acts.js";
import { left, mmss } from "./clock.js";
import { rollCall } from "./roll.js";
import { bar, shape } from "./shapes.js";

export function work(desk) {
  const { view } = desk;
  return html`<main class="work ${view.step ? `at-${view.step.kind}` : ""}" id="work">
    <div class="head">
      <p class="kick">
        <span>${kicker(view)}</span>
        <button class="tab" id="roll-tab" aria-pressed=${desk.roll ? "true" : "false"} @click=${() => showRoll(desk)}>
          ${t("console.roll.tab", { present: view.attendance.present, due: view.attendance.due })}
        </button>
        <b class="pill" id="now">${say(view.now)}</b>
      </p>
      <h1>${say(view.heading)}</h1>
    </div>
    <div class="content" tabindex="0" role="group" aria-label=${t("console.content")}>
      ${notices(desk)} ${desk.roll ? rollCall(desk) : content(desk)}
    </div>
    ${desk.roll ? nothing : script(view)} ${acts(desk)}
  </main>`;
}

function kicker(view) {
  if (!view.position) return "";
  const parts = [t("console.item", { number: view.position.item })];
  const item = view.agenda.find((one) => one.number === view.position.item);
  const ids = [...new Set(item.steps.filter((step) => step.open && step.matter).map((step) => step.matter))];
  if (view.poll) parts.push(t(`console.visibility.${view.poll.visibility}`));
  if (ids.length > 1 && view.step.matter)
    parts.push(t("console.person-of", { n: ids.indexOf(view.step.matter) + 1, all: ids.length }));
  else if (view.heading.zh !== item.title.zh) parts.push(say(item.title));
  if (view.poll && view.poll.round > 1) parts.push(t("console.round", { round: view.poll.round }));
  return parts.join("　");
}

// --- what the chair is told -----------------------------------------------------------------------------------------

function notices(desk) {
  const { view } = desk;
  const told = [];
  if (view.trouble) told.push(say(view.trouble.say));
  if (view.slide.notice) told.push(say(view.slide.notice));
  return told.map((text) => html`<p class="told">${shape("bang")}<span>${text}</span></p>`);
}

// --- content by what is on ------------------------------------------------------------------------------------------

function content(desk) {
  const { view } = desk;
  if (view.stage === "gathering") return conditions(desk);
  const { step, slide, poll } = view;
  if (!step) return nothing;
  if (slide.kind === "result") return result(view);
  if (step.kind === "vote" && poll) return poll.stage === "prepared" || poll.stage === "void" ? prepared(desk) : turnout(desk);
  if (step.kind === "questions") return [view.timer ? floor(view) : nothing, questions(desk)];
  if (step.matter) return [floor(view), nominee(view)];
  return floor(view);
}

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

/** Who has the floor, and the time that is left. */
function floor(view) {
  const { step } = view;
  if (!step.limit_s && !view.timer)
    return step.speaker || say(step.title)
      ? html`<div class="panel plain"><p class="l">${say(step.title)}</p><p class="name">${step.speaker}</p></div>`
      : nothing;
  if (!view.timer)
    return html`<div class="panel figs quiet">
      ${figure(t("console.speaker"), step.speaker || t("console.nobody"), "name")}${figure(t("console.limit"), mmss(step.limit_s * 1000))}
    </div>`;
  const ms = left(view.timer);
  const whole = (step.limit_s || 60) * 1000;
  return html`<div class="panel clock ${ms <= 0 ? "over" : ""}" role="timer">
    <div class="figs big">
      ${figure(t(ms <= 0 ? "console.over" : view.timer.ends_at === null ? "console.stopped" : "console.left"), mmss(ms))}
      ${step.limit_s ? figure(t("console.limit"), mmss(whole), "soft") : nothing}
    </div>
    <div class="meter">${bar(ms / whole, ms <= 0)}</div>
  </div>`;
}

const figure = (label, number, kind = "") =>
  html`<div class="fig"><p class="l">${label}</p><p class="n ${kind}">${number}</p></div>`;

function nominee(view) {
  const matter = view.matters[view.step.matter];
  if (!matter || matter.kind !== "appointment") return nothing;
  if (view.step.kind === "pledge")
    return html`<dl class="panel facts">
      ${matter.pledge.map(([head, text]) => html`<div><dt>${head}</dt><dd>${text}</dd></div>`)}
    </dl>`;
  return html`<dl class="panel facts">
    ${matter.profile.map(([head, text]) => html`<div><dt>${head}</dt><dd>${text}</dd></div>`)}
  </dl>`;
}

function questions(desk) {
  const { view } = desk;
  const open = view.questions.filter((q) => q.answered === null);
  const done = view.questions.filter((q) => q.answered !== null);
  const put = async (event) => {
    event.preventDefault();
    const { by, text } = event.target.elements;
    const wrong = [by, text].find((input) => !input.value.trim());
    if (wrong) wrong.focus();
    else if (await desk.order({ name: "put_question", by: by.value.trim(), text: text.value.trim() })) {
      event.target.reset();
      by.focus();
    }
  };
  return html`<section class="panel questions" aria-label=${t("console.questions.title")}>
    <ol>
      ${open.map(
        (q, index) =>
          html`<li class=${index ? "" : "asked"}><b>${q.by}</b><span>${q.text}</span><em>${t(index ? "console.questions.waiting" : "console.questions.now")}</em></li>`,
      )}
    </ol>
    ${view.questions.length ? nothing : html`<p class="soft">${t("console.questions.none")}</p>`}
    <form id="question" novalidate @submit=${put}>
      <label for="by">${t("console.questions.by")}</label><input id="by" name="by" list="people" maxlength="60" autocomplete="off" />
      <label for="text">${t("console.questions.text")}</label><input id="text" name="text" maxlength="500" autocomplete="off" />
      <button ?disabled=${!desk.ready || !desk.may("put_question")}>${t(open.length ? "console.questions.queue" : "console.questions.put")}</button>
      <datalist id="people">${view.roll.filter((one) => one.presence === "present").map((one) => html`<option value=${one.name}></option>`)}</datalist>
    </form>
    ${done.length
      ? html`<ol class="closed">
          ${done.map((q) => html`<li><b>${q.by}</b><span>${q.text}</span><em>${t(q.answered ? "console.questions.answered" : "console.questions.unanswered")}</em></li>`)}
        </ol>`
      : nothing}
  </section>`;
}

// --- votes ---------------------------------------------------------------------------------------------------------

function prepared(desk) {
  const { view } = desk;
  const { poll } = view;
  const secret = poll.visibility === "secret";
  return [
    poll.stage === "void"
      ? nothing
      : html`<div class="panel">
          <div class="figs">
            ${figure(t("console.vote.entitled"), poll.entitled)}
            ${secret ? figure(t("console.vote.collected"), poll.issued) : nothing}
            ${secret ? figure(t("console.vote.not-collected"), poll.not_collected.length, poll.not_collected.length ? "warm" : "soft") : nothing}
            ${figure(t("console.vote.needed"), poll.needed, "soft")}
          </div>
          ${stragglers(view)}
        </div>`,
    view.preconditions.length
      ? html`<ul class="panel pre">
          ${view.preconditions.filter((one) => !one.met).map((one) => unmet(desk, one))}
          <li class="all">
            ${view.preconditions.filter((one) => one.met).map((one) => html`<span>${shape("tick")}${say(one.sentence)}</span>`)}
          </li>
        </ul>`
      : nothing,
  ];
}

/** A condition that is not met: it can be set aside with a reason, unless it is law. */
function unmet(desk, one) {
  return html`<li class="w">
    ${shape("bang")}<span class="k wide">${say(one.sentence)}</span>
    <span class="v">${one.overridden ? t("console.overridden", { reason: one.overridden }) : ""}</span>
    ${!one.overridden && !one.law && desk.may("override_precondition")
      ? html`<button class="small" data-condition=${one.name} ?disabled=${!desk.ready} @click=${() => override(desk, one)}>${t("console.act.override")}</button>`
      : nothing}
    <span class="met">${t(one.overridden ? "console.waived" : "console.unmet")}</span>
  </li>`;
}

/** Who has not collected a ballot: known by name, as who has voted never is. */
function stragglers(view) {
  const missing = view.poll.not_collected;
  if (!missing.length || view.poll.visibility !== "secret") return nothing;
  const names = new Map(view.roll.map((one) => [one.number, one]));
  return html`<div class="missing">
    <span>${t("console.vote.missing")}</span>
    <ul>
      ${missing.slice(0, 40).map((number) => html`<li class=${names.get(number).online ? "" : "w"}>${number} ${names.get(number).name}${names.get(number).online ? "" : t("console.vote.offline")}</li>`)}
    </ul>
  </div>`;
}

function turnout(desk) {
  const { poll } = desk.view;
  const secret = poll.visibility === "secret";
  const out = secret ? poll.issued : poll.entitled;
  return html`<div class="panel">
    <div class="figs big">
      ${figure(t("console.vote.returned"), poll.returned)} ${figure(t(secret ? "console.vote.issued" : "console.vote.entitled"), out, "soft")}
      ${figure(t("console.vote.outstanding"), Math.max(0, out - poll.returned), "soft")}
    </div>
    <div class="meter">${bar(out ? poll.returned / out : 0)}</div>
    ${stragglers(desk.view)}
  </div>`;
}

const CHOICES = ["for", "against", "abstain"];

function result(view) {
  const { slide, poll } = view;
  const tile = (kind, number) =>
    html`<div class="fig ${kind}"><p class="l">${shape(kind === "novote" ? "none" : kind)}${t(`console.choice.${kind}`)}</p><p class="n">${number}</p></div>`;
  const figures = [
    ["console.vote.issued", poll && poll.issued],
    ["console.vote.returned-short", poll && poll.returned],
    ["console.vote.needed", slide.needed],
  ].filter(([, number]) => number !== null && number !== undefined);
  return html`<div class="panel votes">
    <div class="figs">
      ${CHOICES.map((kind) => tile(kind, slide.counts[kind]))}${tile("novote", slide.not_returned)}
    </div>
    <div class="line">
      ${figures.map(([key, number]) => html`<span>${t(key)} <b>${number}</b></span>`)}
      <span class="vd">${t(`console.outcome.${slide.outcome}`)}</span>
    </div>
  </div>`;
}

// --- what is said, and what is done ----------------------------------------------------------------------------------

function script(view) {
  if (!view.script.length) return nothing;
  return html`<section class="script" aria-labelledby="script">
    <p class="l" id="script">${t("console.script")}</p>
    ${view.script.map((sentence) => html`<p>${figures(say(sentence))}</p>`)}
  </section>`;
}

/** Figures stand out: they are what must not be misread. */
function figures(text) {
  return text.split(/(\d+)/).map((part, index) => (index % 2 ? html`<em>${part}</em>` : part));
}

function acts(desk) {
  const { view } = desk;
  const { primary } = view;
  const reasons = view.trouble ? [] : primary.reasons;
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
      aria-describedby=${reasons.length ? "reasons" : nothing}
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

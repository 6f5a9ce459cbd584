/** A vote at the console: what governs it, who has a paper, what came back, and what somebody has to confirm. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { override } from "./orders.js";
import { lineOf } from "./people.js";
import { reasons } from "./record.js";
import { advicePanel, resultPanel } from "./results.js";
import { bar, shape } from "./shapes.js";
import { totalsForm, typedTotals } from "./totals.js";

const MOST_NAMES = 40;

const figure = (label, number, kind = "") =>
  html`<div class="fig"><p class="l">${label}</p><p class="n ${kind}">${number}</p></div>`;

/** What the centre shows at a vote step, or at its declaration. */
export function vote(desk) {
  const { poll } = desk.view;
  if (!poll) return nothing;
  switch (poll.stage) {
    case "prepared":
    case "void":
      return prepared(desk);
    case "counted":
    case "declared":
      return counted(desk.view);
    default:
      return poll.visibility === "hands" ? hands(desk) : turnout(desk.view);
  }
}

// --- before --------------------------------------------------------------------------------------------------------

function prepared(desk) {
  const { view } = desk;
  const { poll } = view;
  const secret = poll.visibility === "secret";
  const blocked = view.preconditions.some((one) => !one.met);
  return [
    blocked ? conditions(desk) : nothing,
    poll.stage === "void"
      ? nothing
      : html`<div class="panel">
          <div class="figs">
            ${figure(t("console.vote.entitled"), poll.entitled)}
            ${secret ? figure(t("console.vote.collected"), poll.issued) : nothing}
            ${secret ? figure(t("console.vote.not-collected"), poll.not_collected.length, poll.not_collected.length ? "warm" : "soft") : nothing}
            ${poll.needed === null ? nothing : figure(t("console.vote.needed"), poll.needed, "soft")}
          </div>
          ${stragglers(view, poll)} ${classes(view.poll)}
        </div>`,
    blocked ? nothing : conditions(desk),
    reasons(poll.questions),
  ];
}

/** What must be so before the vote may open: what is not met first, each by itself. */
function conditions(desk) {
  const all = desk.view.preconditions;
  if (!all.length) return nothing;
  const met = all.filter((one) => one.met);
  return html`<ul class="panel pre" id="conditions">
    ${all.filter((one) => !one.met).map((one) => unmet(desk, one))}
    ${met.length ? html`<li class="all">${met.map((one) => html`<span>${shape("tick")}${say(one.sentence)}</span>`)}</li>` : nothing}
  </ul>`;
}

/** A condition that is not met: it can be set aside with a reason, unless it is law. */
function unmet(desk, one) {
  return html`<li class="w">
    ${shape("bang")}<span class="k wide">${say(one.sentence)}${one.overridden ? nothing : html`<small>${say(one.do)}</small>`}</span>
    <span class="v">${one.overridden ? t("console.overridden", { reason: one.overridden }) : ""}</span>
    ${!one.overridden && !one.law && desk.may("override_precondition")
      ? html`<button class="small" data-condition=${one.name} ?disabled=${!desk.ready} @click=${() => override(desk, one)}>${t("console.act.override")}</button>`
      : nothing}
    <span class="met">${t(one.overridden ? "console.waived" : "console.unmet")}</span>
  </li>`;
}

/**
 * The rules of the sitting that govern this vote: what it takes, what a voter may do, who sees what, who declares.
 * They stand beside the hall's pictures before the vote, and once more where it is to be opened.
 */
export function rules(view) {
  return html`<section class="rules" aria-label=${t("console.rules")}>
    <h2>${t("console.rules")}</h2>
    <dl>${view.rules.map(({ label, value }) => html`<div><dt>${say(label)}</dt><dd>${say(value)}</dd></div>`)}</dl>
  </section>`;
}

/** Who has not collected a ballot: known by name, as who has voted never is. */
function stragglers(view, poll) {
  const missing = poll.not_collected;
  if (!missing.length || view.poll.visibility !== "secret") return nothing;
  const people = missing.slice(0, MOST_NAMES).map((number) => lineOf(view, number));
  return html`<div class="missing">
    <span>${t("console.vote.missing")}</span>
    <ul>
      ${people.map((one) => html`<li class=${one.online ? "" : "w"}>${one.number} ${one.name}${one.online ? "" : t("console.vote.offline")}</li>`)}
      ${missing.length > MOST_NAMES ? html`<li>${t("console.vote.more", { count: missing.length - MOST_NAMES })}</li>` : nothing}
    </ul>
  </div>`;
}

// --- under way -----------------------------------------------------------------------------------------------------

function turnout(view) {
  const { poll } = view;
  const secret = poll.visibility === "secret";
  const out = secret ? poll.issued : poll.entitled;
  // So few vote in secret that how many are in is told once all are.
  const untold = poll.returned === null;
  return html`<div class="panel">
    <div class="figs big">
      ${figure(t("console.vote.returned"), untold ? "—" : poll.returned)}
      ${figure(t(secret ? "console.vote.issued" : "console.vote.entitled"), out, "soft")}
      ${untold ? nothing : figure(t("console.vote.outstanding"), Math.max(0, out - poll.returned), "soft")}
    </div>
    ${untold ? html`<p class="lead">${t("console.vote.few")}</p>` : html`<div class="meter">${bar(out ? poll.returned / out : 0)}</div>`}
    ${stragglers(view, poll)}
  </div>`;
}

/** The classes that advise: how many of each have their papers. */
function classes({ advisory, visibility }) {
  if (!advisory.length || visibility !== "secret") return nothing;
  return html`<dl class="classes">
    ${advisory.map(
      (one) => html`<div>
        <dt>${say(one.label)}<small>${t("console.vote.advises")}</small></dt>
        <dd>${t("console.vote.collected-short")} <b>${one.issued}</b> / ${one.entitled}</dd>
      </div>`,
    )}
  </dl>`;
}

function hands(desk) {
  const { poll } = desk.view;
  if (poll.totals && !(desk.typed.again && desk.typed.ballot === poll.ballot)) return typedTotals(desk);
  return totalsForm(desk);
}

// --- counted -------------------------------------------------------------------------------------------------------

function counted(view) {
  const { poll } = view;
  if (!poll.result) return nothing;
  const unseen = poll.stage === "counted";
  return [
    unseen && poll.objection ? html`<p class="told">${shape("bang")}<span>${t("console.counted.objection", { by: poll.objected_by, reason: poll.objection })}</span></p>` : nothing,
    resultPanel(poll.result, poll),
    unseen ? waits(poll) : nothing,
    advicePanel(poll.advisory),
  ];
}

/** Counted, and seen by nobody else: who has looked at it, and what he said. */
function waits(poll) {
  const lines = [html`<li>${shape("bang")}<span>${t("console.counted.unseen")}</span></li>`];
  if (poll.confirmed_by) lines.push(html`<li class="ok">${shape("tick")}<span>${t("console.counted.confirmed", { by: poll.confirmed_by })}</span></li>`);
  for (const { same, name } of poll.rulings) lines.push(html`<li class="ok">${shape("tick")}<span>${t("console.counted.ruling", { same: same.join(t("console.comma")), name })}</span></li>`);
  return html`<ul class="panel waits">${lines}</ul>`;
}

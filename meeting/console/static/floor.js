/** Who has the floor: speakers with their time, those who asked to speak, nominees, groups, comments, ceremony. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { recordSummary } from "./orders.js";
import { left, mmss } from "./clock.js";
import { questions } from "./questions.js";
import { caseOf, points, record } from "./record.js";
import { bar } from "./shapes.js";

/** What the centre shows at a step that is no vote. */
export function onTheFloor(desk) {
  const { view } = desk;
  const { step, slide } = view;
  if (slide.kind === "certificate") return certificate(slide);
  if (slide.kind === "oath") return oath(slide);
  if (slide.kind === "summary") return [speech(view), summary(slide)];
  if (step.kind === "questions") return [view.speaking.speaker ? speech(view) : nothing, questions(desk), queue(desk), comments(view), about(view), caseOf(view)];
  return [speech(view), queue(desk), groups(desk), comments(view), about(view), caseOf(view), step.matter ? [points(desk), nominee(view)] : nothing];
}

const figure = (label, number, kind = "") =>
  html`<div class="fig"><p class="l">${label}</p><p class="n ${kind}">${number}</p></div>`;

/** Who speaks, and the time that is left. */
function speech(view) {
  const { step, timer, limits } = view;
  const called = view.speaking.speaker;
  const speaker = called ? called.name : step.speaker;
  const limit = called ? limits.speech_s : step.limit_s;
  if (!limit && !timer)
    return speaker || say(step.title)
      ? html`<div class="panel plain"><p class="l">${say(step.title) || say(step.name)}</p><p class="name">${speaker}</p></div>`
      : nothing;
  if (!timer)
    return html`<div class="panel figs quiet">
      ${figure(t("console.speaker"), speaker || t("console.nobody"), "name")}${figure(t("console.limit"), mmss(limit * 1000))}
    </div>`;
  const ms = left(timer);
  const whole = (limit || 60) * 1000;
  // The hall has the large clock; where there is more to lead than one speech, this one makes room.
  const busy = step.kind === "questions" || called || view.speaking.requests.length > 0 || view.groups.length > 0 || view.pledge_points.length > 0 || view.facts.length > 0;
  return html`<div class="panel clock ${busy ? "busy" : ""} ${ms <= 0 ? "over" : ""}" role="timer">
    <div class="figs ${busy ? "quiet" : "big"}">
      ${figure(t(ms <= 0 ? "console.over" : timer.ends_at === null ? "console.stopped" : "console.left"), mmss(ms))}
      ${speaker && step.kind !== "questions" ? figure(t("console.speaker"), speaker, "name") : nothing}
      ${limit && !(busy && step.kind === "questions") ? figure(t("console.limit"), mmss(whole), "soft") : nothing}
    </div>
    <div class="meter">${bar(ms / whole, ms <= 0)}</div>
  </div>`;
}

// --- who asked to speak --------------------------------------------------------------------------------------------

function queue(desk) {
  const { requests } = desk.view.speaking;
  if (!requests.length) return nothing;
  return html`<section class="panel queue" aria-labelledby="queue">
    <h2 id="queue">${t("console.queue.title", { count: requests.length })}</h2>
    <ol>
      ${requests.map(
        ({ number, name }) => html`<li>
          <span>${number}</span><b>${name}</b>
          <button class="small" data-call=${number} ?disabled=${!desk.ready || !desk.may("call_speaker")} @click=${() => desk.order({ name: "call_speaker", member: number })}>${t("console.queue.call")}</button>
        </li>`,
      )}
    </ol>
  </section>`;
}

// --- groups and comments -------------------------------------------------------------------------------------------

function groups(desk) {
  const { view } = desk;
  if (!view.groups.length) return nothing;
  return html`<section class="panel groups" aria-labelledby="groups">
    <h2 id="groups">${t("console.groups.title")}</h2>
    <ul>
      ${view.groups.map(
        (group) => html`<li>
          <b>${t("console.groups.number", group)}</b>
          <span class="who">${t("console.groups.convener", { name: group.convener, count: group.members })}${group.attendees ? t("console.groups.attendees", { count: group.attendees }) : nothing}</span>
          <span class="text ${group.summary ? "" : "soft"}">${group.summary || t("console.groups.none")}</span>
          <button class="small" data-group=${group.number} ?disabled=${!desk.ready || !desk.may("record_summary")} @click=${() => recordSummary(desk, group)}>
            ${t(group.summary ? "console.groups.again" : "console.groups.record")}
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}

/** Opinions on the item, from phones or entered here, for the opinion document. */
function comments({ comments: sent }) {
  if (!sent.length) return nothing;
  return html`<section class="panel comments" aria-labelledby="comments">
    <h2 id="comments">${t("console.comments.title", { count: sent.length })}</h2>
    <ul>
      ${sent.map(
        ({ by, text, gallery, recorded_by: office }) => html`<li><b>${by}</b>
          <span>${gallery ? html`<i class="tag">${t("console.comments.gallery")}</i>` : nothing}${office ? html`<i class="tag">${t(`console.comments.${office}`)}</i>` : nothing}${text}</span></li>`,
      )}
    </ul>
  </section>`;
}

// --- persons -------------------------------------------------------------------------------------------------------

const facts = (lines) => html`<dl class="panel facts">${lines.map(([head, text]) => html`<div><dt>${head}</dt><dd>${text}</dd></div>`)}</dl>`;

/** What the item is about: figures, movers, a committee, the text that is read out. */
function about({ facts: lines }) {
  const named = lines.filter(({ label }) => label);
  const read = lines.filter(({ label }) => !label);
  return [
    named.length ? facts(named.map(({ label, text }) => [say(label), say(text)])) : nothing,
    read.length ? html`<div class="panel plain motion">${read.map(({ text }) => html`<p>${say(text)}</p>`)}</div>` : nothing,
  ];
}

function nominee(view) {
  const matter = view.matters[view.step.matter];
  if (!matter || !matter.nomination) return nothing;
  if (view.step.kind === "pledge") return matter.pledge.length ? facts(matter.pledge) : nothing;
  return [record(view), matter.profile.length ? facts(matter.profile) : nothing];
}

function certificate(slide) {
  return html`<div class="panel plain paper">
    <p class="l">${slide.number}</p>
    <p class="name">${slide.names.join(t("console.comma"))}</p>
    <p>${say(slide.says)}</p>
    <p class="l">${say(slide.signed_by)}</p>
  </div>`;
}

function oath(slide) {
  return html`<div class="panel plain paper">
    <p class="l">${t("console.oath.takers")}</p>
    <p class="name">${slide.takers.join(t("console.comma"))}</p>
    ${slide.leader ? html`<p>${t("console.oath.leader", { name: slide.leader })}</p>` : nothing}
    <p class="oath">${slide.lines.map((line) => html`${say(line)} `)}</p>
  </div>`;
}

function summary(slide) {
  return html`<dl class="panel facts">
    ${slide.lines.map(({ number, title, outcome }) => html`<div><dt>${t("console.item", { number })}</dt><dd>${say(title)} <b>${say(outcome)}</b></dd></div>`)}
  </dl>`;
}

/** Beside the business: what an evaluation repeats, what the day leaves to do, questions to follow up, the recording. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { now } from "./clock.js";

const OVER = ["open", "held", "closing", "counted", "declared"];

/** The last evaluation and what is open of it, until the vote is opened; `short` while something stands against it. */
export function earlier({ earlier: before, poll, step }, { short = false } = {}) {
  if (!before || !step || (poll && OVER.includes(poll.stage))) return nothing;
  return html`<section class="panel earlier" aria-label=${t("console.earlier")}>
    <p>${say(before.grade)}</p>
    ${before.tasks.length
      ? html`<p class="l">${t(short ? "console.earlier.count" : "console.earlier.open", { count: before.tasks.length })}</p>
          ${short ? nothing : html`<ul>${before.tasks.map((one) => html`<li>${say(one)}</li>`)}</ul>`}`
      : nothing}
  </section>`;
}

/** What the day's outcomes leave to do, at the closing and after it. */
export function tasks({ tasks: left }) {
  if (!left.length) return nothing;
  return html`<section class="panel tasks" aria-labelledby="tasks">
    <h2 id="tasks">${t("console.tasks.title", { count: left.length })}</h2>
    <ol>
      ${left.map(
        (one) => html`<li data-task=${one.id}>
          <span class="due">${one.due || t("console.tasks.no-deadline")}</span>
          <span><b>${say(one.subject)}</b>${say(one.what)}${one.deputies.length
            ? html`<small>${t("console.tasks.deputies", { names: one.deputies.join(t("console.comma")) })}</small>`
            : nothing}</span>
          <span class="of">${t("console.item", { number: one.item })}</span>
        </li>`,
      )}
    </ol>
  </section>`;
}

/** Mark a question as tracked, or take the mark away. */
export function trackButton(desk, one) {
  const name = one.tracked ? "untrack_question" : "track_question";
  if (!desk.may(name)) return nothing;
  return html`<button class="small ${one.tracked ? "on" : ""}" data-track=${one.number} aria-pressed=${one.tracked ? "true" : "false"} ?disabled=${!desk.ready} @click=${() => desk.order({ name, question: one.number })}>${t(one.tracked ? "console.questions.tracked" : "console.questions.track")}</button>`;
}

/** How long the recording runs, for the strip at the foot. */
export function recordingSign({ recording }) {
  if (!recording) return nothing;
  const seconds = Math.max(0, Math.floor((now() - recording.since) / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const time = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return html`<span class="recording" id="recording">${t("console.strip.recording", { time })}</span>`;
}

/** The order about the recording that is possible now, for the list of rarer ones. */
export function recordingAct(desk) {
  const name = desk.view.recording ? "stop_recording" : "start_recording";
  if (!desk.may(name)) return [];
  return [{ name, label: t(`console.more.${name}`), act: () => desk.order({ name }) }];
}

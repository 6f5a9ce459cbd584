/** Questions: the one that is asked, those that wait, those sent from phones, those that the office has prepared. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { timers } from "./acts.js";
import { left, mmss } from "./clock.js";
import { trackButton } from "./follow.js";
import { assignRespondent } from "./orders.js";
import { mayBeHeard } from "./people.js";

const SOURCES = ["member", "planned", "spontaneous", "deputy", "attendee", "public"];
let follows = null;

/** The queue, what waits for the chair, and the form. */
export function questions(desk) {
  const { view } = desk;
  const open = view.questions.filter((one) => one.answered === null);
  const done = view.questions.filter((one) => one.answered !== null);
  return html`<section class="panel questions" aria-label=${t("console.questions.title")}>
      ${clocks(desk)}
      <ol>
        ${open.map((one, index) => line(desk, one, index))}
      </ol>
      ${view.questions.length ? nothing : html`<p class="soft">${t("console.questions.none")}</p>`}
    </section>
    ${sent(desk)}
    <div class="panel questions">${form(desk, open.length)}</div>
    ${planned(desk)} ${closed(desk, done)}`;
}

/** Time to ask, time to answer, and what is left of it. */
function clocks(desk) {
  const { timer } = desk.view;
  const ms = left(timer);
  const word = timer && (ms <= 0 ? "console.over" : timer.ends_at === null ? "console.stopped" : "console.left");
  return html`<p class="clocks">
    ${timers(desk).map(({ name, label, act }) => html`<button class="small" data-act=${name} ?disabled=${!desk.ready} @click=${act}>${label}</button>`)}
    ${desk.view.sent.length ? html`<i class="tag sent">${t("console.questions.sent", { count: desk.view.sent.length })}</i>` : nothing}
    ${timer ? html`<span class="n ${ms <= 0 ? "warm" : ""}" role="timer"><small>${t(word)}</small>${mmss(ms)}</span>` : nothing}
  </p>`;
}

function line(desk, one, index) {
  const { respondents } = desk.view;
  const act = (label, go) => html`<button class="small" ?disabled=${!desk.ready} @click=${go}>${label}</button>`;
  return html`<li class=${index ? "" : "asked"}>
    <b>${one.by}</b>
    <span>
      ${tags(one)}${one.text}
      ${one.to ? html`<small class="to">${t("console.questions.to", { name: one.to })}</small>` : nothing}
    </span>
    ${index || one.to || !respondents.length || !desk.may("assign_respondent") ? nothing : act(t("console.questions.assign"), () => assignRespondent(desk, one))}
    ${index || !desk.may("put_question") ? nothing : act(t("console.questions.follow"), () => followUp(desk, one))}
    ${trackButton(desk, one)}<em>${t(index ? "console.questions.waiting" : "console.questions.now")}</em>
  </li>`;
}

/** In which capacity somebody asks, and what he follows up. */
function tags(one) {
  return html`${one.source === "member" ? nothing : html`<i class="tag">${say(one.source_label)}</i>`}${one.follows
    ? html`<i class="tag">${t("console.questions.follows", { by: one.follows.by })}</i>`
    : nothing}`;
}

function closed(desk, done) {
  if (!done.length) return nothing;
  return html`<section class="panel questions closed" aria-label=${t("console.questions.closed")}>
    <ol>
      ${done.map((one) => html`<li><b>${one.by}</b><span>${tags(one)}${one.text}</span>${trackButton(desk, one)}<em>${t(one.answered ? "console.questions.answered" : "console.questions.unanswered")}</em></li>`)}
    </ol>
  </section>`;
}

// --- from phones, and prepared -------------------------------------------------------------------------------------

function sent(desk) {
  const waiting = desk.view.sent;
  if (!waiting.length) return nothing;
  const give = (name, one) => () => desk.order({ name, question: one.number });
  return html`<section class="panel questions sent" aria-labelledby="sent">
    <h2 id="sent">${t("console.questions.sent", { count: waiting.length })}</h2>
    <ol>
      ${waiting.map(
        (one) => html`<li>
          <b>${one.by}</b><span>${tags(one)}${one.text}</span>
          <button class="small strong" data-admit=${one.number} ?disabled=${!desk.ready || !desk.may("admit_question")} @click=${give("admit_question", one)}>${t("console.questions.admit")}</button>
          <button class="small" data-decline=${one.number} ?disabled=${!desk.ready || !desk.may("decline_question")} @click=${give("decline_question", one)}>${t("console.questions.decline")}</button>
        </li>`,
      )}
    </ol>
  </section>`;
}

function planned(desk) {
  const prepared = desk.view.planned;
  if (!prepared.length) return nothing;
  const put = (one) => () => desk.order({ name: "put_question", by: one.by, text: one.text.zh, source: one.source, follows: one.follows });
  return html`<section class="panel questions" aria-labelledby="planned">
    <h2 id="planned">${t("console.questions.planned")}</h2>
    <ol>
      ${prepared.map(
        (one) => html`<li>
          <b>${one.by}</b><span>${one.source === "planned" ? nothing : html`<i class="tag">${say(one.source_label)}</i>`}${one.follows === null ? nothing : html`<i class="tag">${t("console.questions.follow")}</i>`}${say(one.text)}</span>
          <button class="small" data-planned ?disabled=${!desk.ready || !desk.may("put_question")} @click=${put(one)}>${t("console.questions.put")}</button>
        </li>`,
      )}
    </ol>
  </section>`;
}

// --- the form ------------------------------------------------------------------------------------------------------

function form(desk, open) {
  const { view } = desk;
  const followed = view.questions.find((one) => one.number === follows) || null;
  const put = async (event) => {
    event.preventDefault();
    const { by, text, source } = event.target.elements;
    const wrong = [by, text].find((input) => !input.value.trim());
    if (wrong) return wrong.focus();
    const order = { name: "put_question", by: by.value.trim(), text: text.value.trim(), source: source.value, follows: followed ? followed.number : null };
    if (!(await desk.order(order))) return;
    follows = null;
    event.target.reset();
    desk.redraw();
    by.focus();
  };
  return html`<form id="question" novalidate @submit=${put}>
    <label for="by">${t("console.questions.by")}</label><input id="by" name="by" list="people" maxlength="60" autocomplete="off" />
    <select name="source" aria-label=${t("console.questions.source")}>
      ${SOURCES.map((source) => html`<option value=${source}>${t(`console.source.${source}`)}</option>`)}
    </select>
    <input id="text" name="text" maxlength="500" autocomplete="off" aria-label=${t("console.questions.text")} placeholder=${t("console.questions.text")} />
    <button class="put" ?disabled=${!desk.ready || !desk.may("put_question")}>${t(open ? "console.questions.queue" : "console.questions.put")}</button>
    <datalist id="people">${mayBeHeard(view).map((one) => html`<option value=${one.name}></option>`)}</datalist>
    ${followed
      ? html`<p class="follows">
          <span>${t("console.questions.following", { by: followed.by, text: followed.text })}</span><button type="button" class="small" @click=${() => forget(desk)}>${t("console.questions.unfollow")}</button>
        </p>`
      : nothing}
  </form>`;
}

function followUp(desk, one) {
  follows = one.number;
  const { by, text } = document.getElementById("question").elements;
  by.value = one.by;
  desk.redraw();
  text.focus();
}

function forget(desk) {
  follows = null;
  desk.redraw();
}

/** What slides are made of: head, state line, title, timer.  Nothing here knows a kind of slide. */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { language, say, t } from "../words.js";
import { left, minutes, timeOfDay } from "./clock.js";

const LAST_MINUTE = 60_000;

/** Who sits, and what time it is. */
export function head(slide, now) {
  return html`<header class="head">
      <p class="who">
        <b>${say(slide.head.body)}</b><span class="meeting"><i class="sep"></i>${say(slide.head.meeting)}</span>
      </p>
      <p class="now">${filmed(slide)}${timeOfDay(now)}</p>
    </header>
    <div class="rule"></div>`;
}

/** That the cameras run: who is in the hall should know. */
export function filmed(slide) {
  return slide.head.recording ? html`<span class="recording">${t("hall.recording")}</span>` : nothing;
}

/** The state in gold, then what the hall should know of its place: texts that are empty are left out. */
export function kicker(state, details, aside = nothing) {
  const told = details.filter(Boolean);
  return html`<p class="kicker">
    <span class="state">${state}</span>${told.length ? html`<i class="sep"></i>` : nothing}${told.map(
      (detail) => html`<span class="detail">${detail}</span>`,
    )}<span class="aside">${aside}</span>
  </p>`;
}

/** What a vote with these questions is called: a motion is put, grades are given, names are chosen. */
export function sort(questions) {
  const last = (questions || [])[(questions || []).length - 1];
  if (!last || last.kind === "motion") return "";
  return last.kind === "grade" || last.kind === "score" ? "-evaluation" : "-ballot";
}

/** How it is voted: in secret, openly, by hands. */
export function manner(slide, questions) {
  return t(`hall.manner.${slide.visibility}${slide.visibility === "secret" ? sort(questions) : ""}`);
}

/** Which page this is, where there are several. */
export function pageOf(page, pages) {
  return pages > 1 ? t("hall.page", { page: page + 1, pages }) : nothing;
}

/** The words of a place on the agenda: item, and which person of how many. */
export function place(at) {
  if (!at) return [];
  const person = at.of ? t("hall.person", { nth: at.nth, of: at.of }) : "";
  return [t("hall.item", { number: at.number }), person];
}

/** The matter in the voice of the body. */
export function title(words) {
  return html`<h1 class="title">${clauses(say(words), 24)}</h1>`;
}

/** A Chinese text whose clauses stay whole where they are at most `most` characters long. */
export function clauses(text, most) {
  if (language() !== "zh") return text;
  const found = text.match(/[^\uff0c\u3002\uff1b\uff1a\uff1f\u3001]+[\uff0c\u3002\uff1b\uff1a\uff1f\u3001]*/g) || [text];
  if (found.length < 2 || found.join("") !== text) return text;
  // One that is too long would leave the others ragged.
  if (found.some((clause) => clause.length > most)) return text;
  return found.map((clause) => html`<span class="nb">${clause}</span>`);
}

/** `YYYY-MM-DD` in words; empty for what is no day. */
export function dayOf(on, options = {}) {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(on) ? new Date(`${on}T12:00:00`) : null;
  if (at === null || Number.isNaN(at.getTime())) return "";
  const wanted = { year: "numeric", month: "long", day: "numeric", ...options };
  return new Intl.DateTimeFormat(language() === "zh" ? "zh-CN" : "en-GB", wanted).format(at);
}

/** A body's name, broken where its parts are: after the number of the congress. */
export function phrases(text, most) {
  const after = language() === "zh" ? text.indexOf(t("hall.break-after")) + 1 : 0;
  const parts = [text.slice(0, after), text.slice(after)];
  if (!after || parts.some((part) => part.length > most)) return text;
  return parts.map((part) => html`<span class="nb">${part}</span>`);
}

/** A countdown: its word, its time, and `warn` in the last minute or `over` behind it. */
export function countdown(timer, now) {
  const ms = left(timer, now);
  if (ms <= 0) return { word: t("hall.time-up"), time: minutes(ms), tone: "over", ms };
  if (timer.ends_at === null) return { word: t("hall.paused"), time: minutes(ms), tone: "", ms };
  if (ms <= LAST_MINUTE) return { word: t("hall.last-minute"), time: minutes(ms), tone: "warn", ms };
  return { word: t("hall.time-left"), time: minutes(ms), tone: "", ms };
}

/** The same in one line, for slides whose subject is something else. */
export function corner(timer, now) {
  if (!timer) return nothing;
  const told = countdown(timer, now);
  return html`<p class="corner ${told.tone}"><small>${told.word}</small>${told.time}</p>`;
}

/** The ballot's code, in its groups. */
export function code(text) {
  if (!text) return nothing;
  return html`<span class="check">${t("hall.code")}<span class="code">${text.replace(/-/g, " ")}</span></span>`;
}

/** Slides about a person: a nominee is introduced, pledges, answers; a member asks. */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { language, say, t } from "../words.js";
import { bar, silhouette } from "./marks.js";
import { clauses, corner, countdown, head, kicker, pageOf, place } from "./parts.js";
import { recordPage, recordPages } from "./record.js";
import { course } from "./strip.js";

const SHORT = 7;
/** A value so long at most belongs to the line of personal data. */
const SHARE = /^(.*?)(\d+(?:\.\d+)?)\s*[%\uff05]$/;
const MONTH = /^(\d{4})-(\d{1,2})$/;
const NO_INQUIRY = { source: null, respondent: "", follows: null };
const MOST_FACTS = 4;
const MOST_TILES = 4;
const MOST_REQUESTS = 4;

/** The introduction, then what else stands on the record. */
export function nomineePages(slide, squeeze) {
  return slide.question ? 1 : 1 + recordPages(slide, squeeze);
}

/** Introduction or deliberation: portrait, post, facts, examination and publicity. */
export function nominee(slide, now, page = 0, squeeze = 0) {
  if (slide.question) return question(slide, now);
  const pages = nomineePages(slide, squeeze);
  if (page > 0) return recordPage(slide, now, page - 1, squeeze, [page, pages]);
  return html`${head(slide, now)}
    ${kicker(
      t(`hall.state.${slide.step}`),
      [...place(slide.place), slide.verb && language() === "zh" ? slide.verb : ""],
      slide.timer ? corner(slide.timer, now) : slide.strip ? course(slide.strip) : pageOf(page, pages),
    )}
    <section class="nominee">
      <div class="portrait">${silhouette()}${slide.photo ? photo(slide.photo) : nothing}</div>
      <div class="who">
        <h1 class="name" data-fit>${slide.name}</h1>
        <p class="post">${t("hall.proposed-as", { post: say(slide.post) })}</p>
        <dl class="facts">${facts(slide).map(
          ([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`,
        )}</dl>
      </div>
    </section>
    <section class="tiles small">${tiles(slide).map(
      ([label, figure, unit]) => html`<div class="mark">
        <p class="l" data-fit="label">${label}</p>
        <p class="v" data-fit="figure">${figure}<small>${unit}</small></p>
      </div>`,
    )}</section>`;
}

/** Over the silhouette, which stays until the whole picture is there, and where it cannot be had. */
function photo(path) {
  return html`<img src="${path}" alt="" @load=${(event) => event.target.classList.add("there")} />`;
}

function facts(slide) {
  const rows = slide.proposer ? [[t("hall.proposer"), slide.proposer]] : [];
  const plain = slide.profile.filter(([, value]) => !SHARE.test(value));
  const short = plain.filter(([, value]) => value.length <= SHORT).slice(0, 3);
  if (short.length) rows.push([t("hall.personal"), short.map(([, value]) => month(value)).join(t("hall.comma"))]);
  for (const [label, value] of plain.filter(([, value]) => value.length > SHORT)) rows.push([label, value]);
  const [only, ...others] = (slide.record && slide.record.attempts) || [];
  const paper = only && only.paper && !others.length ? [[t("hall.record.paper"), only.paper]] : [];
  return [...rows.slice(0, MOST_FACTS), ...paper];
}

function month(value) {
  const found = MONTH.exec(value);
  return found ? t("hall.month", { year: found[1], month: Number(found[2]) }) : value;
}

function tiles(slide) {
  const found = [];
  if (slide.exam !== null) {
    const passed = slide.passed === null ? "" : t(slide.passed ? "hall.exam-passed" : "hall.exam-failed");
    found.push([t("hall.exam"), slide.exam, passed]);
  }
  if (slide.publicity) {
    found.push([t("hall.publicity", { days: slide.publicity.days }), slide.publicity.objections, t("hall.objections")]);
  }
  for (const [label, value] of slide.profile) {
    const share = SHARE.exec(value);
    if (share) found.push([label + share[1], share[2], "%"]);
  }
  return found.slice(0, MOST_TILES);
}

/** The pledge speech: the time that is left, and what is pledged. */
export function pledge(slide, now) {
  return html`${head(slide, now)}
    <section class="pledge">
      <div class="clock">
        ${kicker(slide.attempt > 1 ? t("hall.again") : slide.written ? t("hall.state.pledge-written") : say(slide.label) || t("hall.state.pledge"), place(slide.place))}
        <h1 class="name" data-fit>${slide.name}</h1>
        <p class="post">${t("hall.proposed-as", { post: say(slide.post) })}</p>
        ${slide.written ? html`<p class="written">${t("hall.pledge-written")}</p>` : clock(slide, now)}
      </div>
      <ul class="heads">${slide.text.map(
        ([label, text]) => html`<li><b>${label}</b><span>${clauses(text, 18)}</span></li>`,
      )}</ul>
    </section>`;
}

/** A speaker's time in large figures, with a bar of what is left. */
function clock(slide, now) {
  const limit = slide.limit_s ? slide.limit_s * 1000 : 0;
  if (!slide.timer && !limit) return nothing;
  const told = slide.timer ? countdown(slide.timer, now) : countdown({ ends_at: null, remaining_ms: limit }, now);
  const word = slide.timer ? told.word : t("hall.time-limit");
  const allowed = limit ? t("hall.limit", { minutes: Math.round(limit / 6000) / 10 }) : "";
  return html`<p class="lab ${told.tone}"><b>${word}</b><span>${slide.timer ? allowed : ""}</span></p>
    <p class="t ${told.tone}">${told.time}</p>
    ${bar(limit ? told.ms / limit : 0, told.tone === "" ? "neutral" : "warn")}`;
}

/** A question is put: who asks, what, and who answers. */
export function question(slide, now) {
  const [by, text] = slide.question;
  const { source, respondent, follows } = slide.inquiry || NO_INQUIRY;
  const answers = respondent || slide.name || slide.speaker;
  return html`${head(slide, now)}
    ${kicker(t(follows ? "hall.state.follow-up" : "hall.state.questions"), [...place(slide.place), about(slide)])}
    <div class="ask">
      <h1 class="name">${by}</h1>
      <span class="role">${t("hall.asks", { title: say(slide.asker) })}</span>
      ${say(source) ? html`<span class="source">${say(source)}</span>` : nothing}
      ${corner(slide.timer, now)}
    </div>
    ${follows ? html`<p class="follows">${t("hall.follows", { by: follows[0] })}<span>${follows[1]}</span></p>` : nothing}
    <p class="q">${clauses(text, 17)}</p>
    ${answers
      ? html`<p class="answer">${t("hall.answers")}<b>${answers}</b>${
          slide.post && !respondent ? html`<span>${t("hall.proposed-as", { post: say(slide.post) })}</span>` : nothing
        }</p>`
      : nothing}
    ${queue(slide.waiting)} ${slide.kind === "business" ? course(slide.strip) : nothing}`;
}

/** The item that members inquire into; a nominee is named below. */
function about(slide) {
  return slide.kind === "business" ? html`<span class="about">${clauses(say(slide.title), 34)}</span>` : "";
}

function queue(waiting) {
  if (!waiting.length) return nothing;
  return html`<div class="next">
    <p class="l">${t("hall.next-questions")}</p>
    <ol>${waiting.slice(0, 2).map(([by, text]) => html`<li><b>${by}</b><span data-fit>${text}</span></li>`)}</ol>
  </div>`;
}

/** Somebody has the floor: name large, what it is about, the time. */
export function floor(slide, now) {
  return html`${head(slide, now)}
    ${kicker(say(slide.detail) || t(`hall.state.${slide.step}`), place(slide.place))}
    ${slide.speaker
      ? html`<h1 class="title">${clauses(say(slide.title), 24)}</h1>
          ${attached(slide)}
          <section class="floor">
            <div>
              <p class="role">${say(slide.role) || t("hall.has-the-floor")}</p>
              <h2 class="name" data-fit>${slide.speaker}</h2>
            </div>
            <div class="side">${clock(slide, now)}</div>
          </section>`
      : html`<section class="stand"><h1>${clauses(say(slide.title), 18)}</h1></section>${corner(slide.timer, now)}`}
    ${asking(slide)} ${course(slide.strip)}`;
}

/** What lies before the members beside what is said, and how the same was evaluated last time. */
function attached(slide) {
  const [grade, ...open] = slide.earlier || [];
  const all = [...(slide.attached || []), ...(grade ? [grade] : [])];
  if (!all.length) return nothing;
  // Where there is no room for what is open of it, the grade stays; phones and console have the rest.
  return html`<ul class="attached">
    ${all.map((one) => html`<li>${say(one)}</li>`)}${open.map((one) => html`<li class="still">${say(one)}</li>`)}
  </ul>`;
}

/** Who has asked to speak. */
function asking(slide) {
  if (!slide.requests || !slide.requests.length) return nothing;
  const [shown, more] = [slide.requests.slice(0, MOST_REQUESTS), slide.requests.length - MOST_REQUESTS];
  return html`<div class="next">
    <p class="l">${t("hall.next-speakers")}</p>
    <p class="queue">${shown.map((name) => html`<b class="nb">${name}</b> `)}${more > 0 ? html`<span>${t("hall.and-more", { more })}</span>` : nothing}</p>
  </div>`;
}

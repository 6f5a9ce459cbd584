/**
 * What goes on in the hall, in the phone's own simple form: one column, for reading, with nothing to press.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { itemOn } from "./floor.js";
import { phrased } from "./phrases.js";
import { recordOf } from "./record.js";
import { figures, motion } from "./slides_items.js";

/** The slide, or null where a phone has no form for it.  `me` is the reader's own, `at` the server's time. */
export function slideOf(slide, me, at) {
  const shown = SLIDES[slide.kind];
  return shown ? shown(slide, me, at) : null;
}

/** The dark card: what is under way, who speaks, how long he still has. */
function now({ kick, title, detail = "", timer = null, at, small = false }) {
  return html`<section class="now">
    ${kick ? html`<p class="kick">${kick}</p>` : nothing}
    <h1 class=${small ? "now-title" : "now-name"} tabindex="-1">${typeof title === "string" ? phrased(title) : title}</h1>
    ${detail ? html`<p class="detail">${phrased(detail)}</p>` : nothing} ${timer === null ? nothing : countdown(timer, at)}
  </section>`;
}

function countdown(timer, at) {
  const left = timer.ends_at === null ? timer.remaining_ms : timer.ends_at - at;
  const over = left < 0;
  const seconds = Math.floor(Math.abs(left) / 1000);
  const time = `${over ? "\u2212" : ""}${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  return html`<p class="left"><span>${t(over ? "phone.timer.over" : "phone.timer.left")}</span><b role="timer">${time}</b></p>`;
}

const notice = (text) => (text ? html`<p class="notice">${phrased(say(text))}</p>` : nothing);
/** How the same was evaluated last time, and what is open of it. */
const earlier = (text) => html`<p class="notice plain">${say(text)}</p>`;
const step = (slide) => t(`phone.step.${slide.step}`);

/** Names one after the other; a line never breaks inside one. */
function people(names) {
  const between = t("phone.list.between");
  return names.map((name, i) =>
    i === names.length - 1
      ? html`<span class="clause">${name}</span>`
      : html`<span class="clause">${name}${between.trim()}</span>${between.replace(/\S/g, "")}`,
  );
}

/** The item's number where the slide has it, and what is done there. */
function where(slide, what) {
  const number = itemOn(slide);
  return number ? html`${t("phone.item", { number })}<span>${what}</span>` : what;
}

/** An item with its number: what it is about, and who has the floor. */
function item(slide, at) {
  const speaker = [say(slide.role), slide.speaker].filter(Boolean).join(" ");
  return now({
    kick: where(slide, step(slide)),
    title: say(slide.title),
    detail: slide.speaker ? speaker : say(slide.detail),
    timer: slide.timer,
    at,
    small: true,
  });
}

const SLIDES = {
  withheld: (slide) => now({ title: say(slide.sentence), small: true }),
  slate: (slide) => now({ title: say(slide.title), detail: say(slide.subtitle), small: true }),
  roll_call: (slide) =>
    now({ kick: t("phone.step.roll_call"), title: t("phone.roll.title"), detail: say(slide.sentence), small: true }),
  business: (slide, me, at) =>
    slide.step === "recess"
      ? now({ kick: where(slide, ""), title: t("phone.step.recess"), detail: say(slide.title) })
      : html`${item(slide, at)} ${notice(slide.notice)} ${(slide.earlier || []).map(earlier)} ${slide.step === "reply" ? motion({ text: [], attached: slide.attached }) : nothing} ${slide.question ? question(slide) : nothing}`,
  agenda: (slide, me, at) => html`${item(slide, at)}
    <h2 class="label agenda-title">${t("phone.agenda")}</h2>
    <ol class="agenda">
      ${slide.items.map((one) =>
        line(one.number, say(one.title), one.mark === "ahead" ? "" : t(`phone.mark.${one.mark}`), one.mark),
      )}
    </ol>`,
  reading: (slide) => html`${now({ kick: where(slide, step(slide)), title: say(slide.title), detail: slide.reader ? t("phone.moved-by", { name: slide.reader }) : "", small: true })} ${motion(slide)}`,
  figures: (slide, me, at) => html`${item(slide, at)} ${figures(slide)}`,
  groups: (slide, me, at) => html`${item({ ...slide, detail: null }, at)} ${groups(slide, me)}`,
  disposal: (slide) =>
    html`${now({ kick: where(slide, t(`phone.disposal.${slide.outcome}`)), title: say(slide.title), small: true })} ${notice(slide.notice)}`,
  nominee: (slide, me, at) =>
    html`${now({ kick: where(slide, step(slide)), title: people([slide.name]), detail: slide.exam === null ? say(slide.post) : proposed(slide), timer: slide.timer, at })}
    ${notice(slide.notice)} ${slide.question ? question(slide) : facts(slide)}`,
  pledge: (slide, me, at) =>
    html`${now({ kick: where(slide, slide.written ? t("phone.pledge-written") : say(slide.label) || t("phone.step.pledge")), title: people([slide.name]), detail: proposed(slide), timer: slide.timer, at })}
    ${notice(slide.notice)} ${facts({ profile: slide.text, exam: null })}`,
  certificate: (slide) =>
    html`${now({ kick: where(slide, t("phone.step.certificates")), title: people(slide.names), detail: say(slide.post), small: slide.names.length > 1 })}
      <p class="said">${say(slide.text)}</p>`,
  oath: (slide) =>
    html`${now({ kick: where(slide, t("phone.step.oath")), title: people(slide.takers), small: slide.takers.length > 1 })}
      <div class="said">${slide.lines.map((one) => html`<p>${say(one)}</p>`)}</div>`,
  summary: (slide, me, at) =>
    html`${now({ kick: where(slide, t("phone.summary")), title: say(slide.title), timer: slide.timer, at, small: true })}
      <ol class="agenda">
        ${slide.lines.map(({ number, title, outcome }) => line(number, say(title), say(outcome)))}
      </ol>`,
  asking: (slide) => now({ kick: where(slide, t("phone.voting")), title: say(slide.title), small: true }),
};

const proposed = ({ post }) => t("phone.proposed-for", { post: say(post) });

const line = (number, title, mark, kind = "") =>
  html`<li class=${kind}>
    <span class="number">${number}</span><span class="word">${phrased(title)}${mark === "" ? nothing : html` <small>${mark}</small>`}</span>
  </li>`;

function facts({ profile, exam, record }) {
  const lines = [...profile, ...recordOf(record, exam)];
  if (lines.length === 0) return nothing;
  return html`<dl class="facts">${lines.map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>`;
}

/** Who asks, in which capacity, after which question, and who is to answer. */
function question({ question: [by, text], inquiry }) {
  const { source, respondent, follows } = inquiry || { source: null, respondent: "", follows: null };
  return html`<div class="question">
    <p class="label">${t(follows ? "phone.question.again" : "phone.question", { by })}${say(source) ? html` <span class="tag">${say(source)}</span>` : nothing}</p>
    <p>${text}</p>
    ${respondent ? html`<p class="label">${t("phone.question.respondent", { name: respondent })}</p>` : nothing}
  </div>`;
}

/** The reader's own group first, by itself; then all of them with what they have reported. */
function groups({ groups: all }, me) {
  const own = all.find(({ number }) => number === me.group);
  return html`${own
      ? html`<div class="own-group">
          <p><b>${t("phone.floor.group.own", { number: own.number })}</b></p>
          <p>${t("phone.floor.group.convener", { name: own.convener })}</p>
          ${own.members && own.members.length > 0 ? html`<p class="members">${people(own.members)}</p>` : nothing}
        </div>`
      : nothing}
    <h2 class="label agenda-title">${t("phone.floor.groups")}</h2>
    <ul class="agenda groups">
      ${all.map(
        ({ number, convener, summary }) => html`<li>
          <p><span>${t("phone.floor.group", { number })}</span><span>${t("phone.floor.group.convener", { name: convener })}</span></p>
          ${summary ? html`<p class="summary">${summary}</p>` : nothing}
        </li>`,
      )}
    </ul>`;
}

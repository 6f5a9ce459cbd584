/**
 * What goes on in the hall, in the phone's own simple form: for reading, with nothing to press.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { heading, message, whose } from "./parts.js";
import { clauses, phrased } from "./phrases.js";
import { dots, tick } from "./shapes.js";

const stay = () => html`<p class="stay">${clauses(t("phone.stay"))}</p>`;

/** The dark card: what is under way, who speaks, how long he still has. */
function now({ kick, title, detail = "", timer = null, at, small = false }) {
  return html`<section class="now">
    ${kick ? html`<p class="kick">${kick}</p>` : nothing}
    <h1 class=${small ? "now-title" : "now-name"} tabindex="-1">${phrased(title)}</h1>
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
const step = (slide) => t(`phone.step.${slide.step}`);

/** The item's number where the slide has it, and what is done there. */
function where(slide, what) {
  const number = slide.number || (slide.place && slide.place.number);
  return number ? html`${t("phone.item", { number })}<span>${what}</span>` : what;
}

const SLIDES = {
  slate: (slide) => now({ title: say(slide.title), detail: say(slide.subtitle), small: true }),
  roll_call: (slide) =>
    html`${now({ kick: t("phone.step.roll_call"), title: t("phone.roll.title"), detail: say(slide.sentence), small: true })}`,
  business: (slide, at) => (slide.step === "recess" ? recess(slide) : underWay(slide, at)),
  agenda: (slide, at) =>
    html`${now({ kick: where(slide, step(slide)), title: say(slide.title), detail: say(slide.detail), timer: slide.timer, at, small: true })}
    <h2 class="label agenda-title">${t("phone.agenda")}</h2>
    <ol class="agenda">
      ${slide.items.map(
        ({ number, title, mark }) => html`<li class=${mark}>
          <span class="number">${number}</span><span class="word">${phrased(say(title))}${mark === "ahead"
            ? nothing
            : html` <small>${t(`phone.mark.${mark}`)}</small>`}</span>
        </li>`,
      )}
    </ol>`,
  disposal: (slide) =>
    html`${now({ kick: where(slide, t(`phone.disposal.${slide.outcome}`)), title: say(slide.title), small: true })} ${notice(slide.notice)}`,
  nominee: (slide, at) =>
    html`${now({ kick: where(slide, step(slide)), title: slide.name, detail: slide.exam === null ? say(slide.post) : proposed(slide), timer: slide.timer, at })}
    ${notice(slide.notice)} ${slide.question ? question(slide.question) : facts(slide)}`,
  pledge: (slide, at) =>
    html`${now({ kick: where(slide, t("phone.step.pledge")), title: slide.name, detail: proposed(slide), timer: slide.timer, at })}
    ${notice(slide.notice)} ${facts({ profile: slide.text, exam: null })}`,
  not_held: (slide) =>
    html`${now({ kick: t("phone.item", { number: slide.number }), title: say(slide.title), small: true })}
      <p class="notice">${say(slide.sentence)}</p>`,
  asking: (slide) => now({ kick: t("phone.voting"), title: say(slide.title), small: true }),
};

const underWay = (slide, at) =>
  html`${now({
    kick: where(slide, step(slide)),
    title: say(slide.title),
    detail: say(slide.detail) || slide.speaker,
    timer: slide.timer,
    at,
    small: true,
  })}${notice(slide.notice)}${slide.question ? question(slide.question) : nothing}`;

const recess = (slide) => now({ kick: where(slide, ""), title: t("phone.step.recess"), detail: say(slide.title) });

const proposed = ({ post }) => t("phone.proposed-for", { post: say(post) });

function facts({ profile, exam }) {
  if (profile.length === 0 && exam === null) return nothing;
  return html`<dl class="facts">
    ${profile.map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}
    ${exam === null ? nothing : html`<div><dt>${t("phone.exam")}</dt><dd>${t("phone.exam.score", { score: exam })}</dd></div>`}
  </dl>`;
}

const question = ([by, text]) => html`<div class="question"><p class="label">${t("phone.question", { by })}</p><p>${text}</p></div>`;

/** Why a member who follows is not counted as present; nothing where he is. */
function absence({ me, view }) {
  if (me.present) return view.slide.kind === "roll_call" ? html`<p class="ok">${tick()}<span>${t("phone.checked-in")}</span></p>` : nothing;
  const key = { on_leave: "on-leave", left_early: "left-early" }[me.presence] || "at-desk";
  return html`<p class="notice">${phrased(t(`phone.absent.${key}`))}</p>`;
}

function follow({ knowledge }) {
  const { slide } = knowledge.view;
  const shown = SLIDES[slide.kind];
  return html`<main class="body">
    ${shown ? shown(slide, knowledge.now) : heading(say(knowledge.occasion.meeting))} ${absence(knowledge)} ${stay()} ${whose(knowledge)}
  </main>`;
}

const waiting = ({ knowledge }) =>
  message({
    mark: dots(),
    tone: "quiet",
    title: t("phone.waiting.title", { name: knowledge.who.name }),
    say: [t("phone.waiting.do")],
    more: whose(knowledge),
  });

const over = ({ knowledge }) =>
  message({ mark: tick(), title: t("phone.over.title"), say: [t("phone.over.do")], more: whose(knowledge) });

export const following = { follow, waiting, over };

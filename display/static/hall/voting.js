/** Slides of a vote: about to be put, under way, being counted, declared.  Before closing there are only counts. */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../words.js";
import { bar, shape } from "./marks.js";
import { code, countdown, head, kicker, place, title } from "./parts.js";

const CHOICES = ["for", "against", "abstain"];

/** A poll from its preparation to its counting. */
export function asking(slide, now) {
  const manner = t(`hall.manner.${slide.visibility}`);
  const [item, person] = place(slide.place);
  return html`${head(slide, now)}
    ${kicker(t(`hall.state.${slide.stage === "closing" ? "closing-vote" : slide.stage}`), [item, manner, slide.stage === "prepared" ? person : ""])}
    ${title(slide.title)} ${(STAGES[slide.stage] || turnout)(slide, now)}
    <p class="foot"><span>${foot(slide)}</span>${code(slide.code)}</p>`;
}

function foot(slide) {
  if (slide.stage === "prepared") {
    if (slide.again) return t("hall.held-again");
    return slide.visibility === "secret" ? t("hall.empty-box") : t("hall.open-vote");
  }
  return t(`hall.foot.${slide.stage}`);
}

function armed(slide) {
  return html`<div class="choices">${CHOICES.map(
      (choice) => html`<div class="choice ${choice}">${shape(choice)}<span data-fit="choice">${t(`hall.vote.${choice}`)}</span></div>`,
    )}</div>
    <dl class="rules">
      <div><dt>${t("hall.voters")}</dt><dd>${voters(slide)}</dd></div>
      <div><dt>${t("hall.to-carry")}</dt><dd>${t(`hall.more-than-half.${slide.base}`)} <b>${t("hall.votes", { needed: slide.needed })}</b></dd></div>
      ${slide.visibility === "secret"
        ? html`<div><dt>${t("hall.issued")}</dt><dd><b>${slide.issued}</b> / ${slide.entitled}</dd></div>`
        : nothing}
    </dl>`;
}

function voters(slide) {
  const bases = { all: slide.all_members, present: slide.present, recused: slide.recused };
  return html`<b>${slide.entitled}</b> <span class="nb">${t("hall.bases", bases)}</span>`;
}

function turnout(slide, now) {
  const whole = slide.visibility === "secret" ? slide.issued : slide.entitled;
  const running = slide.stage === "open" && slide.timer ? countdown(slide.timer, now) : null;
  const end = running ? [running.word, running.time] : ["", slide.stage === "open" ? "" : t(`hall.turnout.${slide.stage}`)];
  return html`<section class="turnout ${whole > 999 ? "wide" : ""}">
      <div><p class="l">${t("hall.received")}</p><p class="n">${slide.returned}</p></div>
      <svg class="slash" viewBox="0 0 120 250" aria-hidden="true"><path d="M96 8 24 242" /></svg>
      <div><p class="l">${t(slide.visibility === "secret" ? "hall.issued" : "hall.voters")}</p><p class="n of">${whole}</p></div>
      <div class="end ${running ? running.tone : ""}"><p class="l">${end[0]}</p><p class="n ${running ? "" : "word"}">${end[1]}</p></div>
    </section>
    <div class="turnbar">${bar(whole ? slide.returned / whole : 0, "neutral")}</div>`;
}

function voided() {
  return html`<section class="notice">
    <p class="verdict">${t("hall.void")}</p>
    <p class="because">${t("hall.void-because")}</p>
  </section>`;
}

const STAGES = { prepared: armed, void: voided };

/** The board: from the base to the verdict.  Everything appears at once. */
export function result(slide, now) {
  const { counts } = slide;
  const tiles = [
    ...CHOICES.map((choice) => [choice, counts[choice] || 0]),
    ["novote", slide.not_returned],
  ];
  const whole = slide.base === "present" ? slide.present : slide.all_members;
  const [item] = place(slide.place);
  const checked = slide.checked === null ? nothing : t("hall.checked", { count: slide.checked, issued: slide.issued });
  return html`${head(slide, now)}
    ${kicker(t("hall.state.result"), [item, t(`hall.manner.${slide.visibility}`)], checked)} ${title(slide.title)}
    <p class="base">${base(slide).map(([key, label, figure]) => html`<span class="${key} ${key === "invalid" && !figure ? "zero" : ""}">${label}<b>${figure}</b></span>`)}</p>
    <div class="tiles">${tiles.map(
      ([vote, figure]) => html`<div class="tile ${vote}">
        <p class="name">${shape(vote)}<span data-fit="vote">${t(`hall.vote.${vote}`)}</span></p>
        <p class="n" data-fit="count">${figure}</p>
      </div>`,
    )}</div>
    <section class="band">
      <p class="verdict">${t(`hall.outcome.${slide.outcome}`)}</p>
      <div class="why">
        <p class="need"><span>${t("hall.vote.for")} <b>${counts.for || 0}</b></span><span>${t(`hall.more-than-half.${slide.base}`)} <b>${slide.needed}</b></span></p>
        ${bar(whole ? (counts.for || 0) / whole : 0, "for", whole ? slide.needed / whole : null)}
        <p class="said">${last(slide.sentences)}</p>
      </div>
    </section>`;
}

function base(slide) {
  const pairs = [["all", slide.all_members], ["needed", slide.needed], ["present", slide.present]];
  if (slide.recused) pairs.push(["recused", slide.recused]);
  const returned =
    slide.visibility === "secret"
      ? [["issued", slide.issued], ["returned", slide.returned], ["valid", slide.valid], ["invalid", slide.invalid]]
      : [["entitled", slide.issued], ["voted", slide.returned]];
  return [...pairs, ...returned].map(([key, figure]) => [key, t(`hall.base.${key}`), figure]);
}

function last(sentences) {
  return sentences.length ? say(sentences[sentences.length - 1]) : "";
}

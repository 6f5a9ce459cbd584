/**
 * The vote, but for the paper itself: what comes before it, what becomes of it, and the result.
 *
 * Nothing in here knows a choice: after casting every voter's page is the same.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { bar, button, hallCode, heading, itemOf, matterLine, message, whose } from "./parts.js";
import { clauses, phrased } from "./phrases.js";
import { pledgeLink } from "./pledges.js";
import { outcomeOf } from "./results.js";
import { isSecret, questionsOf, selfCheck } from "./screens.js";
import { bang, dash, dots, hand, pause, tick } from "./shapes.js";
import { contestTag, kickOf } from "./wording.js";

const manner = ({ view }) => (isSecret(view.poll) ? "secret" : "open");
const kick = ({ poll, slide }) => kickOf({ ...poll, questions: questionsOf(poll), contest: slide.contest });

function prepared({ knowledge, screen, pledges }) {
  const { poll, slide } = knowledge.view;
  return html`<main class="body">
    ${kick(knowledge.view)} ${heading(slide.title ? say(slide.title) : "")}
    ${poll.few ? html`<p class="few">${phrased(t("phone.few"))}</p>` : nothing}
    <p class="big">${clauses(t("phone.prepared.title"))}</p>
    <p>${phrased(t(screen.ready ? "phone.prepared.ready" : "phone.prepared.collecting"))}</p>
    ${pledgeLink(poll.pledges, () => pledges.open(poll.ballot))}
    <p class="stay">${clauses(t("phone.stay"))}</p>
    ${hallCode(knowledge, poll.ballot)} ${whose(knowledge)}
  </main>`;
}

/** Nothing to press: the vote is in the hall. */
function hands({ knowledge, screen }) {
  const { slide } = knowledge.view;
  const stage = ["prepared", "held"].includes(screen.stage) ? screen.stage : "open";
  return html`<main class="body state">
    <div class="mark ${stage === "open" ? "" : "quiet"}">${stage === "held" ? pause() : hand()}</div>
    ${heading(t(`phone.hands.${stage}`), "big")}
    <p>${clauses(t(`phone.hands.${stage}-do`))}</p>
    <div class="rule"></div>
    ${kick(knowledge.view)}
    <p class="matter">${clauses(slide.title ? say(slide.title) : "")}</p>
    ${whose(knowledge)}
  </main>`;
}

const sending = ({ knowledge, screen }) =>
  message({
    mark: screen.held ? pause() : dots(),
    tone: "quiet",
    title: t(screen.held ? "phone.sending.held" : "phone.sending.title"),
    say: [t(screen.held ? "phone.sending.held-do" : "phone.sending.do")],
    more: matterLine(knowledge),
  });

const retrying = ({ knowledge }) =>
  message({
    mark: bang(),
    tone: "warn",
    title: t("phone.retrying.title"),
    say: [t("phone.retrying.do")],
    more: matterLine(knowledge),
  });

function received({ knowledge, screen, phone }) {
  const again = screen.changes && !screen.held;
  return message({
    mark: tick(),
    title: t(`phone.received.${manner(knowledge)}`),
    say: [t(screen.held ? "phone.received.held" : "phone.received.do")],
    more: matterLine(knowledge),
    foot: again
      ? bar(button(t("phone.received.again"), () => phone.fillAgain(screen.ballot), { second: true }), t("phone.received.changes"))
      : nothing,
  });
}

const counting = ({ knowledge }) =>
  message({
    mark: dots(),
    tone: "quiet",
    title: t("phone.counting.title"),
    say: [t("phone.counting.do")],
    more: matterLine(knowledge),
  });

const voided = ({ knowledge }) =>
  message({
    mark: dash(),
    tone: "quiet",
    title: t("phone.void.title"),
    say: [t("phone.void.do")],
    more: matterLine(knowledge),
  });

const recused = ({ knowledge }) =>
  message({
    mark: dash(),
    tone: "quiet",
    title: t("phone.recused.title"),
    say: [t("phone.recused.do")],
    more: html`${matterLine(knowledge)}${whose(knowledge)}`,
  });

function notOnRoll({ knowledge, screen }) {
  const { ballot, me } = knowledge;
  const late = me.present && ballot !== null && ["no-device", "other-device"].includes(ballot.standing);
  const why = !screen.mine ? "others" : late ? "late-device" : me.present ? "late" : "absent";
  return message({
    mark: dash(),
    tone: "quiet",
    title: t("phone.not-on-roll.title"),
    say: [t(`phone.not-on-roll.${why}`)],
    more: html`${matterLine(knowledge)}${whose(knowledge)}`,
  });
}

const noBallot = ({ knowledge }) =>
  message({
    mark: dash(),
    tone: "quiet",
    title: t("phone.no-ballot.title"),
    say: [t("phone.no-ballot.do")],
    more: matterLine(knowledge),
  });

// ---- the result

function result({ knowledge, screen, phone }) {
  const { slide, poll } = knowledge.view;
  return html`<main class="body">
    <p class="kick">${screen.ballot ? html`${t("phone.item", { number: itemOf(screen.ballot) })}` : nothing}<span>${t("phone.result")}</span>${contestTag(slide)}</p>
    ${heading(say(slide.title))}
    ${outcomeOf(slide, poll)} ${ownCheck(knowledge, screen.ballot, phone)}
    ${slide.sentences.map((sentence) => html`<p class="said">${say(sentence)}</p>`)}
    ${hallCode(knowledge, screen.ballot)}
  </main>`;
}

/** Whether this phone's ballot is on the public list; it tells neither which line nor what it says. */
function ownCheck(knowledge, ballot, phone) {
  switch (selfCheck(knowledge, ballot)) {
    case "checked":
      return html`<p class="ok">${tick()}<span>${t("phone.self-check.done")}</span></p>`;
    case "checking":
      return html`<p class="ok soft">${dots()}<span>${t("phone.self-check.running")}</span></p>`;
    case "missing":
      return html`<p class="refused">${bang()}<span>${t("phone.alarm.ballot-missing.title")}
        <button type="button" class="inline" @click=${() => phone.unsettle(`ballot-missing/${ballot}`)}>${t("phone.alarm.show-receipt")}</button></span></p>`;
    default:
      return nothing;
  }
}

export const voting = {
  prepared,
  hands,
  sending,
  retrying,
  received,
  counting,
  void: voided,
  recused,
  "not-on-roll": notOnRoll,
  "no-ballot": noBallot,
  result,
};

/**
 * What the desk can order, by what is on: one list for buttons, keys and the dialog of rarer orders.
 *
 * An act has a label, and either the order it gives at once, or the dialog that it opens.  What can be taken back is
 * given at once with five seconds to take it back; what cannot asks first.
 */

import { say, t } from "../display/words.js";
import { mmss } from "./clock.js";
import { recordingAct } from "./follow.js";
import { abortPoll, byVideo, callSpeaker, form, giveReason, handOver, judgeReply, organs, pledgeAgain, reason, recordComment, recuse, terminate, useHands, voidPoll, withdraw } from "./orders.js";
import { handIn } from "./totals.js";

/** What the primary button does; `clicker` when a clicker pressed it, which may not do what cannot be taken back. */
export function press(desk, { clicker = false } = {}) {
  const { primary, position } = desk.view;
  if (!desk.ready || !primary.name || primary.reasons.length || desk.view.trouble) return;
  const command = { name: primary.name, ...primary.fields };
  if (primary.form) {
    if (clicker) desk.tell(t("console.notice.clicker", { what: say(primary.label) }));
    else if (primary.form === "totals") handIn(desk);
    else if (primary.form === "reply") judgeReply(desk);
    else giveReason(desk, command);
    return;
  }
  if (primary.confirm) {
    if (!clicker) desk.open({ kind: "confirm", command }, { tied: true });
    else if (desk.armed) desk.order(command);
    else desk.tell(t("console.notice.clicker", { what: say(primary.label) }));
    return;
  }
  const undo = primary.name === "proceed" && position ? { name: "go_to", ...position } : null;
  desk.order(command, { undo, said: t("console.undo.proceed") });
}

/** The way on, while somebody could still be heard or a round still be held. */
function goOn(desk) {
  const { onward, position } = desk.view;
  const more = { undo: { name: "go_to", ...position }, said: t("console.undo.proceed") };
  const command = { name: onward.name, ...onward.fields };
  if (onward.confirm)
    desk.open({ kind: "ask", title: say(onward.label), text: say(onward.effect), label: say(onward.label), hold: true, act: () => desk.order(command) }, { tied: true });
  else desk.order(command, more);
}

/** One step back. */
export function stepBack(desk) {
  const { back, position } = desk.view;
  if (!back || !desk.may("go_to")) return;
  desk.order({ name: "go_to", ...back }, { undo: { name: "go_to", ...position }, said: t("console.undo.back") });
}

/** Cover the hall screen with `blank`, `slate` or `recess`, or show the business again. */
export function cover(desk, what) {
  if (desk.view.cover) desk.order({ name: "show_hall" });
  else if (desk.may("cover_hall"))
    desk.order({ name: "cover_hall", cover: what }, { undo: { name: "show_hall" }, said: t(`console.undo.${what}`) });
}

/** Show the roll in place of what is on, or that again. */
export function showRoll(desk) {
  desk.roll = !desk.roll;
  desk.redraw();
}

/** Start the timer, or stop it while it runs. */
export function toggleTimer(desk) {
  const { timer, step } = desk.view;
  if (timer && timer.ends_at !== null) desk.order({ name: "stop_timer" });
  else if (timer || (step && step.limit_s)) desk.order({ name: "start_timer" });
}

export function extend(desk, seconds) {
  if (desk.view.timer && desk.may("extend_timer")) desk.order({ name: "extend_timer", seconds });
}

/** More buttons than these in a row cannot be read. */
const MOST = 6;
const SPEAKING = ["deliberation", "questions", "statement"];

/** The buttons under the primary one, the most needed first. */
export function beside(desk) {
  const { view } = desk;
  const acts = [];
  const add = (name, label, act, more = {}) => acts.push({ name, label, act, ...more });
  const poll = view.poll && view.step && view.step.kind === "vote" ? view.poll : null;
  const { step } = view;
  const voting = poll !== null && ["open", "held"].includes(poll.stage);
  // The timer over a ballot means nothing once the ballot is closed, and hands have none.
  const timer = poll && (!voting || poll.visibility === "hands") ? null : view.timer;
  if (view.stage === "gathering") add("roll", t(desk.roll ? "console.act.conditions" : "console.act.roll"), () => showRoll(desk), { look: true });
  if (view.stage === "gathering") for (const { name, label, act } of recordingAct(desk)) add(name, label, act);
  if (voting && poll.visibility !== "hands" && desk.may("hold_poll")) add("hold", t("console.act.hold"), () => desk.order({ name: "hold_poll", poll: poll.ballot }));
  if (timer) {
    const running = timer.ends_at !== null;
    if (!poll) add("timer", t(running ? "console.act.pause" : "console.act.resume-timer"), () => toggleTimer(desk));
    add("extend", t("console.act.extend"), () => extend(desk, 30));
  } else if (step && step.limit_s && view.primary.name !== "start_timer" && desk.may("start_timer") && !poll && step.kind !== "questions")
    add("timer", t("console.act.start-timer"), () => toggleTimer(desk));
  if (step && step.kind === "pledge" && step.matter) add("pledge-again", t("console.act.pledge-again"), () => pledgeAgain(desk, step.matter));
  if (view.questions.some((q) => q.answered === null) && desk.may("close_question"))
    add("unanswered", t("console.act.unanswered"), () => desk.order({ name: "close_question", answered: false }));
  if (poll && desk.may("void_poll") && (poll.returned !== 0 || poll.stage === "closing" || poll.totals))
    add("void", t("console.act.void"), () => voidPoll(desk, poll), { off: Boolean(poll.void_proposed) });
  else if (poll && poll.stage !== "prepared" && desk.may("abort_poll")) add("abort", t("console.act.abort"), () => abortPoll(desk, poll));
  if (view.by_hands && step) add("hands", t("console.act.hands"), () => useHands(desk));
  if (view.onward) add("onward", say(view.onward.label), () => goOn(desk));
  if (view.back && desk.may("go_to") && acts.length < MOST - 2) add("back", t("console.act.back"), () => stepBack(desk));
  if (view.cover) add("show", t("console.act.show"), () => cover(desk), { on: true });
  else if (desk.may("cover_hall")) add("blank", t("console.act.blank"), () => cover(desk, "blank"));
  if (step && step.kind === "certificates" && printable(view)) add("certificates", t("console.more.certificates"), printCertificates);
  if (view.stage === "sitting") add("more", t("console.act.more"), () => desk.open({ kind: "more" }), { look: true });
  return acts;
}

/** Time to ask and time to answer, each as long as the rules allow. */
export function timers(desk) {
  if (!desk.may("start_timer")) return [];
  const { question_s: ask, answer_s: answer } = desk.view.limits;
  return [["time-question", ask], ["time-answer", answer]].map(([name, seconds]) => ({
    name,
    label: t(`console.act.${name}`, { limit: mmss(seconds * 1000) }),
    act: () => desk.order({ name: "start_timer", seconds }),
  }));
}

/** The rarer orders, for the dialog behind the last button. */
export function rarer(desk) {
  const { view } = desk;
  const acts = [];
  const add = (name, act, data = {}) => desk.may(name) && acts.push({ name, label: t(`console.more.${name}`, data), act });
  const step = view.step || {};
  const filed = Object.keys(view.matters).filter((id) => view.matters[id].status === "filed");
  const matter = filed.includes(step.matter) ? step.matter : null;
  const matters = {
    name: "matter",
    label: "console.form.matter",
    options: filed.map((id) => ({ value: id, text: say(view.matters[id].title) })),
    value: matter || filed[0],
  };
  if (filed.length) {
    add("defer_matter", () =>
      form(
        desk,
        "console.more.defer_matter",
        [
          matters,
          { name: "moved_by", label: "console.form.moved-by", required: true, value: t("console.form.chairs") },
          organs("consent", "console.form.consent", "plenary"),
          { name: "until", label: "console.form.until" },
          reason(),
        ],
        (values) => ({ name: "defer_matter", ...values }),
        { effect: t("console.effect.dispose"), hold: true },
      ),
    );
    add("terminate_matter", () => terminate(desk, matters));
    add("withdraw_matter", () => withdraw(desk, matters));
    add("return_matter", () =>
      form(desk, "console.more.return_matter", [matters, reason()], (values) => ({ name: "return_matter", ...values }), {
        effect: t("console.effect.return"),
        hold: true,
      }),
    );
    add("recuse", () => recuse(desk, null));
  }
  if (view.back && desk.may("go_to")) acts.push({ name: "back", label: t("console.act.back"), act: () => stepBack(desk) });
  if (printable(view)) acts.push({ name: "certificates", label: t("console.more.certificates"), act: printCertificates });
  if (SPEAKING.includes(step.kind)) add("call_speaker", () => callSpeaker(desk));
  if (view.position) add("record_comment", () => recordComment(desk));
  add("hand_over", () => handOver(desk));
  if (view.timer && view.poll) acts.push({ name: "timer", label: t(view.timer.ends_at === null ? "console.act.resume-timer" : "console.act.pause"), act: () => toggleTimer(desk) });
  if (step.kind !== "roll_call" && step.kind !== "closing")
    add("skip_step", () => form(desk, "console.more.skip_step", [reason()], (values) => ({ name: "skip_step", ...values })));
  if (!view.cover && (!view.poll || !["open", "held", "closing"].includes(view.poll.stage)))
    acts.push({ name: "recess", label: t("console.more.recess"), act: () => cover(desk, "recess") });
  acts.push({ name: "slate", label: t(view.cover ? "console.act.show" : "console.more.slate"), act: () => cover(desk, "slate") });
  acts.push(...recordingAct(desk));
  acts.push({ name: "arm", label: t(desk.armed ? "console.more.disarm" : "console.more.arm"), act: () => desk.arm() });
  return acts;
}

/** Somebody who is handed a certificate has been carried: it is printed before the chair signs it. */
const printable = (view) => Object.values(view.matters).some((one) => one.certificate && one.status === "carried");

function printCertificates() {
  window.open("/console/certificates", "_blank", "noopener");
}

/** Go to a step of the agenda. */
export function goTo(desk, place, title) {
  const here = desk.view.position;
  desk.open(
    {
      kind: "ask",
      title: t("console.goto.title"),
      text: title,
      label: t("console.goto.do"),
      act: () => desk.order({ name: "go_to", ...place }, { undo: here && { name: "go_to", ...here }, said: t("console.undo.back") }),
    },
    { tied: true },
  );
}

/** What can be recorded of a member. */
export function ofMember(desk, line) {
  const acts = [];
  const add = (name, label, act) => desk.may(name) && acts.push({ name, label: t(label), act });
  const member = line.voter_class === undefined;
  if (line.presence !== "present") {
    add("record_arrival", "console.roll.arrival", () => desk.order({ name: "record_arrival", member: line.number }));
    if (member && desk.may("record_arrival"))
      acts.push({ name: "record_arrival_video", label: t("console.roll.video"), act: () => byVideo(desk, line) });
  }
  if (line.presence === "expected")
    add("record_leave", "console.roll.leave", () =>
      form(
        desk,
        "console.roll.leave",
        [reason("console.form.leave-reason"), { name: "written", label: "console.form.written", check: true }],
        (values) => ({ name: "record_leave", member: line.number, ...values }),
        { effect: line.name },
      ),
    );
  if (line.presence === "present")
    add("record_departure", "console.roll.departure", () =>
      form(
        desk,
        "console.roll.departure",
        [{ name: "approved_by", label: "console.form.approved-by", required: true, value: desk.view.chair ? desk.view.chair.name : "" }],
        (values) => ({ name: "record_departure", member: line.number, ...values }),
        { effect: line.name },
      ),
    );
  if (member) add("recuse", "console.roll.recuse", () => recuse(desk, line));
  return acts;
}

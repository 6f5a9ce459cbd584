/**
 * Orders that need something said first: forms in the dialog, and the order that each of them makes.
 *
 * What goes on the record has a reason; what cannot be taken back wants a press of a second.
 */

import { say, t } from "../display/words.js";
import { everybody, mayBeHeard, options } from "./people.js";
import { missingPoints } from "./record.js";

export const reason = (label = "console.form.reason") => ({ name: "reason", label, required: true, long: true });

/** A form in a dialog; `command(values)` makes the order. */
export function form(desk, title, fields, command, more = {}) {
  desk.open({ kind: "form", title, fields, command, ...more }, { tied: Boolean(more.hold) });
}

/** The primary order wants a reason on the record. */
export function giveReason(desk, command) {
  const { primary } = desk.view;
  form(desk, `console.do.${command.name}`, [reason()], (values) => ({ ...command, ...values }), {
    effect: say(primary.effect),
    warning: say(primary.warning),
    hold: true,
  });
}

/** What the movers of an interpellation say of the reply that they have heard. */
export function judgeReply(desk) {
  const { movers } = desk.view;
  form(
    desk,
    "console.do.record_reply",
    [
      { name: "dissatisfied", label: "console.form.dissatisfied", options: Array.from({ length: movers + 1 }, (_, n) => ({ value: n, text: String(n) })) },
      { name: "again", label: "console.form.again", check: true },
    ],
    ({ dissatisfied, again }) => ({ name: "record_reply", dissatisfied: Number(dissatisfied), again }),
    { effect: t("console.effect.reply", { movers }) },
  );
}

/** Which body decides or consents. */
export const organs = (name, label, value = "chairs_meeting") => ({
  name,
  label,
  value,
  options: [
    { value: "chairs_meeting", text: t("console.form.chairs") },
    { value: "plenary", text: t("console.form.plenary") },
  ],
});

/** The procedure on a matter ends by a decision. */
export function terminate(desk, matters) {
  form(desk, "console.more.terminate_matter", [matters, organs("by", "console.form.decided-by"), reason()], (values) => ({ name: "terminate_matter", ...values }), {
    effect: t("console.effect.dispose"),
    hold: true,
  });
}

/** Whoever moved a matter takes it back, with somebody's consent. */
export function withdraw(desk, matters) {
  const proposers = new Set(Object.values(desk.view.matters).map((one) => one.proposer));
  proposers.delete("");
  form(
    desk,
    "console.more.withdraw_matter",
    [matters, { name: "by", label: "console.form.withdrawn-by", known: [...proposers] }, organs("consent", "console.form.consent")],
    (values) => ({ name: "withdraw_matter", ...values }),
    { effect: t("console.effect.dispose"), hold: true },
  );
}

export function pledgeAgain(desk, matter) {
  form(desk, "console.act.pledge-again", [{ ...reason(), value: missingPoints(desk.view) }], (values) => ({ name: "pledge_again", matter, ...values }));
}

export function abortPoll(desk, poll) {
  form(desk, "console.act.abort", [reason()], (values) => ({ name: "abort_poll", poll: poll.ballot, ...values }), {
    effect: t("console.effect.abort"),
    hold: true,
  });
}

/** The chair proposes; it happens once a teller countersigns at his own desk. */
export function voidPoll(desk, poll) {
  form(desk, "console.act.void", [reason()], (values) => ({ name: "void_poll", poll: poll.ballot, ...values }), {
    effect: t("console.effect.void"),
    hold: true,
  });
}

/** The system has failed: the vote that is on goes on by show of hands; a teller answers for it. */
export function useHands(desk) {
  const { by_hands: hands, acting_tellers: tellers } = desk.view;
  if (hands.why_not) return desk.open({ kind: "note", title: t("console.act.hands"), text: say(hands.why_not) });
  if (!tellers.length) return desk.open({ kind: "note", title: t("console.act.hands"), text: t("console.hands.nobody") });
  return form(
    desk,
    "console.act.hands",
    [
      { ...reason(), value: t("console.form.fault") },
      { name: "teller", label: "console.form.teller", options: options(tellers), required: true },
    ],
    ({ reason: why, teller }) => ({ name: "use_hands", reason: why, teller: Number(teller) }),
    { effect: t(hands.running ? "console.effect.hands-running" : "console.effect.hands"), hold: true },
  );
}

// --- the floor -----------------------------------------------------------------------------------------------------

/** Somebody is given the floor who has not asked for it. */
export function callSpeaker(desk) {
  const people = mayBeHeard(desk.view);
  form(
    desk,
    "console.more.call_speaker",
    [{ name: "member", label: "console.form.person", options: options(people) }],
    ({ member }) => ({ name: "call_speaker", member: Number(member) }),
  );
}

/** What somebody has said or handed in on paper, for the opinion document of the item that is on. */
export function recordComment(desk) {
  const { position } = desk.view;
  form(
    desk,
    "console.more.record_comment",
    [
      { name: "member", label: "console.form.person", options: options(everybody(desk.view)) },
      { name: "text", label: "console.form.opinion", long: true, rows: 5, required: true },
    ],
    ({ member, text }) => ({ name: "record_comment", member: Number(member), text, item: position.item }),
    { effect: t("console.effect.record-comment", { number: position.item }) },
  );
}

/** The chair leaves the chair, or takes it again (PROCEDURE.md R3). */
export function handOver(desk) {
  const { may_preside: people } = desk.view;
  if (!people.length) return desk.open({ kind: "note", title: t("console.more.hand_over"), text: t("console.presides.nobody") });
  return form(
    desk,
    "console.more.hand_over",
    [{ name: "to", label: "console.form.presides", options: people.map(({ number, name, title }) => ({ value: String(number), text: `${name}  ${say(title)}` })) }],
    ({ to }) => ({ name: "hand_over", to: Number(to) }),
    { effect: t("console.effect.hand-over") },
  );
}

export function assignRespondent(desk, question) {
  const { respondents } = desk.view;
  form(
    desk,
    "console.questions.assign",
    [{ name: "to", label: "console.form.respondent", known: respondents, value: respondents.length === 1 ? respondents[0] : "", required: true }],
    ({ to }) => ({ name: "assign_respondent", question: question.number, to }),
    { effect: question.text },
  );
}

/** What a group's convener reports; entered again it replaces the former. */
export function recordSummary(desk, group) {
  form(
    desk,
    "console.groups.record",
    [{ name: "text", label: "console.form.summary", long: true, rows: 6, value: group.summary, required: true }],
    ({ text }) => ({ name: "record_summary", item: desk.view.position.item, group: group.number, text }),
    { effect: t("console.groups.of", { number: group.number, name: group.convener }) },
  );
}

/** Set a precondition aside, with a reason. */
export function override(desk, condition) {
  form(
    desk,
    "console.act.override",
    [reason()],
    (values) => ({ name: "override_precondition", precondition: condition.name, ...values }),
    { effect: say(condition.sentence) },
  );
}

/** Present by video: he counts as present, and has no vote on a device (PROCEDURE.md R12). */
export function byVideo(desk, line) {
  desk.open({
    kind: "ask",
    title: line.name,
    text: t("console.effect.video"),
    label: t("console.roll.video"),
    act: () => desk.order({ name: "record_arrival", member: line.number, video: true }),
  });
}

export function recuse(desk, line) {
  const { view } = desk;
  const filed = Object.keys(view.matters).filter((id) => view.matters[id].status === "filed");
  const who = line
    ? []
    : [{ name: "member", label: "console.form.member", options: options(view.roll) }];
  form(
    desk,
    "console.roll.recuse",
    [
      ...who,
      {
        name: "matter",
        label: "console.form.matter",
        options: filed.map((id) => ({ value: id, text: say(view.matters[id].title) })),
        value: view.step && view.step.matter,
      },
      reason(),
    ],
    (values) => ({ name: "recuse", ...values, member: line ? line.number : Number(values.member) }),
    { effect: line ? line.name : t("console.effect.recuse"), hold: true },
  );
}

/**
 * Which screen a phone shows: one pure function of everything it knows.  No text, no DOM, no client in here.
 *
 * What a member may read is decided in this order: whether this phone may be believed, whether it is his, whether
 * something needs him, and only then what the sitting is doing.
 */

import { silent } from "./floor.js";
import { unread } from "./materials.js";

/** What a phone knows before it knows anything.  phone.js keeps it; tests and pictures make their own. */
export function knowing(occasion) {
  return {
    occasion,
    insecure: false, // the page came over plain http from another machine
    noStorage: false,
    card: { code: null, boardKey: null }, // from the link
    joining: { busy: false, refused: null }, // refused: {code, say}
    checkingIn: { busy: false, refused: null },
    who: null, // {member, name}
    me: null,
    view: null,
    link: "up", // "up", "bar" or "banner"
    lastUp: null, // when the line went, ms
    elsewhere: null, // "page": open in another page; "phone": another phone is this member's now
    halted: null, // the alarm after which nothing is believed
    doubt: null, // code of what could not be verified, and is asked for again
    broken: false, // something in this page failed
    ballot: null, // the poll's ballot as the board has it: {id, phase, changes, standing}
    remembered: false, // the ballots that this phone took part in before the page was opened are among the slips
    slips: {}, // ballot → {stage, alarms}
    alarms: [], // [{code, ballot}]
    settled: [], // keys of alarms that the member has seen
    receipts: {}, // ballot → {leaf, sig}, for the alarm alone
    codes: {}, // ballot → the code that stands in the hall
    overdue: false, // what was handed in has not arrived at the first try
    undelivered: [], // ballots that closed before what was handed in had arrived
    again: null, // ballot that the voter wants to fill in anew
    pledged: null, // {ballot, texts, at, away}: he reads what the nominees have pledged
    ...silent(),
    ...unread(),
    settings: false, // the reader looks at size, theme and language
    now: 0, // by the server's clock, ms
  };
}

/** `{name, ...}`: the screen, and what it needs beside the knowledge itself. */
export function screenOf(k) {
  if (k.noStorage) return { name: "no-storage" };
  if (k.halted) return { name: "alarm", alarm: k.halted, final: true };
  if (k.insecure && !k.occasion.plain_http) return { name: "insecure" };
  if (!k.who) return atTheDoor(k);
  if (k.elsewhere) return { name: `elsewhere-${k.elsewhere}` };
  const alarm = unseenAlarm(k);
  if (alarm) return { name: "alarm", alarm, final: false };
  const late = k.undelivered.find((ballot) => !k.settled.includes(`undelivered/${ballot}`));
  if (late !== undefined) return { name: "undelivered", ballot: late };
  if (!k.view || !k.me || !k.remembered) return { name: "waiting" };
  const { slide, poll } = k.view;
  if (slide.kind === "slate" && slide.closed) return { name: "over" };
  // Attendees come when they are needed; the members' roll is confirmed once, and then the clerk's affair.
  if (isAttendee(k.me) && !k.me.present) return { name: "check-in" };
  if (slide.kind === "result") return { name: "result", ballot: poll ? poll.ballot : null };
  if (poll && poll.stage !== "counted") return voting(k, poll);
  if (slide.kind === "roll_call" && !k.me.present && k.me.presence === "expected") return { name: "check-in" };
  if (k.writing) return { name: "write" };
  return { name: k.reading ? "material" : "follow" };
}

function atTheDoor(k) {
  const refused = k.joining.refused;
  if (refused && refused.code === "link-used") return { name: "elsewhere-card" };
  if (refused && ["device-in-use", "other-card"].includes(refused.code)) return { name: "other-card" };
  return { name: k.card.code === null ? "type-code" : "join" };
}

/** Alarms of one ballot, and those that the board gave, which the member has not put aside. */
function unseenAlarm(k) {
  return alarmsOf(k).find((alarm) => !k.settled.includes(keyOf(alarm)));
}

/** Every alarm, the ballots' own first; a refused paper is no alarm once another one was taken. */
export function alarmsOf(k) {
  const own = Object.entries(k.slips).flatMap(([ballot, slip]) =>
    slip.alarms
      .filter(({ code }) => code !== "cast-refused" || ["ready", "refused"].includes(slip.stage))
      .map(({ code }) => ({ code, ballot })),
  );
  const others = k.alarms.filter(({ code, ballot }) => !own.some((one) => one.code === code && one.ballot === ballot));
  return [...own, ...others];
}

export function keyOf({ code, ballot }) {
  return `${code}/${ballot || ""}`;
}

/** The question that a poll asks; null when its paper cannot be read. */
export function questionsOf(poll) {
  try {
    const questions = JSON.parse(poll.paper);
    return Array.isArray(questions) ? questions : [];
  } catch {
    return [];
  }
}

function voting(k, poll) {
  const at = { ballot: poll.ballot, held: poll.stage === "held" };
  if (poll.stage === "void") return { name: "void", ...at };
  if (questionsOf(poll).some((question) => k.me.recused.includes(question.id))) return { name: "recused", ...at };
  const known = k.ballot && k.ballot.id === poll.ballot ? k.ballot : null;
  const mine = (poll.voter_class || "member") === classOf(k.me);
  if (!mine || !k.me.present || (known && known.standing !== "entitled")) return { name: "not-on-roll", mine, ...at };
  if (poll.visibility === "hands") return { name: poll.stage === "closing" ? "counting" : "hands", stage: poll.stage, ...at };
  const slip = k.slips[poll.ballot];
  const stage = slip ? slip.stage : "none";
  if (poll.stage === "prepared") return { name: "prepared", ready: stage === "ready" || !isSecret(poll), ...at };
  if (stage === "pressed" || stage === "sent") {
    const late = k.overdue || k.link !== "up" || poll.stage === "closing";
    return { name: late && poll.stage !== "held" ? "retrying" : "sending", ...at };
  }
  if (poll.stage === "closing") return { name: "counting", ...at };
  if (stage === "received" && k.again !== poll.ballot) {
    return { name: "received", changes: !isSecret(poll) || Boolean(known && known.changes), ...at };
  }
  if (stage === "lapsed") return { name: "no-ballot", ...at };
  return {
    name: "paper",
    ready: !isSecret(poll) || ["ready", "received"].includes(stage),
    changes: Boolean(known && known.changes),
    ...at,
  };
}

/** In which class he is asked; empty for whoever is never asked. */
const classOf = ({ voter_class: of }) => (of === undefined ? "member" : of);

/** Whose phone this is attends without a vote; he may be asked for advice. */
export function isAttendee(me) {
  return classOf(me) !== "member";
}

/** He attends, and never gets a paper. */
export function isNeverAsked(me) {
  return classOf(me) === "";
}

export function isSecret(poll) {
  return poll.visibility === "secret";
}

/** How the phone's own look at the public list stands: "checked", "checking", "missing" or null (nothing to say). */
export function selfCheck(k, ballot) {
  const slip = ballot === null ? undefined : k.slips[ballot];
  if (!slip) return null;
  const over = k.ballot !== null && k.ballot.id === ballot && k.ballot.phase === "checked";
  if (slip.stage === "lost") return "missing";
  if (slip.stage === "confirmed") return "checked";
  if (["found", "returned"].includes(slip.stage)) return over ? "checked" : "checking";
  return ["ready", "sent", "received", "returning"].includes(slip.stage) ? "checking" : null;
}

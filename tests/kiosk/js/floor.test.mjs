/** What a member says beside voting: what he may say when, and that nothing of it is lost or said twice. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { FakeSitting } from "./fake_sitting.mjs";
import { Phone, endAll, until } from "./phone.mjs";
import { served } from "./served.mjs";

const floor = await served("../phone/floor.js");
const { knowing, screenOf } = await served("../phone/screens.js");

const ME = { present: true, presence: "present", name: "a", recused: [], floor: "", sent: [], voter_class: "member" };
const slide = (more = {}) => ({ kind: "business", step: "questions", number: 4, place: { number: 4 }, requests: [], ...more });
const view = (more = {}, poll = null) => ({ slide: slide(more), poll });
const knows = (more = {}, me = {}) => ({ me: { ...ME, ...me }, view: view(more) });

/** A tab: what it keeps outlives the page. */
function tab() {
  const kept = new Map();
  globalThis.sessionStorage = {
    getItem: (key) => (kept.has(key) ? kept.get(key) : null),
    setItem: (key, value) => kept.set(key, String(value)),
    removeItem: (key) => kept.delete(key),
  };
}

beforeEach(tab);
afterEach(() => {
  delete globalThis.sessionStorage;
  endAll();
});

/** A page with the floor on it, over a client that takes or refuses what is said. */
function page(more = {}) {
  const said = [];
  const phone = {
    refuse: null,
    knows: { ...floor.silent(), view: null, me: ME, ...more },
    learn: (changes) => Object.assign(phone.knows, changes),
    client: { askToSpeak: (wanted) => phone.say(wanted), send: (what, text) => phone.say([what, text]) },
    say: async (what) => {
      if (phone.refuse) throw phone.refuse;
      said.push(what);
    },
  };
  phone.floor = new floor.Floor(phone, (error) => ({ code: error.code, say: null }));
  return { phone, said, floor: phone.floor };
}

function writing(what = "question", text = "when?") {
  const opened = page({ view: view() });
  opened.floor.write(what);
  opened.floor.keep(what, text);
  return opened;
}

test("who is present may ask for the floor where the chair gives it, and write a question where they are put", () => {
  for (const [step, ask, question] of [
    ["deliberation", true, false],
    ["questions", true, true],
    ["statement", true, false],
    ["remarks", false, false],
    ["introduction", false, false],
  ]) {
    assert.equal(floor.mayAsk(knows({ step })), ask, step);
    assert.equal(floor.mayWrite(knows({ step }), "question"), question, step);
    assert.equal(floor.mayWrite(knows({ step }), "comment"), true, step);
    for (const what of ["question", "comment"]) assert.equal(floor.mayWrite(knows({ step }, { present: false }), what), false);
    assert.equal(floor.mayAsk(knows({ step }, { present: false })), false);
  }
});

test("there is no comment on a vote, its result, or nothing at all", () => {
  for (const kind of ["asking", "result", "slate", "roll_call", "oath", "certificate"])
    assert.equal(floor.mayWrite(knows({ kind, step: undefined }), "comment"), false, kind);
  for (const kind of ["agenda", "nominee", "groups", "pledge", "disposal"])
    assert.equal(floor.mayWrite(knows({ kind }), "comment"), true, kind);
  assert.equal(floor.mayWrite(knows({ step: "closing" }), "comment"), false);
});

test("the convener of a group writes its summary, going on from what the group has reported", () => {
  const groups = [
    { number: 1, convener: "周夏至", summary: "" },
    { number: 2, convener: "田雨水", summary: "同意。" },
  ];
  const at = (me, kind = "groups") => knows({ kind, step: "deliberation", groups }, me);
  assert.equal(floor.mayWrite(at({ name: "田雨水", group: 2 }), "summary"), true);
  assert.equal(floor.mayWrite(at({ name: "田雨水", group: null }), "summary"), true);
  assert.equal(floor.mayWrite(at({ name: "田雨水", group: 1 }), "summary"), false, "a namesake");
  assert.equal(floor.mayWrite(at({ name: "冯七夕", group: 2 }), "summary"), false);
  assert.equal(floor.mayWrite(at({ name: "田雨水", group: 2, present: false }), "summary"), false);
  assert.equal(floor.mayWrite(at({ name: "田雨水", group: 2 }, "business"), "summary"), false);
  assert.equal(floor.ownGroup(at({ name: "田雨水", group: 2 })).summary, "同意。");
});

test("the gallery writes once about the item that it is told of, and neither asks nor speaks", async () => {
  const me = { ...ME, voter_class: "", gallery: true, commented: [3] };
  const seen = (item) => ({ me, view: { ...view({ kind: "withheld", step: undefined }), item } });
  assert.equal(floor.mayWrite(seen(4), "comment"), true, "whatever is shown of it");
  assert.equal(floor.mayWrite(seen(3), "comment"), false, "once");
  assert.equal(floor.mayWrite(seen(null), "comment"), false, "while members vote");
  assert.equal(floor.mayWrite({ ...seen(4), me: { ...me, present: false } }, "comment"), false);
  const listens = { me, view: { ...view(), item: 4 } };
  assert.equal(floor.mayWrite(listens, "question"), false);
  assert.equal(floor.mayAsk(listens), false);
  assert.equal(floor.longest(me), 200);

  const sent = [];
  const opened = page(listens);
  opened.phone.client.send = async (...words) => sent.push(words);
  opened.floor.write("comment");
  opened.floor.keep("comment", "up to the village");
  const moved = { ...view({ kind: "withheld", step: undefined }), item: 5 };
  opened.phone.knows.view = moved;
  opened.floor.moved(listens.view, moved);
  assert.equal(opened.phone.knows.writing.what, "comment", "the form stays: it is about item 4");
  opened.floor.keep("comment", "up to the village");
  await opened.floor.send("comment");
  assert.deepEqual(sent, [["comment", "up to the village", 4]]);
});

test("who is never asked has no paper on his screen, whatever is asked", () => {
  const poll = { ballot: "4-item-1-member", stage: "open", visibility: "secret", paper: "[]", voter_class: "member" };
  const known = { ...knowing({ plain_http: true }), who: { member: 15, name: "a" }, remembered: true };
  const me = { ...ME, voter_class: "", gallery: false };
  assert.equal(screenOf({ ...known, me, view: view({ kind: "asking" }) }).name, "follow");
  assert.equal(screenOf({ ...known, me, view: view({ kind: "asking" }, poll) }).name, "not-on-roll");
  assert.equal(screenOf({ ...known, me: { ...me, present: false }, view: view() }).name, "check-in");
});

test("a certificate's own number is not the item's", () => {
  assert.equal(floor.itemOn({ number: "No. 3", place: { number: 14 } }), 14);
  assert.equal(floor.itemOn({ number: 2 }), 2);
  assert.equal(floor.itemOn({}), null);
});

test("the place in the queue is told where it is certain", () => {
  assert.equal(floor.placeInQueue(knows({ requests: ["b", "a"] })), 2);
  assert.equal(floor.placeInQueue(knows({ requests: ["a", "b", "a"] })), null);
  assert.equal(floor.placeInQueue(knows({ requests: ["b"] })), null);
  assert.equal(floor.placeInQueue(knows({ requests: undefined })), null);
});

test("every question stands somewhere", () => {
  const standing = (admitted, answered, asked = null) =>
    floor.standingOf({ text: "when?", admitted, answered }, view({ question: asked }));
  assert.equal(standing(null, null), "waiting");
  assert.equal(standing(false, null), "declined");
  assert.equal(standing(true, null), "admitted");
  assert.equal(standing(true, null, ["a", "how?"]), "admitted");
  assert.equal(standing(true, null, ["a", "when?"]), "now");
  assert.equal(standing(true, true), "answered");
  assert.equal(standing(true, false), "unanswered");
});

test("what is typed is kept over a reload, with the form open, until it is sent", async () => {
  writing("question", " when?\n");
  const { phone, said, floor: again } = page();
  assert.deepEqual([phone.knows.writing.what, phone.knows.writing.text, phone.knows.kept], ["question", " when?\n", ["question"]]);
  phone.learn({ view: view() });
  again.moved(null, view());
  assert.notEqual(phone.knows.writing, null);
  await again.send("question");
  assert.deepEqual(said, [["question", "when?"]]);
  assert.deepEqual([phone.knows.writing, phone.knows.kept, phone.knows.said.taken], [null, [], "question"]);
  assert.deepEqual([page().phone.knows.writing, page().phone.knows.kept], [null, []]);
});

test("a form that was closed stays closed, and its text is there when it is opened again", () => {
  const { phone, floor: first } = writing("comment", "a comment");
  first.write(null);
  assert.deepEqual([phone.knows.writing, phone.knows.kept], [null, ["comment"]]);
  const { phone: later, floor: second } = page();
  assert.equal(later.knows.writing, null);
  second.write("comment");
  assert.deepEqual([later.knows.writing.text, later.knows.writing.length], ["a comment", 9]);
});

test("what storage holds is not believed", () => {
  sessionStorage.setItem("session-day/texts", '[["vote",{"text":"x","at":""}],["question",{"text":7,"at":""}],["comment"],null]');
  sessionStorage.setItem("session-day/writing", '["vote"]');
  assert.deepEqual([page().phone.knows.kept, page().phone.knows.writing], [[], null]);
});

test("without storage a text is kept as long as the page", () => {
  delete globalThis.sessionStorage;
  const { phone, floor: one } = writing();
  one.write(null);
  one.write("question");
  assert.equal(phone.knows.writing.text, "when?");
});

test("a vote closes the form and keeps the text; another step does neither, and says where it was written", () => {
  const { phone, floor: one } = writing();
  const after = view({ step: "deliberation" });
  one.moved(view(), after);
  assert.equal(phone.knows.writing.what, "question");
  assert.equal(floor.isEarlier(phone.knows.writing, after), true);
  assert.equal(floor.isEarlier({ ...phone.knows.writing, what: "comment" }, after), false, "the item is the same");
  assert.equal(floor.isEarlier({ ...phone.knows.writing, what: "comment" }, view({ place: { number: 5 } })), true);
  one.moved(after, view({ kind: "asking", step: undefined }));
  assert.deepEqual([phone.knows.writing, phone.knows.kept], [null, ["question"]]);
});

test("what is refused is said, and costs no text", async () => {
  const { phone, floor: one } = writing();
  phone.refuse = { code: "not-now" };
  await one.send("question");
  assert.deepEqual(phone.knows.said, { busy: false, refused: { code: "not-now", say: null }, taken: null });
  assert.deepEqual([phone.knows.writing.text, phone.knows.kept], ["", ["question"]]);
  await one.ask(true);
  assert.equal(phone.knows.said.refused.code, "not-now");
  one.moved(view(), view({ step: "deliberation" }));
  assert.equal(phone.knows.said.refused, null, "it was said of the step before");
});

test("nothing is sent where nothing is written", async () => {
  const { said, floor: one } = writing("comment", "  \n");
  await one.send("comment");
  assert.deepEqual(said, []);
});

test("a question whose answer was lost is known by the member's own list, and not sent again", async () => {
  const { phone, floor: one } = writing("question", "when? ");
  phone.refuse = { code: "connection-lost" };
  await one.send("question");
  one.heard({ sent: [{ text: "how?", admitted: null, answered: null }] });
  assert.deepEqual(phone.knows.kept, ["question"]);
  one.heard({ sent: [{ text: "when?", admitted: null, answered: null }] });
  assert.deepEqual([phone.knows.kept, phone.knows.writing, phone.knows.said.taken], [[], null, "question"]);
  one.heard({ sent: [{ text: "when?", admitted: true, answered: null }] });
});

test("while a question is on its way the form waits for its answer", () => {
  const { phone, floor: one } = writing();
  phone.learn({ said: { busy: true, refused: null, taken: null } });
  one.heard({ sent: [{ text: "when?", admitted: null, answered: null }] });
  assert.equal(phone.knows.writing.what, "question");
});

// ---- which screen

const GONE = { present: false, presence: "expected" };

function screen({ me = {}, slide: shown = {}, poll = null, ...more } = {}) {
  const known = { who: { member: 1, name: "a" }, me: { ...ME, ...me }, view: view(shown, poll), remembered: true };
  return screenOf({ ...knowing({ plain_http: true }), ...known, ...more });
}

const POLL = { ballot: "4-item-1-member", stage: "open", visibility: "secret", paper: "[]" };

test("a text that is being written gives way to the paper, and to nothing less", () => {
  const open = { writing: { what: "question", at: "", text: "", length: 0 } };
  assert.equal(screen(open).name, "write");
  assert.equal(screen({ ...open, slide: { kind: "asking" }, poll: POLL }).name, "paper");
  assert.equal(screen().name, "follow");
});

test("an attendee signs in at any time, is shown the paper of his class, and follows when others are asked", () => {
  const deputy = { voter_class: "deputy" };
  for (const kind of ["roll_call", "business", "asking", "result"])
    assert.equal(screen({ me: { ...deputy, ...GONE }, slide: { kind } }).name, "check-in", kind);
  assert.equal(screen({ me: GONE, slide: { kind: "business" } }).name, "follow", "a member does so at the roll call");
  assert.equal(screen({ me: { ...deputy, ...GONE }, slide: { kind: "slate", closed: true } }).name, "over");
  assert.equal(screen({ me: deputy, slide: { kind: "asking" } }).name, "follow");
  const asked = { ...POLL, ballot: "4-item-1-deputy", voter_class: "deputy", advisory: true };
  assert.equal(screen({ me: deputy, slide: { kind: "asking" }, poll: asked }).name, "paper");
});

// ---- over the line

test("each is answered by its own word, and refused by its own code", async () => {
  const sitting = new FakeSitting();
  const phone = new Phone(sitting, sitting.card(7));
  await phone.begin();
  await until(() => phone.client.personal.socket, "a connection");
  await phone.client.askToSpeak(true);
  await Promise.all([phone.client.askToSpeak(false), phone.client.send("comment", "b"), phone.client.send("question", "a")]);
  const types = sitting.said.map(([member, { type, text }]) => [member, type, text]);
  assert.deepEqual(types, [
    [7, "ask_to_speak", undefined],
    [7, "withdraw_request", undefined],
    [7, "comment", "b"],
    [7, "question", "a"],
  ]);
  sitting.unheard.add("question");
  const { personal } = phone.client;
  const question = phone.client.send("question", "a");
  while (!personal.asked.has("question")) await null;
  personal.dispatch({ type: "sent", what: "comment" }); // the late answer to what was given up
  await assert.rejects(question, { code: "not-now" });
  sitting.unheard.clear();
  sitting.lost = (kind) => kind === "sent";
  await assert.rejects(phone.client.send("question", "a"), { code: "connection-lost" });
});

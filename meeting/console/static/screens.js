/**
 * The right column: what the hall screen shows, what it would show after the primary button, and the figures to it.
 *
 * The two pictures are drawn by the hall's own templates, each in a shadow tree of its own: nothing of the hall's
 * sheet reaches the console.
 */

import { html, nothing, render } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { language, say, t } from "../display/words.js";
import { left, mmss, now } from "./clock.js";
import { lineOf } from "./people.js";
import { rules } from "./votes.js";
import { screenName } from "./work.js";

const HALL = new URL("../display/hall/", import.meta.url).href;
const TOKENS = new URL("../display/tokens.css", import.meta.url).href;
const PICTURE = new URL("./picture.css", import.meta.url).href;
const pictures = new WeakMap();
let Stage = null;

/** Fetch the hall's templates; without them the pictures are words. */
export async function learnToDraw() {
  try {
    ({ Stage } = await import(`${HALL}stage.js`));
  } catch {
    Stage = null;
  }
}

export function screens(desk) {
  const { view } = desk;
  return html`<aside class="side" tabindex="0" aria-label=${t("console.side")}>
    <section class="scr pgm">
      <h2 class="l">${t("console.programme")}<span>${screenName(view.programme.slide)}</span></h2>
      ${frame("programme", t("console.programme"))}
    </section>
    <section class="scr pvw">
      <h2 class="l">${t("console.preview")}<span>${view.preview ? screenName(view.preview.slide) : ""}</span></h2>
      ${frame("preview", t("console.preview"), view.preview ? "" : governed(view) ? "none away" : "none")}
    </section>
    <dl class="kv">
      ${facts(view).map(([label, value, kind]) => html`<div class=${kind || ""}><dt>${label}</dt><dd>${value}</dd></div>`)}
    </dl>
    ${governed(view) ? rules(view) : nothing}
  </aside>`;
}

/** A vote that is not open yet: what governs it is shown beside it. */
const governed = ({ rules: found, poll, step }) => step && step.kind === "vote" && found.length && (!poll || ["prepared", "void"].includes(poll.stage));

const frame = (id, label, kind = "") => html`<div class="frame ${kind}" id=${id} role="img" aria-label=${label}></div>`;

/** Draw the two pictures; after everything else, since they are the largest. */
export function drawScreens(view) {
  for (const name of ["programme", "preview"]) {
    const host = document.getElementById(name);
    const shown = view[name];
    host.setAttribute("aria-label", `${t(`console.${name}`)}${shown ? ` ${screenName(shown.slide)}` : ""}`);
    const picture = pictures.get(host) || prepare(host);
    picture.box.hidden = !shown;
    if (!shown) continue;
    const key = `${language()}${JSON.stringify(shown.slide)}`;
    // What would be shown stands still: no time runs in it yet.
    const time = name === "preview" ? shown.at : now();
    if (picture.stage && picture.key === key) picture.stage.tick(time);
    else if (picture.stage) picture.stage.show(shown, time);
    else render(plain(shown.slide), picture.box);
    picture.key = key;
  }
}

function prepare(host) {
  const root = host.shadowRoot || host.attachShadow({ mode: "open" });
  root.replaceChildren();
  for (const href of [TOKENS, `${HALL}hall.css`, PICTURE]) {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = href;
    // The stage measures itself: what was set before the sheet came has to be set again.
    sheet.onload = () => (picture.key = "");
    root.append(sheet);
  }
  const box = document.createElement("div");
  box.className = "picture";
  // The frame says what it shows; what is in it is a picture.
  box.setAttribute("aria-hidden", "true");
  root.append(box);
  const picture = { box, stage: Stage ? new Stage(box, { still: true }) : null, key: "" };
  pictures.set(host, picture);
  return picture;
}

function plain(shown) {
  const title = shown.title || shown.name;
  return html`<div class="words"><b>${screenName(shown)}</b><span>${typeof title === "string" ? title : say(title)}</span></div>`;
}

// --- figures ---------------------------------------------------------------------------------------------------------

function facts(view) {
  const lines = [];
  const add = (key, value, kind = "") => value !== "" && value !== null && lines.push([t(key), value, kind]);
  const names = (numbers) => {
    const all = numbers.map((number) => lineOf(view, number).name);
    return all.length > 3 ? t("console.fact.many", { names: all.slice(0, 2).join(t("console.comma")), count: all.length }) : all.join(t("console.comma"));
  };
  const { attendance: a, step, poll } = view;
  if (view.stage === "gathering") {
    const who = (presence) => names(view.roll.filter((one) => one.presence === presence).map((one) => one.number));
    add("console.roll.due", a.due);
    add("console.roll.present", a.present);
    add("console.roll.on_leave", who("on_leave") || t("console.nobody"));
    add("console.roll.absent", who("expected") || t("console.nobody"));
    return lines;
  }
  const matter = step && step.matter ? view.matters[step.matter] : null;
  const voting = step && (step.kind === "vote" || step.kind === "declaration") && poll;
  if (voting) {
    if (view.timer && poll.visibility !== "hands" && ["open", "held"].includes(poll.stage)) add("console.left", mmss(left(view.timer)));
    if (["open", "held", "closing"].includes(poll.stage))
      for (const one of poll.advisory) lines.push([say(one.label), one.returned === null ? t("console.vote.voting") : t("console.fact.class", { n: one.returned, all: poll.visibility === "secret" ? one.issued : one.entitled })]);
    add("console.roll.present", poll.present);
    add("console.fact.recused", poll.recused.length ? names(poll.recused) : t("console.nobody"));
    if (poll.line && !governed(view)) add("console.fact.line", say(poll.line));
    if (poll.stage === "declared" && poll.visibility === "secret")
      add("console.fact.checked", typeof view.slide.checked === "number" ? t("console.fact.checked-value", { count: view.slide.checked, issued: poll.issued }) : t("console.fact.checking"));
    return lines;
  }
  if (matter && matter.nomination && step.kind !== "certificates") {
    add("console.fact.proposer", matter.proposer);
    if (matter.exam) add("console.fact.exam", t(matter.exam.passed ? "console.fact.exam-passed" : "console.fact.exam-failed", matter.exam));
    if (matter.objections !== null) add("console.fact.publicity", matter.objections ? t("console.fact.objections", { count: matter.objections }) : t("console.fact.no-objections"));
    if (matter.pledges) add("console.fact.pledges", t("console.fact.times", { count: matter.pledges + 1 }));
    const waiting = view.questions.filter((q) => q.answered === null).length;
    if (step.kind === "questions") add("console.fact.waiting", waiting);
    return lines;
  }
  add("console.roll.present", t("console.fact.of", { n: a.present, all: a.due }));
  if (view.position) {
    const item = view.agenda.find((one) => one.number === view.position.item);
    add("console.fact.start", item.start);
  }
  if (step && step.speaker) add("console.speaker", step.speaker);
  if (step && step.limit_s) add("console.limit", mmss(step.limit_s * 1000));
  return lines;
}

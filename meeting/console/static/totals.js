/**
 * Raised hands, counted in the hall and typed in: one number for every answer, and the equation under them.
 *
 * What is typed stays here until it is handed in; a teller at his own desk has to confirm it before it counts.
 */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { shape } from "./shapes.js";

const LONGEST = 5;

/** The fields of a paper by question: `{key, label, path}`, where `path` is the place in what is sent. */
function fieldsOf(question, values) {
  const at = (label, ...path) => ({ key: [question.id, ...path].join("\n"), label, path });
  const both = ({ key, label }) => [at(say(label), "for", key), at(say(label), "against", key)];
  switch (question.kind) {
    case "motion":
      return ["for", "against", "abstain"].map((kind) => at(t(`console.choice.${kind}`), kind));
    case "grade":
      return question.scale.map(({ key, label }) => at(say(label), key));
    case "election":
      return [...question.candidates.reduce((all, one) => [...all, ...both(one)], []), ...written(question, values).map(([, , field]) => field), ...papers(at)];
    default:
      return [...question.options.map(({ key, label }) => at(say(label), "votes", key)), ...papers(at)];
  }
}

const papers = (at) => [at(t("console.totals.voted"), "returned"), at(t("console.equation.invalid"), "invalid")];

/** The names written in, each with its field; one empty line more is always there. */
function written(question, values) {
  if (!question.write_in) return [];
  const found = [];
  for (let index = 0; ; index++) {
    const key = [question.id, "name", index].join("\n");
    const name = (values[key] || "").trim();
    found.push([key, name, { key: [question.id, "other", index].join("\n"), label: t("console.totals.votes-of-name"), path: ["for", name], other: true }]);
    if (!name) return found;
  }
}

/** What was typed for this ballot; what was handed in before, where it is to be put right. */
function typed(desk) {
  const { poll } = desk.view;
  if (desk.typed.ballot !== poll.ballot) desk.typed = { ballot: poll.ballot, values: {}, again: false };
  return desk.typed.values;
}

const number = (text) => (text === undefined || text === "" ? null : Number(text));

// --- the form ------------------------------------------------------------------------------------------------------

export function totalsForm(desk) {
  const { poll } = desk.view;
  const values = typed(desk);
  const put = (event) => {
    event.preventDefault();
    handIn(desk);
  };
  return html`<form id="totals" class="panel totals" novalidate @submit=${put} aria-label=${t("console.totals.title")}>
    <p class="lead">${t("console.totals.lead", { entitled: poll.entitled })}</p>
    ${poll.questions.filter((one) => one.kind !== "score").map((one) => questionForm(desk, one, values))}
    ${desk.typed.again
      ? html`<div class="again">
          <button type="button" class="small" @click=${() => correct(desk, false)}>${t("console.dialog.back")}</button>
          <button class="small strong" ?disabled=${!desk.ready}>${t("console.do.enter_totals")}</button>
        </div>`
      : html`<button class="unseen" tabindex="-1" aria-hidden="true">${t("console.do.enter_totals")}</button>`}
  </form>`;
}

function questionForm(desk, question, values) {
  const kinds = { motion: tiles, grade: tiles, election: rows, selection: rows };
  return html`<fieldset>
    <legend class=${desk.view.poll.questions.length > 1 ? "" : "unseen"}>${t(`console.kind.${question.kind}`)}</legend>
    ${kinds[question.kind](desk, question, values)} ${sum(desk.view.poll, question, values)}
  </fieldset>`;
}

function input(desk, field, label = field.label) {
  const { values } = desk.typed;
  const take = (event) => {
    const digits = event.target.value.normalize("NFKC").replace(/\D/g, "").slice(0, LONGEST);
    event.target.value = values[field.key] = digits;
    event.target.removeAttribute("aria-invalid");
    desk.redraw();
  };
  return html`<input class="number" inputmode="numeric" autocomplete="off" aria-label=${label} data-key=${field.key} .value=${values[field.key] || ""} @input=${take} />`;
}

/** One voice each: a tile for every answer. */
function tiles(desk, question, values) {
  return html`<div class="figs">
    ${fieldsOf(question, values).map(
      (field) => html`<div class="fig ${question.kind === "motion" ? field.path[0] : ""}">
        <p class="l">${question.kind === "motion" ? shape(field.path[0]) : nothing}${field.label}</p>
        ${input(desk, field)}
      </div>`,
    )}
  </div>`;
}

function rows(desk, question, values) {
  const election = question.kind === "election";
  const fields = fieldsOf(question, values);
  const of = (...path) => fields.find((field) => field.path.join("\n") === path.join("\n"));
  const offered = election ? question.candidates : question.options;
  return html`<table class="rows type">
      <thead>
        <tr>
          <th scope="col">${t(election ? "console.result.candidates" : "console.result.options")}</th>
          <th scope="col">${t(election ? "console.choice.for" : "console.result.votes")}</th>
          ${election ? html`<th scope="col">${t("console.choice.against")}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${offered.map(({ key, label }) => html`<tr>
          <th scope="row">${say(label)}</th>
          <td>${input(desk, of(election ? "for" : "votes", key), `${say(label)} ${t(election ? "console.choice.for" : "console.result.votes")}`)}</td>
          ${election ? html`<td>${input(desk, of("against", key), `${say(label)} ${t("console.choice.against")}`)}</td>` : nothing}
        </tr>`)}
        ${election ? written(question, values).map((line) => nameRow(desk, line)) : nothing}
      </tbody>
    </table>
    <p class="turn">
      ${fields.filter((field) => field.path.length === 1).map((field) => html`<label>${field.label}${input(desk, field)}</label>`)}
    </p>`;
}

/** A name that was written in, or called out. */
function nameRow(desk, [key, name, field]) {
  const { values } = desk.typed;
  const take = (event) => {
    values[key] = event.target.value;
    desk.redraw();
  };
  return html`<tr>
    <td><input class="name" maxlength="30" autocomplete="off" aria-label=${t("console.totals.other")} placeholder=${t("console.totals.other")} .value=${values[key] || ""} @input=${take} /></td>
    <td>${name ? input(desk, field, `${name} ${t("console.choice.for")}`) : nothing}</td>
    <td></td>
  </tr>`;
}

// --- the equation --------------------------------------------------------------------------------------------------

/** Under the numbers: what they come to, and how many voices are left; nothing is claimed of what is not typed yet. */
function sum(poll, question, values) {
  const found = judge(poll, question, values);
  return html`<p class="sum ${found.wrong ? "wrong" : ""}" role="status">${found.wrong ? shape("bang") : found.whole ? shape("tick") : nothing}<span>${found.said}</span></p>`;
}

function judge({ entitled }, question, values) {
  const fields = fieldsOf(question, values).filter((field) => !field.other || field.path[1]);
  const whole = fields.every((field) => number(values[field.key]) !== null);
  const of = (...path) => fields.filter((field) => path.every((part, index) => field.path[index] === part)).reduce((all, field) => all + (number(values[field.key]) || 0), 0);
  if (question.kind === "motion" || question.kind === "grade") {
    const voices = fields.reduce((all, field) => all + (number(values[field.key]) || 0), 0);
    if (voices > entitled) return { wrong: true, whole, said: t("console.totals.too-many", { voices, entitled, more: voices - entitled }) };
    return { wrong: false, whole, said: t("console.totals.sum", { voices, entitled, rest: entitled - voices }) };
  }
  const [returned, invalid] = [of("returned"), of("invalid")];
  const valid = returned - invalid;
  const places = question.kind === "election" ? question.seats : question.choose;
  const votes = of(question.kind === "election" ? "for" : "votes");
  if (returned > entitled) return { wrong: true, whole, said: t("console.totals.too-many", { voices: returned, entitled, more: returned - entitled }) };
  if (whole && (invalid > returned || votes > valid * places)) return { wrong: true, whole, said: t("console.totals.too-many-votes", { votes, most: Math.max(0, valid) * places }) };
  return { wrong: false, whole, said: t("console.totals.sum-papers", { returned, entitled, valid: Math.max(0, valid) }) };
}

// --- handing in ----------------------------------------------------------------------------------------------------

/** Hand in what is typed; the first number that is missing gets the focus instead. */
export async function handIn(desk) {
  const { poll } = desk.view;
  const values = typed(desk);
  const asked = poll.questions.filter((one) => one.kind !== "score");
  const fields = asked.reduce((all, one) => [...all, ...fieldsOf(one, values).filter((field) => !field.other || field.path[1])], []);
  const missing = fields.find((field) => number(values[field.key]) === null);
  if (missing) {
    const empty = [...document.querySelectorAll("#totals [data-key]")].find((one) => one.dataset.key === missing.key);
    empty.setAttribute("aria-invalid", "true");
    empty.focus();
    desk.tell(t("console.totals.missing"));
    return;
  }
  const done = await desk.order({ name: "enter_totals", poll: poll.ballot, totals: totalsOf(asked, values) });
  if (done) desk.typed.again = false;
  desk.redraw();
}

function totalsOf(asked, values) {
  const totals = {};
  for (const question of asked) {
    const own = (totals[question.id] = {});
    for (const field of fieldsOf(question, values)) {
      if (field.other && !field.path[1]) continue;
      const [first, second] = field.path;
      if (second === undefined) own[first] = number(values[field.key]);
      else (own[first] = own[first] || {})[second] = number(values[field.key]);
    }
  }
  return totals;
}

/** What was handed in is not what was counted: the form again, with it. */
export function correct(desk, again = true) {
  const { poll } = desk.view;
  const values = typed(desk);
  desk.typed.again = again;
  if (again) for (const [key, value] of handedIn(poll)) if (!(key in values)) values[key] = String(value);
  desk.redraw();
}

/** What was handed in, by the form's own keys. */
function handedIn(poll) {
  const found = [];
  for (const question of poll.questions.filter((one) => one.kind !== "score")) {
    const total = poll.totals[question.id];
    const offered = (question.candidates || []).map((one) => one.key);
    const others = Object.keys(total.for && question.kind === "election" ? total.for : {}).filter((name) => !offered.includes(name));
    others.forEach((name, index) => found.push([[question.id, "name", index].join("\n"), name], [[question.id, "other", index].join("\n"), total.for[name]]));
    for (const field of fieldsOf(question, {})) {
      if (field.other) continue;
      const [first, second] = field.path;
      found.push([field.key, second === undefined ? total[first] : total[first][second]]);
    }
  }
  return found;
}

// --- handed in, and not confirmed ----------------------------------------------------------------------------------

/** The numbers as they were handed in: a teller compares them with his own. */
export function typedTotals(desk) {
  const { poll } = desk.view;
  return html`<section class="panel totals" aria-label=${t("console.totals.title")}>
    <p class="lead">${t("console.totals.waiting")}</p>
    ${shownTotals(poll.questions, poll.totals, poll.entitled)}
    <div class="again"><button class="small" data-act="correct" ?disabled=${!desk.ready} @click=${() => correct(desk)}>${t("console.totals.correct")}</button></div>
  </section>`;
}

/** The numbers of every question, to be read. */
export function shownTotals(questions, totals, entitled) {
  return questions.filter((one) => one.kind !== "score").map((question) => {
    const total = totals[question.id];
    const label = (key) => {
      const offered = [...(question.scale || []), ...(question.options || []), ...(question.candidates || [])].find((one) => one.key === key);
      if (offered) return say(offered.label);
      return question.kind === "motion" ? t(`console.choice.${key}`) : key;
    };
    const figure = (name, value, kind = "") => html`<div class="fig ${kind}"><p class="l">${kind ? shape(kind === "novote" ? "none" : kind) : nothing}${name}</p><p class="n">${value}</p></div>`;
    const several = questions.length > 1 ? html`<h2 class="part">${t(`console.kind.${question.kind}`)}</h2>` : nothing;
    if (question.kind === "motion" || question.kind === "grade") {
      const keys = question.kind === "motion" ? ["for", "against", "abstain"] : question.scale.map((one) => one.key);
      const rest = entitled - keys.reduce((all, key) => all + total[key], 0);
      return html`${several}
        <div class="figs">${keys.map((key) => figure(label(key), total[key], question.kind === "motion" ? key : ""))}${figure(t("console.totals.not-raised"), rest, question.kind === "motion" ? "novote" : "")}</div>`;
    }
    const election = question.kind === "election";
    const votes = election ? total.for : total.votes;
    return html`${several}
      <table class="rows type">
        <thead><tr><th scope="col">${t(election ? "console.result.candidates" : "console.result.options")}</th><th scope="col">${t(election ? "console.choice.for" : "console.result.votes")}</th>${election ? html`<th scope="col">${t("console.choice.against")}</th>` : nothing}</tr></thead>
        <tbody>
          ${Object.keys(votes).map((key) => html`<tr><th scope="row">${label(key)}</th><td class="v">${votes[key]}</td>${election ? html`<td class="v">${key in total.against ? total.against[key] : ""}</td>` : nothing}</tr>`)}
        </tbody>
      </table>
      <p class="turn"><span>${t("console.totals.voted")} <b>${total.returned}</b></span><span>${t("console.equation.invalid")} <b>${total.invalid}</b></span></p>`;
  });
}

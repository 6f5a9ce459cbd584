/**
 * What a teller presses: the empty box, typed totals, a count, an objection, a ruling on names, a void.
 *
 * Every press names the teller: the desk asks once who he is and keeps it until the page is closed.
 */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../display/words.js";
import { safe, title } from "./dialog.js";
import { shape } from "./shapes.js";

const FEW = 8;

/** The bar under the papers: what waits for a teller, and the button to it. */
export function duties(desk) {
  const { view } = desk;
  const { duty } = view;
  const bar = BARS[duty];
  return html`<footer class="duty">
    ${desk.notice ? html`<p class="told" id="notice" role="alert" data-code=${desk.notice.code}>${shape("bang")}<span>${desk.notice.text}</span></p>` : nothing}
    ${bar ? bar(desk, view.reconciliation.ballot) : html`<p class="quiet">${t("console.duty.none")}</p>`}
  </footer>`;
}

const button = (desk, name, label, act, kind = "") =>
  html`<button class="press ${kind}" data-duty=${name} ?disabled=${!desk.ready} @click=${act}>${label}</button>`;

const BARS = {
  empty_box: (desk, poll) => button(desk, "confirm_empty_box", t("console.duty.empty_box"), () => give(desk, { name: "confirm_empty_box", poll })),
  totals: (desk, poll) => html`<p class="hint">${t("console.duty.totals-more")}</p>
    ${button(desk, "confirm_totals", t("console.duty.totals"), () => give(desk, { name: "confirm_totals", poll }))}`,
  count: (desk, poll) => html`<div class="pair">
    ${button(desk, "object_to_count", t("console.duty.object"), () => object(desk, poll), "second")}
    ${button(desk, "confirm_count", t(desk.view.write_ins.length ? "console.duty.count-named" : "console.duty.count"), () => confirm(desk, poll))}
  </div>`,
  objected: (desk, poll) => html`<p class="hint">${t("console.duty.objected-more")}</p>
    ${button(desk, "confirm_count", t("console.duty.objected"), () => confirm(desk, poll), "second")}`,
  void: (desk, poll) => html`<p class="hint">${t("console.duty.void-refuse")}</p>
    ${button(desk, "countersign_void", t("console.duty.void"), () => countersign(desk, poll), "danger")}`,
};

// --- who presses ---------------------------------------------------------------------------------------------------

/** Ask who is at this desk; `then` is done once he has said so. */
export function whoIAm(desk, then = null) {
  desk.open({ kind: "who", then });
}

/** Do something in a teller's name, once he has said who he is. */
function as(desk, act) {
  if (desk.me === null) whoIAm(desk, act);
  else act();
}

const give = (desk, command) => as(desk, () => desk.order({ ...command, teller: desk.me }));

export const KINDS = {
  who(desk, dialog) {
    const { acting } = desk.view;
    const pick = (number) => () => {
      desk.me = number;
      desk.close();
      if (dialog.then) dialog.then();
    };
    return html`${title(t("console.teller.who-title"))}
      <p>${t("console.teller.who-more")}</p>
      <div class="list ${acting.length > FEW ? "many" : ""}">
        ${acting.map(({ number, name, chief }) => html`<button type="button" data-me=${number} @click=${pick(number)}>${t("console.teller.i-am", { name })}${chief ? html`<small>${t("console.teller.chief")}</small>` : nothing}</button>`)}
      </div>
      <div class="answers">${safe(desk)}</div>`;
  },
};

// --- a count -------------------------------------------------------------------------------------------------------

/** With a broken equation nothing is confirmed by one press. */
function confirm(desk, poll) {
  const sheet = desk.view.reconciliation;
  const broken = [sheet, ...sheet.advisory].some((one) => one.equations.some((each) => each.holds === false));
  const order = () => desk.order({ name: "confirm_count", poll, teller: desk.me });
  as(desk, () => {
    if (!broken) return order();
    return desk.open({ kind: "ask", title: t("console.duty.count"), text: t("console.teller.break"), label: t("console.duty.count"), hold: true, act: order }, { tied: true });
  });
}

function object(desk, poll) {
  as(desk, () =>
    desk.open(
      {
        kind: "form",
        title: "console.duty.object",
        effect: t("console.duty.object-more"),
        fields: [{ name: "reason", label: "console.form.reason", required: true, long: true }],
        command: ({ reason }) => ({ name: "object_to_count", poll, teller: desk.me, reason }),
        hold: true,
      },
      { tied: true },
    ),
  );
}

function countersign(desk, poll) {
  const { void_proposed: reason } = desk.view;
  as(desk, () =>
    desk.open(
      {
        kind: "ask",
        title: t("console.duty.void"),
        text: t("console.duty.void-more"),
        warning: reason,
        label: t("console.duty.void"),
        danger: true,
        hold: true,
        act: () => desk.order({ name: "countersign_void", poll, teller: desk.me }),
      },
      { tied: true },
    ),
  );
}

// --- names written in ----------------------------------------------------------------------------------------------

let picked = new Set();
let name = "";
let of = "";

/** Which spellings are the same person: pick them, say the name, and the count is made again. */
export function writeIns(desk) {
  const { view } = desk;
  const all = view.write_ins;
  if (!all.length || view.duty !== "count") return nothing;
  const { ballot } = view.reconciliation;
  if (of !== `${ballot}/${view.rulings.length}`) {
    [of, picked, name] = [`${ballot}/${view.rulings.length}`, new Set(), ""];
  }
  const question = view.questions[view.questions.length - 1].id;
  const toggle = (one) => () => {
    if (picked.has(one.name)) picked.delete(one.name);
    else picked.add(one.name);
    if (!picked.has(name)) name = [...all].filter((each) => picked.has(each.name)).map((each) => each.name)[0] || "";
    desk.redraw();
  };
  const rule = (event) => {
    event.preventDefault();
    const same = all.map((one) => one.name).filter((one) => picked.has(one));
    const said = name.trim();
    if (!same.length || !said) return;
    as(desk, () => desk.order({ name: "rule_write_ins", poll: ballot, question, same, person: said, teller: desk.me }));
  };
  return html`<form class="panel names-written" novalidate @submit=${rule} aria-labelledby="written">
    <h2 id="written">${t("console.duty.write-ins")}</h2>
    <p class="soft">${t("console.duty.write-ins-more")}</p>
    <ul>
      ${all.map(
        (one) => html`<li>
          <label><input type="checkbox" .checked=${picked.has(one.name)} @change=${toggle(one)} /><b>${one.name}</b><span>${t(one.candidate ? "console.duty.candidate" : "console.result.written-in")}</span><em>${t("console.fact.votes", { count: one.votes })}</em></label>
        </li>`,
      )}
    </ul>
    <p class="ruling">
      <label for="ruled">${t("console.duty.same-as")}</label>
      <input id="ruled" maxlength="30" autocomplete="off" .value=${name} @input=${(event) => ((name = event.target.value), desk.redraw())} />
      <button class="small strong" data-duty="rule_write_ins" ?disabled=${!desk.ready || picked.size < 1 || !name.trim()}>${t("console.duty.rule")}</button>
    </p>
    ${view.rulings.map(
      (one) => html`<p class="said">
        ${shape("tick")}<span>${t("console.counted.ruling", { same: one.same.join(t("console.comma")), name: one.name })}</span>
        ${one.same.filter((spelling) => spelling !== one.name).map((spelling) => takeBack(desk, ballot, one.question, spelling))}
      </p>`,
    )}
  </form>`;
}


/** A slip: this spelling is a person of its own again. */
const takeBack = (desk, poll, question, spelling) =>
  html`<button
    type="button"
    class="small"
    data-duty="take_back"
    ?disabled=${!desk.ready}
    @click=${() => as(desk, () => desk.order({ name: "rule_write_ins", poll, question, same: [spelling], person: spelling, teller: desk.me }))}
  >${t("console.duty.take-back", { name: spelling })}</button>`;

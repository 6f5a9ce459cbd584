/**
 * The ballot paper: an island keyed by its ballot.  Pushes may not touch it; only its voter does.
 *
 * First the form, then what is marked, to be checked, then handed in: for every choice the same three taps.  Nothing
 * is preselected.  When the paper is handed in or over, form and draft are gone, and nothing of a choice is left.
 */

import { html, nothing, render } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { language, say, t } from "../../display/words.js";
import { draftOf, eraseDraft, keepDraft } from "./draft.js";
import { bar, button, heading, itemOf } from "./parts.js";
import { clauses, phrased } from "./phrases.js";
import { MARKS, tick } from "./shapes.js";

const CHOICES = ["for", "against", "abstain"];

export class Paper {
  /** `submit(ballot, marks)` answers true, or the code of why not now. */
  constructor(root, submit) {
    this.root = root;
    this.submit = submit;
    this.sheet = null; // what is asked, as it was when the paper was first shown
    this.marks = {};
    this.checking = false;
    this.handing = false;
    this.why = null; // code of the last refusal
    this.state = { held: false, ready: false };
  }

  get hasDraft() {
    return this.sheet !== null && Object.keys(this.marks).length > 0;
  }

  /** Show this ballot's paper.  The same ballot again changes nothing but what stands over the button. */
  show({ held, ready, ...sheet }) {
    const before = this.state;
    this.state = { held, ready };
    if (this.sheet === null || this.sheet.ballot !== sheet.ballot) {
      this.begin(sheet);
      return;
    }
    if (before.held !== held || before.ready !== ready) this.paint();
  }

  begin(sheet) {
    this.sheet = sheet;
    this.marks = known(sheet, draftOf(sheet.ballot));
    this.checking = false;
    this.handing = false;
    this.why = null;
    this.paint();
  }

  /** No paper is shown now.  Once the view says that none is open, a draft goes too. */
  clear(view) {
    if (this.sheet !== null) {
      this.sheet = null;
      this.marks = {};
      render(nothing, this.root);
    }
    if (view && !(view.poll && ["open", "held"].includes(view.poll.stage))) eraseDraft();
  }

  /** The page is out of sight: no picture of it may show a mark. */
  veil(hidden) {
    this.root.classList.toggle("veiled", hidden);
  }

  /** The reader has changed the language. */
  reword() {
    if (this.sheet !== null) this.paint();
  }

  paint() {
    render(this.checking ? this.check() : this.form(), this.root);
  }

  // ---- the form

  form() {
    const { sheet } = this;
    return html`<main class="body">
        ${kick(sheet)}
        <form autocomplete="off" @submit=${(event) => event.preventDefault()}>
          ${sheet.questions.map((question, i) => this.question(question, i))}
        </form>
      </main>
      ${this.foot()}`;
  }

  question(question, i) {
    const { sheet } = this;
    const name = `mark-${i}`;
    return html`${i === 0 ? heading(titleOf(question, sheet)) : html`<h2 class="title">${phrased(titleOf(question, sheet))}</h2>`}
      ${original(question, sheet)}
      <p class="needs">${ruleOf(question, sheet)}</p>
      <fieldset>
        <legend class="ask">${clauses(t(askOf(sheet)))}</legend>
        <div class="options">${CHOICES.map((choice) => this.option(question, name, choice))}</div>
      </fieldset>`;
  }

  option(question, name, choice) {
    const on = this.marks[question.id] === choice;
    return html`<label class="option ${on ? "on" : ""}">
      <input type="radio" name=${name} value=${choice} .checked=${on} @change=${() => this.mark(question, choice)} />
      ${MARKS[choice]()}<span class="word">${t(`phone.choice.${choice}`)}</span><span class="dot" aria-hidden="true">${tick()}</span>
    </label>`;
  }

  mark(question, choice) {
    this.marks = { ...this.marks, [question.id]: choice };
    this.why = null;
    keepDraft(this.sheet.ballot, this.marks);
    this.paint();
  }

  get complete() {
    return this.sheet.questions.every((question) => this.marks[question.id] !== undefined);
  }

  foot() {
    const why = this.whyNot();
    return bar(button(t("phone.paper.check"), () => this.turn(true), { off: !this.complete }), why === null ? nothing : t(why));
  }

  // ---- what was marked, once more

  check() {
    const { sheet } = this;
    const off = this.state.held || !this.state.ready || this.handing;
    const why = this.whyNot();
    return html`<main class="body sheet">
        ${heading(t("phone.check.title"), "big")}
        ${sheet.questions.map(
          (question) => html`<p class="label">${t("phone.check.matter")}</p>
            <p class="matter">${phrased(titleOf(question, sheet))}</p>
            <p class="label">${t("phone.check.choice")}</p>
            <p class="pick">${MARKS[this.marks[question.id]]()}<span>${t(`phone.choice.${this.marks[question.id]}`)}</span></p>`,
        )}
        <p class="once">${t(onceOf(sheet))}</p>
      </main>
      ${bar(
        html`${button(t("phone.check.back"), () => this.turn(false), { second: true, off: this.handing })}
        ${button(t("phone.check.submit"), () => this.handIn(), { off })}`,
        why === null ? nothing : t(why),
      )}`;
  }

  /** To the check and back; his own doing, so the focus goes with him. */
  turn(checking) {
    this.checking = checking;
    this.paint();
    scrollTo(0, 0);
    this.root.querySelector("h1").focus({ preventScroll: true });
  }

  /** Until the client keeps the paper, nothing here says more than that it is being kept: a reload would undo it. */
  async handIn() {
    const { sheet } = this;
    this.handing = true;
    this.paint();
    const done = await this.submit(sheet.ballot, this.marks);
    if (this.sheet !== sheet) return;
    this.handing = false;
    this.why = done === true ? null : done;
    if (done === true) {
      this.marks = {};
      this.checking = false;
    }
    this.paint();
  }

  /** Key of the reason why the button does not do more; null where it does. */
  whyNot() {
    if (this.state.held) return "phone.why.held";
    if (this.checking && !this.state.ready) return "phone.why.collecting";
    if (this.handing) return "phone.why.handing";
    if (this.why !== null) return WHY[this.why] || "phone.why.failed";
    return this.complete ? null : "phone.why.choose";
  }
}

const WHY = {
  "not-collected": "phone.why.collecting",
  "no-board": "phone.why.collecting",
  "no-paper": "phone.why.collecting",
  "ballot-not-open": "phone.why.not-open",
};

/** Only marks that this paper offers: a draft comes from storage. */
function known({ questions }, marks) {
  return Object.fromEntries(questions.map(({ id }) => [id, marks[id]]).filter(([, mark]) => CHOICES.includes(mark)));
}

const kick = ({ ballot, secret }) =>
  html`<p class="kick">${t("phone.item", { number: itemOf(ballot) })}<span>${t(secret ? "phone.secret" : "phone.open")}</span></p>`;

/** In the reader's language where the sitting has it; what is decided is the paper's own text. */
function titleOf(question, { title, questions }) {
  if (language() === "en" && title && questions.length === 1) return say(title);
  return question.title || (title ? say(title) : "");
}

function original(question, sheet) {
  const shown = titleOf(question, sheet);
  if (!question.title || shown === question.title) return nothing;
  return html`<p class="original">${t("phone.paper.original")} <span lang="zh-CN">${question.title}</span></p>`;
}

function ruleOf(question, { needed }) {
  if (needed === null) return nothing;
  const { base, over } = question.majority || {};
  const usual = over === "1/2" && ["all_members", "present"].includes(base);
  return t(usual ? `phone.rule.half.${base}` : "phone.rule.needed", { needed });
}

const askOf = ({ secret, changes }) => `phone.ask.${!secret ? "open" : changes ? "changes" : "once"}`;
const onceOf = ({ secret, changes }) => `phone.once.${!secret ? "open" : changes ? "changes" : "once"}`;

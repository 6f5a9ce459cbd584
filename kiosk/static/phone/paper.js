/**
 * The ballot paper: an island keyed by its ballot.  Pushes may not touch it; only its voter does.
 *
 * First the form, one card for each question, then what is filled in, to be checked, then handed in: for every choice
 * the same taps.  Nothing is preselected.  When the paper is handed in or over, form and draft are gone, and nothing of
 * a choice is left.
 */

import { html, nothing, render } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../../display/words.js";
import { answerOf, gapsOf, isBlank, isKnownKind, marksOf, problemOf } from "./answers.js";
import { draftOf, eraseDraft, keepDraft } from "./draft.js";
import { bar, button, heading } from "./parts.js";
import { clauses, phrased } from "./phrases.js";
import { pledgeLink } from "./pledges.js";
import { onceOf, questionForm } from "./questions.js";
import { answerList, blankRule, wholeAnswer, wrongWords } from "./review.js";
import { kickOf } from "./wording.js";

export class Paper {
  /** `submit(ballot, marks)` answers true, or the code of why not now; `read(ballot)` opens what may be read beside. */
  constructor(root, submit, read) {
    this.root = root;
    this.submit = submit;
    this.read = read;
    this.sheet = null; // what is asked, as it was when the paper was first shown
    this.answers = new Map();
    this.at = 0; // the question whose card is open
    this.checking = false;
    this.handing = false;
    this.why = null; // code of the last refusal
    this.state = { held: false, ready: false };
  }

  get hasDraft() {
    return this.sheet !== null && this.answers.size > 0;
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
    this.answers = draftOf(sheet.ballot, sheet.questions);
    this.at = Math.max(0, this.answers.size === 0 ? 0 : sheet.questions.findIndex((question) => !this.isDone(question)));
    this.checking = false;
    this.handing = false;
    this.why = null;
    this.paint();
  }

  /** No paper is shown now.  Once the view says that none is open, a draft goes too. */
  clear(view) {
    if (this.sheet !== null) {
      this.sheet = null;
      this.answers = new Map();
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

  // ---- what is filled in

  get several() {
    return this.sheet.questions.length > 1;
  }

  answer(question) {
    return answerOf(this.answers, question);
  }

  problem(question) {
    return problemOf(question, this.answer(question));
  }

  isDone(question) {
    return gapsOf(question, this.answer(question)) === 0 && this.problem(question) === null;
  }

  /** Whether the form can be left for the check; a paper of several questions shows there what is still open. */
  get mayCheck() {
    if (this.several) return true;
    const [question] = this.sheet.questions;
    if (!isKnownKind(question) || this.problem(question) !== null) return false;
    return question.kind === "selection" || !isBlank(question, this.answer(question));
  }

  /** Whether what is filled in can be handed in. */
  get maySubmit() {
    const { questions } = this.sheet;
    if (this.several && this.answers.size === 0) return false;
    return questions.every((question) => isKnownKind(question) && this.problem(question) === null);
  }

  change(question, answer) {
    const answers = new Map(this.answers);
    if (isBlank(question, answer)) answers.delete(question.id);
    else answers.set(question.id, answer);
    this.answers = answers;
    this.why = null;
    keepDraft(this.sheet.ballot, answers);
    this.paint();
  }

  // ---- the form

  form() {
    const { sheet, several } = this;
    return html`<main class="body">
        ${kickOf(sheet)} ${pledgeLink(sheet.pledges, () => this.read(sheet.ballot))} ${sheet.few ? html`<p class="few">${phrased(t("phone.few"))}</p>` : nothing}
        ${several ? this.progress() : nothing}
        <form autocomplete="off" novalidate @submit=${(event) => event.preventDefault()}>
          ${sheet.questions.map(
            (question, i) => html`<section class="question-card" ?hidden=${i !== this.at}>
              ${questionForm(question, i, this.answer(question), sheet, (answer) => this.change(question, answer))}
            </section>`,
          )}
        </form>
      </main>
      ${this.foot()}`;
  }

  progress() {
    const { questions } = this.sheet;
    return html`<div class="progress">
      <p>${t("phone.paper.progress", { number: this.at + 1, of: questions.length })}</p>
      <button type="button" class="inline" @click=${() => this.turn(true)}>${t("phone.paper.all")}</button>
      <div class="steps" aria-hidden="true">
        ${questions.map((question, i) => html`<i class=${i === this.at ? "now" : this.isDone(question) ? "done" : ""}></i>`)}
      </div>
    </div>`;
  }

  foot() {
    const check = button(t("phone.paper.check"), () => this.turn(true), { off: !this.mayCheck });
    return bar(this.several ? this.pages(check) : check, said(this.whyNot(), this.problem(this.sheet.questions[this.at]) !== null));
  }

  /** From card to card; from the last one to the check. */
  pages(check) {
    const last = this.at === this.sheet.questions.length - 1;
    return html`<div class="pair">
      ${this.at > 0 ? button(t("phone.paper.previous"), () => this.go(this.at - 1), { second: true }) : nothing}
      ${last ? check : button(t("phone.paper.next"), () => this.go(this.at + 1))}
    </div>`;
  }

  // ---- what was filled in, once more

  check() {
    const { sheet, several } = this;
    const off = this.state.held || !this.state.ready || this.handing || !this.maySubmit;
    const [first] = sheet.questions;
    return html`<main class="body sheet">
        ${heading(t("phone.check.title"), "big")}
        ${several
          ? answerList({ sheet, answers: this.answers, go: (i) => this.go(i) })
          : wholeAnswer(first, this.answer(first), sheet)}
        <p class="once">${t(onceOf(sheet))}</p>
      </main>
      ${bar(
        html`${button(t("phone.check.back"), () => this.turn(false), { second: true, off: this.handing })}
        ${button(t("phone.check.submit"), () => this.handIn(), { off })}`,
        said(this.whyNot(), !this.several || this.maySubmit ? false : this.answers.size > 0),
      )}`;
  }

  /** To the check and back; his own doing, so the focus goes with him. */
  turn(checking) {
    this.checking = checking;
    this.paint();
    scrollTo(0, 0);
    const card = this.root.querySelector(".question-card:not([hidden])") || this.root;
    card.querySelector("h1").focus({ preventScroll: true });
  }

  /** To a question's card. */
  go(i) {
    this.at = i;
    this.turn(false);
  }

  /** Until the client keeps the paper, nothing here says more than that it is being kept: a reload would undo it. */
  async handIn() {
    const { sheet } = this;
    this.handing = true;
    this.paint();
    const done = await this.submit(sheet.ballot, marksOf(sheet.questions, this.answers));
    if (this.sheet !== sheet) return;
    this.handing = false;
    this.why = done === true ? null : done;
    if (done === true) {
      this.answers = new Map();
      this.at = 0;
      this.checking = false;
    }
    this.paint();
  }

  // ---- what stands over the button

  /** Why the button does not do more, or what a voter should know before he presses it; "" for nothing. */
  whyNot() {
    if (this.state.held) return t("phone.why.held");
    if (this.checking && !this.state.ready) return t("phone.why.collecting");
    if (this.handing) return t("phone.why.handing");
    if (this.why !== null) return t(WHY[this.why] || "phone.why.failed");
    if (!this.checking) return this.standing(this.sheet.questions[this.at]);
    return this.several ? this.standingOfAll() : this.leftOpen(this.sheet.questions[0]);
  }

  /** How far one question is. */
  standing(question) {
    const answer = this.answer(question);
    const problem = this.problem(question);
    if (problem !== null) return wrongWords(problem);
    if (question.kind === "selection") {
      return t("phone.selection.count", { chosen: (answer || []).length, choose: question.choose });
    }
    if (isBlank(question, answer)) {
      if (this.several) return t(`phone.blank.${blankRule(question)}`);
      return t(WHAT_FIRST[question.kind] || "phone.why.fill");
    }
    return this.leftOpen(question);
  }

  /** Candidates that nobody has marked: the one thing that may stay open in a question that is begun. */
  leftOpen(question) {
    const gaps = question.kind === "election" ? gapsOf(question, this.answer(question)) : 0;
    return gaps > 0 ? t("phone.election.left-open", { gaps }) : "";
  }

  standingOfAll() {
    const { questions } = this.sheet;
    const wrong = questions.filter((question) => this.problem(question) !== null).length;
    if (wrong > 0) return t("phone.review.wrong", { count: wrong });
    if (this.answers.size === 0) return t("phone.why.fill");
    const open = questions.filter((question) => gapsOf(question, this.answer(question)) > 0);
    if (open.length === 0) return "";
    const rules = new Set(open.map(blankRule));
    return t(`phone.review.left-open.${rules.size === 1 ? Array.from(rules)[0] : "either"}`, { count: open.length });
  }
}

const WHY = {
  "not-collected": "phone.why.collecting",
  "no-board": "phone.why.collecting",
  "no-paper": "phone.why.collecting",
  "ballot-not-open": "phone.why.not-open",
};
const WHAT_FIRST = { motion: "phone.why.choose", grade: "phone.why.choose", score: "phone.why.scores" };

const said = (text, wrong) => (text === "" ? nothing : html`<span role="status" class=${wrong ? "wrong" : ""}>${clauses(text)}</span>`);

/**
 * What the nominees have pledged, to be read over the paper: fetched once, when a voter asks for it.
 *
 * The paper lies beneath, hidden and untouched, and is there again as it was.  Nothing of a choice is known in here.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { Refused, Unreachable } from "../ballot/errors.js";
import { bar, button, heading } from "./parts.js";
import { clauses, phrased } from "./phrases.js";
import { bang } from "./shapes.js";
import { personal } from "./wording.js";

/** Screens behind which there may be something to read. */
const BEHIND = ["prepared", "paper"];

/** Whether the reader is to see the pledges now: he has opened them, and his paper is not over. */
export function isReading({ pledged }, screen) {
  return pledged !== null && BEHIND.includes(screen.name) && screen.ballot === pledged.ballot;
}

/** The quiet link to them; nothing where nobody has pledged anything.  `label`: what it says, in both languages. */
export const pledgeLink = (label, press) =>
  label ? html`<p class="to-read"><button type="button" class="inline" @click=${press}>${say(label)}</button></p>` : nothing;

export class Pledges {
  /** `phone`: its `client`, what it `knows`, and `learn`. */
  constructor(phone) {
    this.phone = phone;
    this.kept = { ballot: null, texts: null }; // one ballot's, so that nothing is fetched twice
  }

  async open(ballot) {
    const texts = this.kept.ballot === ballot ? this.kept.texts : null;
    this.phone.learn({ pledged: { ballot, texts, at: null, away: false } });
    if (texts !== null) return;
    try {
      this.kept = { ballot, texts: await this.phone.client.pledges(ballot) };
      this.change(ballot, { texts: this.kept.texts });
    } catch (error) {
      // The line is away, or the vote is over: the page says what to do.
      if (!(error instanceof Refused || error instanceof Unreachable)) this.phone.failed(error);
      this.change(ballot, { away: true });
    }
  }

  /** Of several: the text of one, or with null their list. */
  turn(at) {
    this.change(this.phone.knows.pledged.ballot, { at });
  }

  close() {
    this.phone.learn({ pledged: null });
  }

  change(ballot, changes) {
    const { pledged } = this.phone.knows;
    if (pledged !== null && pledged.ballot === ballot) this.phone.learn({ pledged: { ...pledged, ...changes } });
  }
}

/** The page itself. */
export function pledged({ knowledge, screen, pledges }) {
  const { texts, at, away, ballot } = knowledge.pledged;
  const label = knowledge.view.poll.pledges;
  const one = texts && (texts.length === 1 ? texts[0] : texts[at]);
  return html`<main class="body reading">
      ${one ? text(one) : html`${heading(label ? say(label) : t("phone.pledges.title"))} ${texts ? list(texts, pledges) : fetching(away, () => pledges.open(ballot))}`}
    </main>
    ${bar(
      html`<div class="pair">
        ${one && texts.length > 1 ? button(t("phone.pledges.list"), () => pledges.turn(null), { second: true }) : nothing}
        ${button(t(screen.name === "paper" ? "phone.pledges.back" : "phone.pledges.close"), () => pledges.close())}
      </div>`,
      screen.name === "paper" ? clauses(t("phone.pledges.kept")) : nothing,
    )}`;
}

const text = ({ name, post, label, text: parts }) => html`<p class="kick">${say(label)}</p>
  <h1 class="title" tabindex="-1">${personal(say(name))}</h1>
  <p class="soft">${phrased(t("phone.proposed-for", { post: say(post) }))}</p>
  <div class="pledged" lang="zh-CN">${parts.map(([head, said]) => html`<section><h2>${head}</h2><p>${said}</p></section>`)}</div>`;

const list = (texts, pledges) => html`<ul class="whose-pledge">
  ${texts.map(({ name, post }, i) => html`<li><button type="button" class="button second" @click=${() => pledges.turn(i)}><b>${personal(say(name))}</b><small>${say(post)}</small></button></li>`)}
</ul>`;

const fetching = (away, again) =>
  away
    ? html`<p class="refused" role="alert">${bang()}<span>${t("phone.pledges.away")}
        <button type="button" class="inline" @click=${again}>${t("phone.pledges.again")}</button></span></p>`
    : html`<p class="lead" role="status">${t("phone.pledges.fetching")}</p>`;

/**
 * The floor on the phone: asking for it, a question, a comment or a group's summary in writing, and what has become of them.
 *
 * Nothing here is shown while a paper is: a vote comes first, and what was being written waits for its end.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../../display/words.js";
import { hasWritten, isEarlier, itemOf, itemWritten, longest, mayAsk, mayWrite, placeInQueue, standingOf } from "./floor.js";
import { button, heading, refusedLine } from "./parts.js";
import { phrased } from "./phrases.js";
import { hand, tick } from "./shapes.js";

/** What has become of what he said: in the text of a screen that follows the sitting. */
export function ownFloor(knowledge) {
  const { me, said, view } = knowledge;
  return html`${me.floor === "asked" && mayAsk(knowledge) ? queued(knowledge) : nothing}
  ${["comment", "summary"].includes(said.taken) && !me.gallery ? html`<p class="ok">${tick()}<span>${t(`phone.${said.taken}.taken`)}</span></p>` : nothing}
  ${me.gallery && view.item && hasWritten(me, view.item)
    ? html`<p class="ok">${tick()}<span>${phrased(t("phone.gallery.taken", { number: view.item }))}</span></p>`
    : nothing}
  ${(me.sent || []).length > 0 ? ownQuestions(me.sent, view) : nothing}`;
}

function queued(knowledge) {
  const place = placeInQueue(knowledge);
  return html`<p class="ok">${hand()}<span>${phrased(t("phone.floor.asked"))}
    ${place === null ? nothing : html`<small>${t("phone.floor.place", { place })}</small>`}</span></p>`;
}

const ownQuestions = (sent, view) =>
  html`<section class="own-questions">
    <h2 class="label">${t("phone.question.own")}</h2>
    <ul>
      ${sent.map((one) => {
        const standing = standingOf(one, view);
        return html`<li><p>${one.text}</p><p class="standing ${standing}">${t(`phone.question.${standing}`)}</p></li>`;
      })}
    </ul>
  </section>`;

/** He has been called: over every screen but the paper. */
export const called = ({ me, view }) =>
  me && view && me.floor === "speaking"
    ? html`<div class="banner called">${hand()}<p>${t("phone.floor.speaking")}</p></div>`
    : nothing;

/** The bar of a screen that follows the sitting: what he may say now, or nothing. */
export function floorBar({ knowledge, phone }) {
  const { me, said, link, kept } = knowledge;
  const off = said.busy || link !== "up";
  const acts = [];
  if (mayAsk(knowledge) && me.floor !== "speaking") {
    const asked = me.floor === "asked";
    acts.push(button(t(asked ? "phone.floor.withdraw" : "phone.floor.ask"), () => phone.floor.ask(!asked), { second: true, off }));
  }
  if (mayWrite(knowledge, "question")) {
    acts.push(button(t(wordOf("question", kept)), () => phone.floor.write("question"), { second: true }));
  }
  if (mayWrite(knowledge, "summary")) acts.push(button(t(wordOf("summary", kept)), () => phone.floor.write("summary"), { second: true }));
  if (acts.length === 0) return nothing;
  return html`<footer class="bar"><div class="acts">${acts}</div></footer>`;
}

/** The way to a comment: there at every step, and never in the way. */
export const commentLink = (knowledge, phone) =>
  mayWrite(knowledge, "comment")
    ? html`<button type="button" class="inline comment" @click=${() => phone.floor.write("comment")}>${t(knowledge.me.gallery && !knowledge.kept.includes("comment") ? "phone.gallery.write" : wordOf("comment", knowledge.kept), { number: itemOf(knowledge.view) })}</button>`
    : nothing;

const wordOf = (what, kept) => `phone.${what}.${kept.includes(what) ? "go-on" : "write"}`;

/** One of the texts is being written. */
function write({ knowledge, phone }) {
  const { writing, said, link, view, me } = knowledge;
  const { what, text, length } = writing;
  const number = me.gallery ? itemWritten(writing) : itemOf(view);
  const may = me.gallery ? Boolean(view.item) && !hasWritten(me, number) : mayWrite(knowledge, what);
  const words = me.gallery ? "gallery" : what;
  const most = longest(me);
  const why = may ? (link === "up" ? null : "phone.notice.reconnecting") : `phone.${what}.over`;
  const send = (event) => {
    event.preventDefault();
    phone.floor.send(what);
  };
  return html`<main class="body">
      <p class="kick">${t("phone.item", { number })}<span>${t(`phone.${words}.kick`)}</span></p>
      ${heading(t(`phone.${words}.title`))}
      <p class="lead-in">${phrased(t(`phone.${me.gallery ? "gallery.terms" : `${what}.lead`}`))}</p>
      ${!me.gallery && text !== "" && isEarlier(writing, view) ? html`<p class="notice">${phrased(t("phone.floor.earlier"))}</p>` : nothing}
      <form id="writing" @submit=${send}>
        <label class="ask" for="text">${t(`phone.${what}.label`)}</label>
        <textarea class="field text" id="text" rows=${what === "summary" ? 9 : 4} maxlength=${most} autocomplete="off" aria-describedby="text-hint"
          .defaultValue=${text} @input=${({ target }) => phone.floor.keep(what, target.value)}></textarea>
        <p class="hint" id="text-hint">${t("phone.floor.left", { left: most - length })}</p>
      </form>
      ${refusedLine(said)}
    </main>
    <footer class="bar flow">
      ${why === null ? nothing : html`<p class="why">${t(why)}</p>`}
      <div class="acts">
        ${button(t("phone.floor.back"), () => phone.floor.write(null), { second: true })}
        <button type="submit" form="writing" class="button" ?disabled=${why !== null || said.busy || length === 0}>
          ${t(said.busy ? "phone.floor.busy" : `phone.${what}.send`)}
        </button>
      </div>
    </footer>`;
}

export const speaking = { write };

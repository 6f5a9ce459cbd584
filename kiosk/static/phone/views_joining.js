/**
 * At the door: the card's code, signing in, and a card that is somebody else's.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { language, say, t } from "../../display/words.js";
import { attendsAs, bar, button, heading, message, refusedLine } from "./parts.js";
import { phrased } from "./phrases.js";
import { isAttendee } from "./screens.js";
import { dash } from "./shapes.js";

/** Who meets, where and when: known to everybody. */
function occasionOf({ occasion }) {
  return html`<p class="kick">${phrased(say(occasion.body))}</p>
    ${heading(say(occasion.meeting))}
    <div class="emblem-line"></div>`;
}

function whenAndWhere({ occasion }) {
  const day = new Date(`${occasion.on}T00:00:00Z`);
  const words = { year: "numeric", month: "long", day: "numeric", weekday: "long", timeZone: "UTC" };
  const date = new Intl.DateTimeFormat(language() === "zh" ? "zh-CN" : "en-GB", words).format(day);
  return html`<p class="when">${phrased(`${date} ${occasion.start}`)}<br />${phrased(say(occasion.venue))}</p>`;
}

function join({ knowledge, phone }) {
  const { busy } = knowledge.joining;
  return html`<main class="body">
      ${occasionOf(knowledge)}
      <p class="lead">${t("phone.join.lead")}</p>
      ${refusedLine(knowledge.joining)}
      <div class="rule"></div>
      ${whenAndWhere(knowledge)}
    </main>
    ${bar(button(t(busy ? "phone.join.busy" : "phone.join.enter"), () => phone.join(), { off: busy }), t("phone.join.own-card"))}`;
}

function typeCode({ knowledge, phone }) {
  const { busy } = knowledge.joining;
  const enter = (event) => {
    event.preventDefault();
    const code = new FormData(document.getElementById("type-code")).get("code").trim();
    if (code !== "") phone.join(code);
  };
  return html`<main class="body">
      ${occasionOf(knowledge)}
      <p class="lead">${t("phone.type.lead")}</p>
      ${refusedLine(knowledge.joining)}
      <form id="type-code" @submit=${enter}>
        <label class="ask" for="code">${t("phone.type.label")}</label>
        <input class="field" id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false"
          maxlength="64" aria-describedby="code-hint" />
        <p class="hint" id="code-hint">${t("phone.type.hint")}</p>
      </form>
    </main>
    <footer class="bar">
      <button type="submit" form="type-code" class="button" ?disabled=${busy}>${t(busy ? "phone.join.busy" : "phone.join.enter")}</button>
    </footer>`;
}

/** The card is used: by another phone, or this phone is another member's. */
function cardInUse({ knowledge, phone }) {
  return message({
    mark: dash(),
    tone: "quiet",
    title: t("phone.elsewhere.card"),
    say: [t("phone.elsewhere.card-do")],
    foot: bar(
      knowledge.card.code === null
        ? button(t("phone.elsewhere.type"), () => phone.typeAnother(), { second: true })
        : button(t("phone.elsewhere.retry"), () => phone.join(), { second: true }),
    ),
  });
}

function otherCard({ phone }) {
  const name = phone.known ? phone.known.name : null;
  return message({
    mark: dash(),
    tone: "quiet",
    title: t("phone.other-card.title"),
    say: [t("phone.other-card.do")],
    foot: name === null ? nothing : bar(button(t("phone.other-card.stay", { name }), () => phone.stay(), { second: true })),
  });
}

function checkIn({ knowledge, phone }) {
  const { who, me, checkingIn, link } = knowledge;
  const off = checkingIn.busy || link !== "up";
  return html`<main class="body">
      ${occasionOf(knowledge)}
      <p class="name ${Array.from(who.name).length > 8 ? "long" : ""}">${who.name}</p>
      ${isAttendee(me)
        ? html`<p class="attends">${attendsAs(me)}</p><p class="few">${phrased(t(me.gallery ? "phone.gallery.lead" : me.voter_class ? "phone.attendee.advisory" : "phone.present.lead"))}</p>`
        : html`<dl class="seat"><div><dt>${t("phone.seat.label")}</dt><dd>${t("phone.seat", { number: who.member })}</dd></div></dl>`}
      ${refusedLine(checkingIn)}
      <div class="rule"></div>
      ${whenAndWhere(knowledge)}
    </main>
    ${bar(
      button(t(checkingIn.busy ? "phone.check-in.busy" : "phone.check-in.press", { name: who.name }), () => phone.checkIn(), { off }),
      t("phone.check-in.not-you"),
    )}`;
}

export const joining = {
  join,
  "type-code": typeCode,
  "elsewhere-card": cardInUse,
  "other-card": otherCard,
  "check-in": checkIn,
};

/**
 * What must not be overlooked: an alarm, a ballot that came too late, a phone that is not the member's any more.
 *
 * Amber, never red, beside a ballot.  The first line says what to do; codes for the staff stand small at the foot.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { bar, button, itemOf, message, whose } from "./parts.js";
import { keyOf } from "./screens.js";
import { bang, dash } from "./shapes.js";

/** Alarms with words of their own; all others share one page. */
const WORDED = new Set([
  "ballot-missing",
  "cast-refused",
  "already-issued",
  "other-device",
  "other-board-key",
  "board-forked",
  "paper-differs",
  "credential-invalid",
  "receipt-invalid",
]);

function alarm({ knowledge, screen, phone }) {
  const { code, ballot } = screen.alarm;
  const words = WORDED.has(code) ? code : "other";
  const receipt = code === "ballot-missing" ? knowledge.receipts[ballot] : null;
  return message({
    mark: bang(),
    tone: "warn",
    title: t(`phone.alarm.${words}.title`),
    say: [t(`phone.alarm.${words}.do`)],
    more: html`${receipt ? receiptOf(receipt, ballot) : nothing}
      ${whose(knowledge)}
      <p class="fine">${t("phone.code-for-staff", { code })}</p>`,
    foot: screen.final
      ? nothing
      : bar(
          button(t(code === "cast-refused" ? "phone.alarm.fill-again" : "phone.alarm.go-on"), () => phone.settle(keyOf(screen.alarm)), {
            second: true,
          }),
          receipt ? t("phone.alarm.no-choice") : nothing,
        ),
  });
}

/** In hexadecimal, four by four, as the record's lists have it. */
function receiptOf({ leaf, sig }, ballot) {
  return html`<dl class="receipt">
    <dt>${t("phone.receipt.leaf", { number: itemOf(ballot) })}</dt>
    <dd>${groups(leaf).map((four) => html`<span>${four}</span> `)}</dd>
    <dt>${t("phone.receipt.sig")}</dt>
    <dd class="small">${groups(sig).map((four) => html`<span>${four}</span> `)}</dd>
  </dl>`;
}

function groups(b64) {
  const bytes = atob(b64.replace(/-/g, "+").replace(/_/g, "/"));
  const hex = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return hex.match(/.{4}/g) || [];
}

const undelivered = ({ knowledge, screen, phone }) =>
  message({
    mark: bang(),
    tone: "warn",
    title: t("phone.undelivered.title"),
    say: [t("phone.undelivered.do")],
    more: whose(knowledge),
    foot: bar(button(t("phone.alarm.go-on"), () => phone.settle(`undelivered/${screen.ballot}`), { second: true })),
  });

const replaced = ({ knowledge }) =>
  message({
    mark: dash(),
    tone: "quiet",
    title: t("phone.elsewhere.phone"),
    say: [t("phone.elsewhere.phone-do")],
    more: whose(knowledge),
  });

const otherPage = ({ knowledge, phone }) =>
  message({
    mark: dash(),
    tone: "quiet",
    title: t("phone.elsewhere.page"),
    say: [t("phone.elsewhere.page-do")],
    more: whose(knowledge),
    foot: bar(button(t("phone.elsewhere.here"), () => phone.hereInstead())),
  });

const insecure = ({ knowledge }) =>
  message({ mark: bang(), tone: "warn", title: t("phone.insecure.title"), say: [t("phone.insecure.do")], more: html`<p class="soft">${say(knowledge.occasion.meeting)}</p>` });

const noStorage = () =>
  message({ mark: bang(), tone: "warn", title: t("phone.no-storage.title"), say: [t("phone.no-storage.do"), t("phone.old.use-kiosk")] });

export const trouble = {
  alarm,
  undelivered,
  "elsewhere-phone": replaced,
  "elsewhere-page": otherPage,
  insecure,
  "no-storage": noStorage,
};

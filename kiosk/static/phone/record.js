/** What stands on a nominee's record, as lines of the introduction: examinations, checks, audit, who has signed. */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { bang, tick } from "./shapes.js";

/** Lines for the list of facts, each `[label, content]`; `exam` is the score of the last examination, or null. */
export function recordOf(record, exam) {
  const { attempts = [], badges = [], syllabus = [], audit, signed = 0 } = record || {};
  const papers = [...new Set(attempts.map(({ paper }) => paper).filter(Boolean))];
  const exams = attempts.length > 0 ? attempts.map(attempt) : exam === null ? [] : [t("phone.exam.score", { score: exam })];
  const lines = [
    ["phone.record.checked", badges.length > 0 ? html`<ul class="checks">${badges.map(badge)}</ul>` : ""],
    ...exams.map((one) => ["phone.exam", one]),
    ["phone.record.paper", papers.join(t("phone.list.between"))],
    ["phone.record.syllabus", syllabus.join(t("phone.list.between"))],
    ["phone.record.audit", say(audit)],
    ["phone.record.signed", signed ? t("phone.record.signed-by", { count: signed }) : ""],
  ];
  return lines.filter(([, content]) => content !== "").map(([label, content]) => [t(label), content]);
}

function attempt({ on, score, passed, makeup }) {
  return html`${t("phone.exam.score", { score })} <b class=${passed ? "" : "unmet"}>${t(passed ? "phone.record.passed" : "phone.record.failed")}</b>
    <span class="clause">${on}</span>${makeup ? html` <span class="clause">${t("phone.record.makeup")}</span>` : nothing}`;
}

const badge = ({ label, met }) =>
  html`<li class=${met ? "" : "unmet"}>${met ? tick() : bang()}<span>${say(label)}${met ? nothing : html` ${t("phone.record.unmet")}`}</span></li>`;

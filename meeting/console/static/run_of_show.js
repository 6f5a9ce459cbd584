/** The left column: the items of the day, what has become of each, and the steps of the one that is on. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { goTo } from "./acts.js";
import { shape } from "./shapes.js";

export function runOfShow(desk) {
  const { view } = desk;
  return html`<nav class="run" id="run" tabindex="-1" aria-label=${t("console.run.label")}>
    <ol>
      ${view.agenda.map((item) => itemLine(desk, item))}
    </ol>
  </nav>`;
}

/** Titles in full, as far as the whole day stays in view: all of them, else those that come next. */
export function fitTitles() {
  const run = document.getElementById("run");
  for (const whole of run ? ["all", "next", "none"] : []) {
    run.dataset.whole = whole;
    if (run.scrollHeight <= run.clientHeight + 1) return;
  }
}

function itemLine(desk, item) {
  const { position } = desk.view;
  const current = position !== null && position.item === item.number;
  const mark = itemMark(item);
  const to = item.steps.findIndex((step) => step.open);
  const title = say(item.title);
  const go = () => goTo(desk, { item: item.number, step: to }, t("console.goto.item", { number: item.number, title }));
  const body = html`<span class="i">${mark === "done" ? shape("tick") : mark === "partly" ? shape("none") : item.number}</span
    ><span class="x">${title}</span>`;
  return html`<li class=${current ? "now" : mark ? "done" : ""} aria-current=${current ? "step" : nothing}>
    ${current || to < 0
      ? html`<span class="line" title=${title}>${body}</span>`
      : html`<button class="line" title=${title} ?disabled=${!desk.ready || !desk.may("go_to")} @click=${go}>${body}</button>`}
    ${mark ? html`<span class="unseen">${t(`console.run.${mark}`)}</span>` : nothing}
    ${current ? steps(desk, item) : nothing}
  </li>`;
}

/** `done`, `partly` when something of it was passed over, or nothing. */
function itemMark(item) {
  const live = item.steps.filter((step) => step.open || step.mark);
  if (!live.length) return "done";
  if (live.some((step) => step.mark === null && !follows(item, step))) return null;
  return live.some((step) => step.mark === "skipped") ? "partly" : "done";
}

/** The declaration of a vote that was not held has nothing to be done. */
function follows(item, step) {
  const before = item.steps[item.steps.indexOf(step) - 1];
  return step.kind === "declaration" && before && before.mark === "skipped";
}

function steps(desk, item) {
  const groups = grouped(item.steps);
  if (groups.length < 2) return nothing;
  return html`<ul>
    ${groups.map((group) => stepLine(desk, item, group))}
  </ul>`;
}

/** Steps one by one, or those of a matter together where the item deals with several. */
function grouped(all) {
  const several = new Set(all.map((step) => step.matter).filter(Boolean)).size > 1;
  const groups = [];
  all.forEach((step, index) => {
    const last = groups[groups.length - 1];
    if (several && step.matter && last && last.matter === step.matter) last.steps.push({ ...step, index });
    else groups.push({ matter: several ? step.matter : null, steps: [{ ...step, index }] });
  });
  return groups;
}

function stepLine(desk, item, group) {
  const { position, matters } = desk.view;
  const [first] = group.steps;
  const at = group.steps.find((step) => step.index === position.step);
  const matter = group.matter ? matters[group.matter] : null;
  const name = matter ? say(matter.name) : say(first.title);
  const state = at ? (matter || at.kind === "vote" ? say(desk.view.now) : "") : word(group, matter, false);
  const text = html`<span class="x">${name}</span><span class="st">${state}</span>`;
  const go = () => goTo(desk, { item: item.number, step: first.index }, name);
  return html`<li class=${at ? "cur" : ""} aria-current=${at ? "step" : nothing}>
    ${at || !first.open
      ? html`<span class="line">${text}</span>`
      : html`<button class="line" ?disabled=${!desk.ready || !desk.may("go_to")} @click=${go}>${text}</button>`}
  </li>`;
}

function word(group, matter, here) {
  if (matter && matter.status !== "filed") return t(`console.status.${matter.status}`);
  if (here) return "";
  if (group.steps.every((step) => step.mark === "done")) return t("console.run.done");
  if (group.steps.some((step) => step.mark)) {
    const last = group.steps.filter((step) => step.mark).pop();
    return last.mark === "done" ? "" : t(`console.mark.${last.mark}`);
  }
  return "";
}

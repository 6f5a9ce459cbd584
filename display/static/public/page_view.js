/** The public page below its head, as the template draws it (display/templates/public.html says the same by Jinja). */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { timeOfDay } from "../hall/clock.js";
import { shape } from "../hall/marks.js";
import { language, say, t } from "../words.js";

const VOTES = ["for", "against", "abstain", "novote"];

/** `stale` is when the page last heard anything, where that is long ago. */
export function page(view, stale = null) {
  return html`${stale === null ? nothing : html`<p class="stale" role="status">${t("public.stale", { time: timeOfDay(stale) })}</p>`}
    <section class="live" role="status">${live(view)}</section>
    <div class="cols">
      <main>
        <h2 class="sec">${t("public.results")}</h2>
        ${view.decided.length
          ? view.decided.slice().reverse().map(result)
          : html`<p class="box">${t("public.no-results")}</p>`}
      </main>
      <aside>
        <h2 class="sec">${t("public.attendance")}</h2>
        <dl class="att box">${[["due", view.attendance.due], ["present", view.attendance.present], ["on-leave", view.attendance.on_leave]].map(
          ([key, figure]) => html`<div><dt>${t(`public.${key}`)}</dt><dd>${figure}</dd></div>`,
        )}</dl>
        ${others(view.attendance)}
        <h2 class="sec">${t("public.agenda")}</h2>
        <ol class="agenda box">${view.agenda.map(line)}</ol>
      </aside>
    </div>
    <footer class="note">${t("public.note")}</footer>`;
}

/** Attendees and gallery, as many as are here, kind by kind. */
function others({ attending, listening }) {
  const here = (people) => people.filter(({ present }) => present > 0);
  const lines = [["attending", here(attending)], ["listening", here(listening)]].filter(([, people]) => people.length > 0);
  return lines.map(
    ([key, people]) => html`<dl class="others box">
      <dt>${t(`public.${key}`)}</dt>
      ${people.map(({ label, present }) => html`<dd><span>${say(label)}</span><b>${present}</b></dd>`)}
    </dl>`,
  );
}

function live(view) {
  const item = view.agenda.find((one) => one.number === view.position);
  if (!item || view.stage === "gathering") {
    return html`<h2>${t(view.stage === "closed" ? "public.closed" : "public.gathering")}</h2>`;
  }
  return html`<p><b>${t("public.now")}</b>\u3000${t("public.item", { number: item.number })}</p><h2>${say(item.title)}</h2>`;
}

function line(item) {
  const now = item.mark === "now";
  return html`<li class="${now ? "now" : ""}" aria-current=${now ? "step" : nothing}>
    <span class="n">${item.number}</span><span class="t">${say(item.title)}</span>
    <span class="s">${item.mark === "ahead" ? "" : t(`public.mark.${item.mark}`)}</span>
  </li>`;
}

function result(one) {
  return html`<article class="res">
    <p class="k">
      <span>${t("public.item", { number: one.item })}\u3000${t(`public.manner.${one.visibility}`)}${one.round ? html`\u3000${say(one.round)}` : nothing}</span>
      ${one.at ? html`<time>${timeOfDay(one.at)}</time>` : nothing}
    </p>
    <h3>${say(one.title)}</h3>
    ${one.titles.length ? html`<ul class="titles">${one.titles.map((title) => html`<li>${say(title)}</li>`)}</ul>` : nothing}
    <p class="vd"><b>${say(one.verdict)}</b><span>${say(one.figures)}</span></p>
    ${one.pledges.length ? html`<p class="pledges">${one.pledges.map((pledge) => pledgeLink(pledge, one.pledges.length > 1))}</p>` : nothing}
    ${one.counts
      ? html`<ul class="counts">${VOTES.map(
          (vote) => html`<li class="${vote}">${shape(vote)}${t(`public.vote.${vote}`)}<b>${vote === "novote" ? one.not_returned : one.counts[vote]}</b></li>`,
        )}</ul>`
      : nothing}
    ${one.tables.map(table)} ${one.advisory.length ? html`<h4>${t("public.advisory")}</h4>` : nothing}
    ${one.advisory.map(
      (advice) => html`<div class="advice"><p class="who"><b>${say(advice.label)}</b><span>${say(advice.figures)}</span></p>${advice.tables.map(table)}</div>`,
    )}
  </article>`;
}

/** The text is a page of its own: this document is asked for every few seconds. */
function pledgeLink({ matter, name, label }, named) {
  return html`<a href="/public/pledge/${encodeURIComponent(matter)}?lang=${language()}">${named ? `${say(name)} ` : ""}${say(label)}</a>`;
}

function table({ caption, rows }) {
  return html`<table class="tab">
    ${caption ? html`<caption>${say(caption)}</caption>` : nothing}
    <tbody>${rows.map(
      (row) => html`<tr class="${row.mark ? "in" : ""}"><th scope="row">${say(row.label)}</th><td class="m">${row.mark ? say(row.mark) : ""}</td><td class="f">${row.figure}</td></tr>`,
    )}</tbody>
  </table>`;
}

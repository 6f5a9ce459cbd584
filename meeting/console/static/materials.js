/** The materials of the item and of the sitting: when they went out, showing one on the hall screen, turning its pages. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { shape } from "./shapes.js";

const order = (desk, one, page) => desk.order({ name: "show_material", item: one.item, number: one.number, page });

/** The way to the list, with how many there are; marked where one went out late.  Not while members vote. */
export function materialsTab(desk) {
  const { list, report } = desk.view.materials;
  if (!mayShow(desk)) return nothing;
  const late = [report, ...list.map((one) => one.sent)].some((sent) => sent && sent.late);
  return html`<button class="tab ${late ? "late" : ""}" id="materials-tab" aria-pressed=${desk.laid ? "true" : "false"} @click=${() => open(desk)}>
    ${late ? shape("bang") : nothing}${t("console.material.tab", { count: list.length })}
  </button>`;
}

/** Whether the list stands in place of what is on. */
export const laysOut = (desk) => desk.laid && mayShow(desk);

const mayShow = (desk) => desk.may("show_material") && (desk.view.materials.list.length > 0 || desk.view.materials.report !== null);

function open(desk) {
  desk.laid = desk.roll || !desk.laid;
  desk.roll = false;
  desk.redraw();
}

/** What stands on the hall screen of them, with its pages. */
export function shownMaterial(desk) {
  const { shown } = desk.view.materials;
  if (!shown) return nothing;
  const { page, pages } = shown;
  const act = (name, label, run, off = false) =>
    html`<button class="small" data-material=${name} ?disabled=${!desk.ready || off} @click=${run}>${label}</button>`;
  const turn = (name, to) => act(name, t(`console.material.${name}`), () => order(desk, shown, to), to < 1 || to > pages);
  return html`<section class="panel shown" aria-label=${t("console.material.shown")}>
    <div>
      <span>${t("console.material.shown")}</span><b title=${say(shown.title)}>${say(shown.title)}</b>
      ${pages > 1 ? html`${turn("previous", page - 1)}<span>${t("console.material.page", { page, pages })}</span>${turn("next", page + 1)}` : nothing}
      ${shown.video
        ? act("video", t(shown.playing ? "console.material.pause" : "console.material.play"), () => desk.order({ name: shown.playing ? "pause_video" : "play_video" }))
        : nothing}
      ${act("hide", t("console.material.hide"), () => desk.order({ name: "hide_material" }))}
    </div>
    ${shown.video ? html`<p>${t("console.material.sound")}</p>` : nothing}
  </section>`;
}

/** What lies before the members with the item, and with the whole sitting. */
export function materials(desk) {
  const { list, report, shown } = desk.view.materials;
  const on = (one) => shown && shown.item === one.item && shown.number === one.number;
  const show = (one) => {
    desk.laid = false; // he goes on reading out
    order(desk, one, 1);
  };
  return html`<section class="panel materials" aria-labelledby="materials">
    <h2 id="materials">${t("console.material.title")}</h2>
    ${report ? html`<p class="report">${t("console.material.report")}${badge(report)}</p>` : nothing}
    <ul>
      ${list.map(
        (one) => html`<li>
          <span class="sort">${say(one.sort)}</span>
          <b><span>${say(one.title)}</span>${badge(one.sent)}</b>
          <button class="small" data-show="${one.item === null ? "sitting" : one.item}-${one.number}" ?disabled=${!desk.ready || on(one)} @click=${() => show(one)}>
            ${t(on(one) ? "console.material.on" : "console.material.show")}
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}

function badge(sent) {
  if (!sent) return nothing;
  return html`<span class="badge ${sent.late ? "late" : ""}">${sent.late ? shape("bang") : nothing}${t(sent.late ? "console.material.late" : "console.material.sent", sent)}</span>`;
}

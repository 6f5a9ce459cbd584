/**
 * The one dialog of a page: confirmations that want a second, deliberate act, questions, and forms.
 *
 * Focus begins on the safe button.  What cannot be taken back wants a press of a full second, or Ctrl and Enter; Esc
 * closes and does nothing else.  What else a page may ask it says itself (`kinds`).
 */

import { html, nothing, render } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../display/words.js";
import { control, read } from "./form.js";

const HOLD_MS = 1_000;
const element = document.getElementById("dialog");
let shown = null;
let holding = 0;

/** Draw the desk's dialog, or close it.  `kinds` are the page's own beside `ask` and `form`. */
export function dialogs(desk, kinds) {
  const { dialog } = desk;
  if (!dialog) {
    shown = null;
    letGo();
    if (element.open) element.close();
    return;
  }
  const fresh = shown !== dialog;
  if (fresh) {
    letGo();
    render(nothing, element);
  }
  shown = dialog;
  const draw = kinds[dialog.kind] || KINDS[dialog.kind];
  render(draw(desk, dialog), element);
  if (!element.open) element.showModal();
  if (fresh) {
    const first = element.querySelector("[data-first]") || element.querySelector("button");
    if (first) first.focus();
  }
}

/** Wire the dialog to its desk, once. */
export function attend(desk) {
  element.addEventListener("cancel", (event) => {
    event.preventDefault();
    desk.close();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.ctrlKey || event.repeat) return;
    event.preventDefault();
    const sure = element.querySelector("[data-sure]");
    if (sure && !sure.disabled) act(sure);
  });
  for (const name of ["pointerup", "pointercancel", "blur"]) addEventListener(name, letGo);
}

// --- holding -------------------------------------------------------------------------------------------------------

function letGo() {
  clearTimeout(holding);
  holding = 0;
  const held = element.querySelector(".held");
  if (held) held.classList.remove("held");
}

function hold(button) {
  if (holding || button.disabled) return;
  button.classList.add("held");
  holding = setTimeout(() => {
    letGo();
    act(button);
  }, HOLD_MS);
}

function act(button) {
  button.dispatchEvent(new CustomEvent("sure", { bubbles: false }));
}

/** A button that wants a second of pressing. */
export function holdButton(label, sure, { disabled = false, danger = false } = {}) {
  return html`<button
    type="button"
    class="sure ${danger ? "danger" : ""}"
    data-sure
    ?disabled=${disabled}
    @sure=${sure}
    @pointerdown=${(event) => event.button === 0 && hold(event.currentTarget)}
    @keydown=${(event) => {
      if ((event.key === " " || event.key === "Enter") && !event.ctrlKey) {
        event.preventDefault();
        if (!event.repeat) hold(event.currentTarget);
      }
    }}
    @keyup=${letGo}
    @contextmenu=${(event) => event.preventDefault()}
  >
    <span>${label}</span><small>${t("console.dialog.hold")}</small>
  </button>`;
}

export const safe = (desk, label = t("console.dialog.back")) =>
  html`<button type="button" class="safe" data-first @click=${() => desk.close()}>${label}</button>`;

export const title = (text) => html`<h2 id="dialog-title">${text}</h2>`;

// --- kinds ---------------------------------------------------------------------------------------------------------

const KINDS = {
  /** Something to know, and nothing to do. */
  note: (desk, dialog) => html`${title(dialog.title)}
    <p>${dialog.text}</p>
    <div class="answers">${safe(desk, t("console.dialog.close"))}</div>`,

  /** A question that one press answers; with `hold`, a press of a second. */
  ask(desk, dialog) {
    const go = () => {
      desk.close();
      dialog.act();
    };
    return html`${title(dialog.title)}
      <p>${dialog.text}</p>
      ${dialog.warning ? html`<p class="warning">${dialog.warning}</p>` : nothing}
      <div class="answers">
        ${safe(desk)}
        ${dialog.hold
          ? holdButton(dialog.label, go, { disabled: !desk.ready, danger: Boolean(dialog.danger) })
          : html`<button type="button" class="go" @click=${go}>${dialog.label}</button>`}
      </div>`;
  },

  form(desk, dialog) {
    const sure = (event) => {
      event.preventDefault();
      const values = read(element.querySelector("form"), dialog.fields);
      if (!values) return;
      desk.close();
      desk.order(dialog.command(values));
    };
    return html`${title(t(dialog.title))}
      ${dialog.effect ? html`<p>${dialog.effect}</p>` : nothing}
      ${dialog.warning ? html`<p class="warning">${dialog.warning}</p>` : nothing}
      <form novalidate @submit=${dialog.hold ? (event) => event.preventDefault() : sure}>
        ${dialog.fields.map((field, index) => control(field, index === 0))}
        <div class="answers">
          <button type="button" class="safe" @click=${() => desk.close()}>${t("console.dialog.back")}</button>
          ${dialog.hold
            ? holdButton(t(dialog.title), sure, { disabled: !desk.ready })
            : html`<button class="go" data-sure @sure=${sure} ?disabled=${!desk.ready}>${t("console.dialog.record")}</button>`}
        </div>
      </form>`;
  },
};

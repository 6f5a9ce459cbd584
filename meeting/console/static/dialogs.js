/**
 * The one dialog of a desk: confirmations that want a second, deliberate act, and forms.
 *
 * Focus begins on the safe button.  What cannot be taken back wants a press of a full second, or Ctrl and Enter; Esc
 * closes and does nothing else.
 */

import { html, nothing, render } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { ofMember, rarer } from "./acts.js";

const HOLD_MS = 1_000;
const element = document.getElementById("dialog");
let shown = null;
let holding = 0;

/** Draw the desk's dialog, or close it. */
export function dialogs(desk) {
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
  render(KINDS[dialog.kind](desk, dialog), element);
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
function holdButton(label, sure, { disabled = false } = {}) {
  return html`<button
    type="button"
    class="sure"
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

const safe = (desk, label = t("console.dialog.back")) =>
  html`<button type="button" class="safe" data-first @click=${() => desk.close()}>${label}</button>`;

const title = (text) => html`<h2 id="dialog-title">${text}</h2>`;

// --- kinds ---------------------------------------------------------------------------------------------------------

const KINDS = {
  confirm(desk, dialog) {
    const { primary } = desk.view;
    const sure = () => {
      desk.close();
      desk.order(dialog.command);
    };
    return html`${title(say(primary.label))}
      <p>${say(primary.effect)}</p>
      ${primary.warning ? html`<p class="warning">${say(primary.warning)}</p>` : nothing}
      <div class="answers">${safe(desk)}${holdButton(say(primary.label), sure, { disabled: !desk.ready })}</div>`;
  },

  ask(desk, dialog) {
    const go = () => {
      desk.close();
      dialog.act();
    };
    return html`${title(dialog.title)}
      <p>${dialog.text}</p>
      <div class="answers">${safe(desk)}<button type="button" class="go" @click=${go}>${dialog.label}</button></div>`;
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

  member(desk, dialog) {
    const line = desk.view.roll.find((one) => one.number === dialog.number);
    const acts = ofMember(desk, line);
    return html`${title(`${line.number}  ${line.name}`)}
      <p>${t(`console.presence.${line.presence}`)}${line.reason ? t("console.paren", { text: line.reason }) : ""} · ${t(line.online ? "console.roll.online" : "console.roll.offline")}</p>
      ${line.recused.length ? html`<p>${t("console.roll.recused", { matters: line.recused.join(", ") })}</p>` : nothing}
      ${acts.length ? nothing : html`<p class="soft">${t("console.roll.nothing")}</p>`}
      ${list(desk, acts)}`;
  },

  more: (desk) => html`${title(t("console.act.more"))}${list(desk, rarer(desk))}`,

  help: (desk) => html`${title(t("console.help.title"))}
    <dl class="keys">
      ${["next", "back", "blank", "slate", "timer", "extend", "confirm", "help", "escape"].map(
        (key) => html`<div><dt>${t(`console.help.${key}-key`)}</dt><dd>${t(`console.help.${key}`)}</dd></div>`,
      )}
    </dl>
    <p class="soft">${t("console.help.clicker")}</p>
    <div class="answers">${safe(desk, t("console.dialog.close"))}</div>`,
};

function list(desk, acts) {
  return html`<div class="list">
      ${acts.map(
        ({ name, label, act: does }) =>
          html`<button
            type="button"
            data-act=${name}
            ?disabled=${!desk.ready}
            @click=${() => {
              desk.close();
              does();
            }}
          >
            ${label}
          </button>`,
      )}
    </div>
    <div class="answers">${safe(desk)}</div>`;
}

// --- forms ---------------------------------------------------------------------------------------------------------

function control(field, first) {
  const id = `field-${field.name}`;
  if (field.check)
    return html`<label class="check"><input type="checkbox" name=${field.name} />${t(field.label)}</label>`;
  const label = html`<label for=${id}>${t(field.label)}</label>`;
  if (field.options)
    return html`${label}<select id=${id} name=${field.name} ?data-first=${first}>
        ${field.options.map((one) => html`<option value=${one.value} ?selected=${one.value === field.value}>${one.text}</option>`)}
      </select>`;
  if (field.long)
    return html`${label}<textarea id=${id} name=${field.name} rows="2" maxlength="2000" ?data-first=${first} required></textarea>`;
  return html`${label}<input id=${id} name=${field.name} maxlength="200" .value=${field.value || ""} ?data-first=${first} ?required=${field.required} autocomplete="off" />`;
}

/** The values of a form; null when something is missing, which then has the focus. */
function read(form, fields) {
  const values = {};
  for (const field of fields) {
    const input = form.elements.namedItem(field.name);
    values[field.name] = field.check ? input.checked : input.value.trim();
    if (field.required && !values[field.name]) {
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return null;
    }
  }
  return values;
}

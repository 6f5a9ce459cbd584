/** Fields of a form in a dialog: drawn from a list, read back into values. */

import { html } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../display/words.js";

/** One field: `check`, `options`, `long`, or a line of text, which may offer `known` answers. */
export function control(field, first) {
  const id = `field-${field.name}`;
  if (field.check)
    return html`<label class="check"><input type="checkbox" name=${field.name} />${t(field.label)}</label>`;
  const label = html`<label for=${id}>${t(field.label)}</label>`;
  if (field.options)
    return html`${label}<select id=${id} name=${field.name} ?data-first=${first}>
        ${field.options.map((one) => html`<option value=${one.value} ?selected=${one.value === field.value}>${one.text}</option>`)}
      </select>`;
  if (field.long)
    return html`${label}<textarea id=${id} name=${field.name} rows=${field.rows || 2} maxlength="2000" .value=${field.value || ""} ?data-first=${first} required></textarea>`;
  const known = field.known || [];
  return html`${label}<input id=${id} name=${field.name} maxlength="200" list=${known.length ? `${id}-known` : ""} .value=${field.value || ""} ?data-first=${first} ?required=${field.required} autocomplete="off" />
      <datalist id=${`${id}-known`}>${known.map((one) => html`<option value=${one}></option>`)}</datalist>`;
}

/** The values of a form; null when something is missing, which then has the focus. */
export function read(form, fields) {
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

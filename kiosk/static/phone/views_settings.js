/**
 * The reader's own settings: text size, colours, language.  Everything changes as it is touched.
 */

import { html } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { t } from "../../display/words.js";
import { LANGUAGES, SIZES, THEMES, appearance, wear } from "./appearance.js";
import { bar, button, heading } from "./parts.js";
import { tick } from "./shapes.js";

export function settings({ phone, repaint }) {
  const now = appearance();
  const group = (name, values) => html`<fieldset>
    <legend class="ask">${t(`phone.settings.${name}`)}</legend>
    <div class="choices ${name}">
      ${values.map(
        (value) => html`<label class="choice ${value} ${now[name] === value ? "on" : ""}" lang=${name === "language" ? value : ""}>
          <input type="radio" name=${name} value=${value} .checked=${now[name] === value}
            @change=${() => (wear({ [name]: value }), repaint())} />
          <span class="word">${t(`phone.settings.${name}.${value}`)}</span><span class="dot" aria-hidden="true">${tick()}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
  return html`<main class="body settings">
      ${heading(t("phone.settings.title"))} ${group("size", SIZES)} ${group("theme", THEMES)} ${group("language", LANGUAGES)}
    </main>
    ${bar(button(t("phone.settings.done"), () => phone.openSettings(false)))}`;
}

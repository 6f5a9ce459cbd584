/** What the console's dialog may ask beside questions and forms: the primary button's confirmation, a person, more. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";
import { holdButton, safe, title } from "./dialog.js";
import { ofMember, rarer } from "./acts.js";
import { lineOf } from "./people.js";
import { rules } from "./votes.js";

export const KINDS = {
  confirm(desk, dialog) {
    const { primary } = desk.view;
    const sure = () => {
      desk.close();
      desk.order(dialog.command);
    };
    return html`${title(say(primary.label))}
      <p>${say(primary.effect)}</p>
      ${primary.confirm === "open" ? rules(desk.view) : nothing}
      ${primary.warning ? html`<p class="warning">${say(primary.warning)}</p>` : nothing}
      <div class="answers">${safe(desk)}${holdButton(say(primary.label), sure, { disabled: !desk.ready })}</div>`;
  },

  member(desk, dialog) {
    const line = lineOf(desk.view, dialog.number);
    const acts = ofMember(desk, line);
    const named = line.recused.map((id) => say(desk.view.matters[id].name));
    return html`${title(`${line.number}  ${line.name}`)}
      <p>
        ${line.label ? html`${say(line.label)} · ` : nothing}${t(`console.presence.${line.video && line.presence === "present" ? "video" : line.presence}`)}${line.reason
          ? t("console.paren", { text: line.reason })
          : ""}
        · ${t(line.online ? "console.roll.online" : "console.roll.offline")}
      </p>
      ${named.length ? html`<p>${t("console.roll.recused", { matters: named.join(t("console.comma")) })}</p>` : nothing}
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

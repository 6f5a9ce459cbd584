/** The roll: who is here, who is not and why, whose phone is connected.  A name opens what can be recorded of him. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";

export function rollCall(desk) {
  const { attendance: a, roll, attendees, gallery } = desk.view;
  const figure = (key, number, kind = "") =>
    html`<div class="fig"><p class="l">${t(`console.roll.${key}`)}</p><p class="n ${kind}">${number}</p></div>`;
  const others = (key, people) => (people.length ? figure(key, here(people), "soft") : nothing);
  return html`<section class="panel" aria-label=${t("console.roll.title")}>
    <div class="figs">
      ${figure("due", a.due, "soft")} ${figure("present", a.present)} ${figure("on_leave", a.on_leave, "soft")}
      ${figure("absent", a.absent, a.absent ? "warm" : "soft")} ${a.left_early ? figure("left_early", a.left_early, "soft") : nothing}
      ${a.by_video ? figure("by_video", a.by_video, "soft") : nothing} ${figure("needed", a.needed, "soft")}
      ${others("attending", attendees)} ${others("listening", gallery)}
    </div>
    ${names(desk, roll)}
  </section>
  ${[...kinds(attendees), ...kinds(gallery)].map(([label, people]) => html`<section class="panel" aria-label=${say(label)}>
    <h2 class="class">${say(label)}<small>${t("console.roll.class", { present: here(people), all: people.length })}</small></h2>
    ${names(desk, people)}
  </section>`)}`;
}

const here = (people) => people.filter((one) => one.presence === "present").length;

/** Who is here without a vote, kind by kind, in the order of the numbers. */
function kinds(people) {
  const found = new Map();
  for (const one of people) found.set(one.label.zh, [...(found.get(one.label.zh) || []), one]);
  return [...found.values()].map((people) => [people[0].label, people]);
}

function names(desk, people) {
  return html`
    <ol class="names">
      ${people.map(
        (line) =>
          html`<li>
            <button class=${line.presence} data-member=${line.number} ?disabled=${!desk.ready} @click=${() => desk.open({ kind: "member", number: line.number })}>
              <span class="no">${line.number}</span><span class="nm">${line.name}</span>
              <span class="pr">${t(`console.presence.${line.video && line.presence === "present" ? "video" : line.presence}`)}</span>
              <i class=${line.online ? "on" : ""}><span class="unseen">${t(line.online ? "console.roll.online" : "console.roll.offline")}</span></i>
            </button>
          </li>`,
      )}
    </ol>`;
}

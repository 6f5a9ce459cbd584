/** The roll: who is here, who is not and why, whose phone is connected.  A name opens what can be recorded of him. */

import { html, nothing } from "../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../display/words.js";

export function rollCall(desk) {
  const { attendance: a, roll, attendees } = desk.view;
  const figure = (key, number, kind = "") =>
    html`<div class="fig"><p class="l">${t(`console.roll.${key}`)}</p><p class="n ${kind}">${number}</p></div>`;
  return html`<section class="panel" aria-label=${t("console.roll.title")}>
    <div class="figs">
      ${figure("due", a.due, "soft")} ${figure("present", a.present)} ${figure("on_leave", a.on_leave, "soft")}
      ${figure("absent", a.absent, a.absent ? "warm" : "soft")} ${a.left_early ? figure("left_early", a.left_early, "soft") : nothing}
      ${a.by_video ? figure("by_video", a.by_video, "soft") : nothing} ${figure("needed", a.needed, "soft")}
    </div>
    ${names(desk, roll)}
  </section>
  ${classes(attendees).map(([label, people]) => html`<section class="panel" aria-label=${say(label)}>
    <h2 class="class">${say(label)}<small>${t("console.roll.class", { present: people.filter((one) => one.presence === "present").length, all: people.length })}</small></h2>
    ${names(desk, people)}
  </section>`)}`;
}

/** Attendees who are asked to advise, class by class, in the order of the sitting file. */
function classes(attendees) {
  const found = new Map();
  for (const one of attendees) found.set(one.voter_class, [...(found.get(one.voter_class) || []), one]);
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

/**
 * The phone between votes: it follows the hall, and carries what its member has to say.
 */

import { html, nothing } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { heading, message, refusedLine, whose } from "./parts.js";
import { clauses, phrased } from "./phrases.js";
import { isAttendee, isNeverAsked } from "./screens.js";
import { dots, tick } from "./shapes.js";
import { slideOf } from "./slides.js";
import { materialList } from "./views_materials.js";
import { commentLink, floorBar, ownFloor } from "./views_floor.js";

function stay(me) {
  if (me.gallery) return html`<p class="stay">${clauses(t("phone.gallery.stay"))}</p>`;
  const key = isNeverAsked(me) ? "present.stay" : isAttendee(me) ? "attendee.stay" : "stay";
  return html`<p class="stay">${clauses(t(`phone.${key}`))}</p>`;
}

/** Others are filling in papers: whoever is not asked need not wonder where his is. */
function others({ me, view }) {
  if (view.slide.kind !== "asking" || !isAttendee(me)) return nothing;
  const key = me.gallery ? "gallery.others" : isNeverAsked(me) ? "present.others" : "attendee.others";
  return html`<p class="notice plain">${phrased(t(`phone.${key}`))}</p>`;
}

/** Why a member who follows is not counted as present; nothing where he is. */
function absence({ me, view }) {
  if (me.present) return view.slide.kind === "roll_call" ? html`<p class="ok">${tick()}<span>${t("phone.checked-in")}</span></p>` : nothing;
  const key = { on_leave: "on-leave", left_early: "left-early" }[me.presence] || "at-desk";
  return html`<p class="notice">${phrased(t(`phone.absent.${key}`))}</p>`;
}

function follow({ knowledge, phone }) {
  const { me, view, occasion } = knowledge;
  const shown = slideOf(view.slide, me, knowledge.now);
  return html`<main class="body">
      ${refusedLine(knowledge.said)} ${shown === null ? heading(say(occasion.meeting)) : shown} ${ownFloor(knowledge)} ${absence(knowledge)}
      ${others(knowledge)} ${commentLink(knowledge, phone)}
      ${isAttendee(me) ? "" : materialList(knowledge, phone)}
      ${stay(me)} ${whose(knowledge)}
    </main>
    ${floorBar({ knowledge, phone })}`;
}

const waiting = ({ knowledge }) =>
  message({
    mark: dots(),
    tone: "quiet",
    title: t("phone.waiting.title", { name: knowledge.who.name }),
    say: [t("phone.waiting.do")],
    more: whose(knowledge),
  });

const over = ({ knowledge }) =>
  message({ mark: tick(), title: t("phone.over.title"), say: [t("phone.over.do")], more: whose(knowledge) });

export const following = { follow, waiting, over };

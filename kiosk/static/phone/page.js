/**
 * The page: paints what the phone knows, and minds what a reader is doing with it.
 *
 * The head, the notices and the stage are painted anew with every push; the paper (paper.js) is an island that only
 * its voter changes.  The focus goes to the heading of a new screen, never away from a draft.
 */

import { html, nothing, render } from "../../display/vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../../display/words.js";
import { measure } from "./appearance.js";
import { joining } from "./views_joining.js";
import { called, speaking } from "./views_floor.js";
import { following } from "./views_following.js";
import { reading } from "./views_materials.js";
import { settings } from "./views_settings.js";
import { trouble } from "./views_trouble.js";
import { voting } from "./views_voting.js";
import { Paper } from "./paper.js";
import { Pledges, isReading, pledged } from "./pledges.js";
import { questionsOf, screenOf } from "./screens.js";
import { bang, lamp } from "./shapes.js";
import { labelsOf } from "./wording.js";

const VIEWS = { settings, pledged, ...joining, ...following, ...speaking, ...reading, ...voting, ...trouble };

export class Page {
  /** `phone` does what the member wants: join, checkIn, submit, settle, and so on. */
  constructor(phone) {
    this.phone = phone;
    this.parts = Object.fromEntries(
      ["head", "notices", "stage", "paper", "status"].map((id) => [id, document.getElementById(id)]),
    );
    this.paper = new Paper(this.parts.paper, (ballot, marks) => phone.submit(ballot, marks), (ballot) => this.pledges.open(ballot));
    this.pledges = new Pledges(phone);
    this.left = null; // where on the page the reader was when he went to read the pledges
    this.shown = null; // key of the screen that was painted last
    this.said = null; // key of the word for whoever does not see it
    this.pressing = false; // something stands at the head of the page that must be seen
    this.knowledge = null;
    this.clock = 0;
    measure();
    addEventListener("resize", measure);
    document.addEventListener("visibilitychange", () => this.paper.veil(document.hidden));
    addEventListener("pagehide", () => this.paper.veil(true));
    addEventListener("pageshow", () => this.paper.veil(document.hidden));
  }

  show(knowledge) {
    this.knowledge = knowledge;
    const screen = screenOf(knowledge);
    const onPaper = screen.name === "paper";
    if (onPaper) this.paper.show(sheetOf(knowledge, screen));
    else this.paper.clear(knowledge.view);
    const name = knowledge.settings ? "settings" : isReading(knowledge, screen) ? "pledged" : screen.name;
    if (name === "pledged" && this.left === null) this.left = scrollY;
    const onStage = name !== "paper";
    this.parts.paper.hidden = onStage;
    this.parts.stage.hidden = !onStage;
    const context = { knowledge, screen, phone: this.phone, pledges: this.pledges, repaint: () => this.repaint() };
    this.parts.notices.setAttribute("aria-label", t("phone.notices"));
    render(this.head(knowledge), this.parts.head);
    render(notices(context), this.parts.notices);
    if (onStage) render(VIEWS[name](context), this.parts.stage);
    document.title = `${say(knowledge.occasion.meeting)}`;
    this.minded(name, keyOf(name, screen, knowledge), statusOf(name, knowledge));
    this.returned(name);
    this.headed(name === "follow" && (knowledge.me.floor === "speaking" || knowledge.said.refused !== null));
    this.tick(screen);
  }

  /** After the reader has changed size, theme or language. */
  repaint() {
    this.paper.reword();
    this.show(this.knowledge);
  }

  /** What follows from another screen: the focus, and the word for whoever does not see it. */
  minded(name, key, said) {
    if (key === this.shown && said === this.said) return;
    this.parts.status.textContent = t(said);
    this.said = said;
    if (key === this.shown) return;
    const first = this.shown === null;
    this.shown = key;
    if (name === "paper" && this.paper.hasDraft) return;
    if (!first) scrollTo(0, 0);
    const heading = (name === "paper" ? this.parts.paper : this.parts.stage).querySelector("h1");
    if (heading && !first) heading.focus({ preventScroll: true });
  }

  /** From the pledges back to where the reader was, and to the link that he had pressed. */
  returned(name) {
    if (this.left === null || name === "pledged" || name === "settings") return;
    const link = (name === "paper" ? this.parts.paper : this.parts.stage).querySelector(".to-read button");
    if (link) {
      scrollTo(0, this.left);
      link.focus({ preventScroll: true });
    }
    this.left = null;
  }

  /** What has just come up at the head of the page is brought into sight, once. */
  headed(pressing) {
    if (pressing && !this.pressing) scrollTo(0, 0);
    this.pressing = pressing;
  }

  /** A countdown is painted again every second while it runs. */
  tick(screen) {
    clearTimeout(this.clock);
    const { view } = this.knowledge;
    const timer = view && view.slide.timer;
    if (screen.name !== "follow" || !timer || timer.ends_at === null) return;
    this.clock = setTimeout(() => this.phone.learn({}), 1000 - (this.knowledge.now % 1000));
  }

  head({ occasion, link, who, settings: open }) {
    const up = link === "up";
    return html`<p class="meeting">${say(occasion.meeting)}</p>
      ${who ? html`<p class="line">${lamp(up)}<span>${t(up ? "phone.connected" : "phone.reconnecting")}</span></p>` : nothing}
      <button class="aa" type="button" aria-expanded=${open ? "true" : "false"} @click=${() => this.phone.openSettings(!open)}>
        <span aria-hidden="true">${t("phone.settings.short")}</span><span class="unseen">${t("phone.settings.open")}</span>
      </button>`;
  }
}

/** What makes a screen another one; of several pledges each is one by itself. */
function keyOf(name, screen, { pledged: open, reading: material }) {
  return `${name}/${screen.ballot || (name === "material" ? material.path : "")}${name === "pledged" ? `/${open.at}/${open.texts !== null}` : ""}`;
}

/** The word for a screen; who follows is told how he stands with the floor. */
function statusOf(name, { me }) {
  return ["follow", "write", "material"].includes(name) && me && me.floor ? `phone.status.floor.${me.floor}` : `phone.status.${name}`;
}

/** What the paper shows, fixed when it is first shown: nothing that is pushed later changes it. */
function sheetOf({ view, ballot }, screen) {
  const { poll, slide } = view;
  return {
    ballot: poll.ballot,
    visibility: poll.visibility,
    secret: poll.visibility === "secret",
    advisory: Boolean(poll.advisory),
    contest: slide.contest || "",
    few: Boolean(poll.few),
    pledges: poll.pledges || null,
    questions: questionsOf(poll),
    labels: labelsOf(poll.labels),
    reasons: labelsOf(poll.reasons),
    title: slide.title || null,
    needed: slide.needed || null,
    bases: { all_members: slide.all_members || 0, present: slide.present || 0 },
    changes: Boolean(ballot && ballot.changes),
    held: screen.held,
    ready: screen.ready,
  };
}

function notices({ knowledge, screen, phone }) {
  const { link, lastUp, broken, doubt, insecure, who } = knowledge;
  const writing = screen.name === "paper";
  return html`${["follow", "write", "material"].includes(screen.name) ? called(knowledge) : nothing}
  ${insecure && knowledge.occasion.plain_http
    ? html`<p class="strip">${t("phone.notice.plain-http")}</p>`
    : nothing}
  ${link === "bar" && who ? html`<p class="strip quiet">${t("phone.notice.reconnecting")}</p>` : nothing}
  ${link === "banner" && who
    ? html`<div class="banner" role="status">${bang()}<p>${t(writing ? "phone.notice.lost-kept" : "phone.notice.lost")}
        <small>${t("phone.notice.last-update", { time: clockTime(lastUp) })}</small></p></div>`
    : nothing}
  ${doubt !== null
    ? html`<div class="banner" role="status">${bang()}<p>${t("phone.notice.doubt")}<small>${t("phone.code-for-staff", { code: doubt })}</small></p></div>`
    : nothing}
  ${broken
    ? html`<div class="banner" role="status">${bang()}<p>${t("phone.notice.broken")}
        <button type="button" class="inline" @click=${() => phone.reload()}>${t("phone.reload")}</button></p></div>`
    : nothing}`;
}

function clockTime(ms) {
  const time = new Date(ms);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map((n) => String(n).padStart(2, "0")).join(":");
}


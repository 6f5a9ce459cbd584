/**
 * A stage in any box: slides are laid out on 1920 x 1080 and more, and scaled by one transform.
 *
 * Wider boxes get a wider stage, narrower ones a higher one, so that 4:3 and 2:1 are filled and no text gets smaller
 * than it has to.  What does not fit is set closer (`data-density`), never cut.
 */

import { render } from "../vendor/lit-html@3.3.3/lit-html.js";
import { MOST_SQUEEZE, pageAt } from "./paging.js";
import { canTurn, identity, pages, slide } from "./slide.js";

const WIDTH = 1920;
const HEIGHT = 1080;
const NARROWEST = 4 / 3;
const WIDEST = 2;
const DENSEST = 5;
const FLOOR = 44;
const FADE_MS = 200;

export class Stage {
  /** Fills `box` (any element with a size of its own).  `still` shows the slides without fading. */
  constructor(box, { still = false } = {}) {
    this.box = box;
    this.still = still;
    this.key = null;
    this.picture = null;
    this.since = 0;
    this.now = 0;
    this.squeeze = 0;
    this.layer = null;
    this.view = null;
    box.classList.add("hall-box");
    new ResizeObserver(() => this.measure()).observe(box);
  }

  /** Show the view as it is at `now`, from its first page when it is another picture. */
  show(view, now = view.at) {
    const key = identity(view);
    if (key !== this.key) {
      this.since = now;
      this.squeeze = 0;
    }
    this.key = key;
    this.view = view;
    this.draw(now);
    this.measure();
  }

  /** Time goes on: clock and timers, and the next page when it is due. */
  tick(now) {
    if (this.layer !== null && this.draw(now)) this.measure();
  }

  /** Draw the page that is due; whether it is another one than before. */
  draw(now) {
    this.now = now;
    const count = pages(this.view, this.squeeze);
    const page = pageAt(now - this.since, count);
    const picture = `${this.key}#${page}`;
    const turned = picture !== this.picture || this.layer === null;
    if (turned) this.change();
    this.picture = picture;
    this.layer.dataset.page = `${page + 1}/${count}`;
    render(slide(this.view, now, page, this.squeeze), this.layer.firstElementChild);
    return turned;
  }

  change() {
    const before = this.layer;
    const layer = document.createElement("div");
    layer.className = `hall-stage kind-${this.view.slide.kind}${this.still || before === null ? "" : " entering"}`;
    const page = document.createElement("main");
    page.className = "page";
    layer.appendChild(page);
    this.box.appendChild(layer);
    this.layer = layer;
    if (before === null) return;
    if (this.still) before.remove();
    else setTimeout(() => before.remove(), FADE_MS + 50);
  }

  /** Fit the stage into the box and the slide onto the stage. */
  measure() {
    const { clientWidth, clientHeight } = this.box;
    if (this.layer === null || !clientWidth || !clientHeight) return;
    const ratio = Math.min(WIDEST, Math.max(NARROWEST, clientWidth / clientHeight));
    const wide = ratio >= WIDTH / HEIGHT;
    const width = wide ? Math.round(HEIGHT * ratio) : WIDTH;
    const height = wide ? HEIGHT : Math.round(WIDTH / ratio);
    const scale = Math.min(clientWidth / width, clientHeight / height);
    const place = () => {
      const { style } = this.layer;
      style.setProperty("--stage-w", `${width}px`);
      style.setProperty("--stage-h", `${height}px`);
      style.setProperty(
        "transform",
        `translate(${(clientWidth - width * scale) / 2}px, ${(clientHeight - height * scale) / 2}px) scale(${scale})`,
      );
    };
    place();
    // Rather one more page than the closest setting.
    while (!settle(this.layer, canTurn(this.view) && this.squeeze < MOST_SQUEEZE ? DENSEST - 1 : DENSEST)) {
      if (!canTurn(this.view) || this.squeeze >= MOST_SQUEEZE) return;
      this.squeeze += 1;
      this.draw(this.now);
      place();
    }
  }
}

/** Set the slide as loosely as it fits; whether it does. */
function settle(layer, densest) {
  const page = layer.firstElementChild;
  for (let density = 0; density <= densest; density += 1) {
    layer.dataset.density = String(density);
    fitLines(page);
    if (fits(page)) return true;
  }
  return false;
}

/** Whether every box is on the page.  Not by scrollHeight: a line's glyph box may be higher than the line. */
function fits(page) {
  if (page.scrollWidth > page.clientWidth + 1) return false;
  const room = page.getBoundingClientRect();
  const slack = room.height / page.clientHeight;
  for (const element of page.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (!box.height) continue;
    if (box.bottom <= room.bottom + slack && box.top >= room.top - slack) continue;
    if (element.closest("svg") || getComputedStyle(element).display === "inline") continue;
    return false;
  }
  return true;
}

/** Names and figures of one line get smaller until they fit, not below the floor; the rest is free to break. */
function fitLines(page) {
  const who = page.querySelector(".head");
  if (who) {
    who.classList.remove("narrow");
    const text = who.firstElementChild;
    if (text.scrollWidth > text.clientWidth) who.classList.add("narrow");
  }
  const sizes = new Map();
  const lines = [...page.querySelectorAll("[data-fit]")];
  for (const line of lines) {
    line.style.removeProperty("font-size");
    line.classList.remove("broken");
    const group = line.dataset.fit || line;
    const size = fitting(line);
    sizes.set(group, Math.min(size, sizes.has(group) ? sizes.get(group) : Infinity));
  }
  for (const line of lines) {
    line.style.setProperty("font-size", `${sizes.get(line.dataset.fit || line)}px`);
    if (wide(line)) line.classList.add("broken");
  }
}

/** The largest size at which the line fits.  Those of one group (`data-fit="choice"`) all get the smallest. */
function fitting(line) {
  let size = parseFloat(getComputedStyle(line).fontSize);
  while (wide(line) && size > FLOOR) {
    size = Math.max(FLOOR, size - 4);
    line.style.setProperty("font-size", `${size}px`);
  }
  return size;
}

function wide(line) {
  return line.scrollWidth > line.clientWidth + 1;
}

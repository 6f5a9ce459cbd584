/**
 * The hall screen: shows the views that come, keeps the last one when the line goes, and never an error.
 *
 * Without a line for 30 s it shows the emblem slate with a small dot in the corner; it comes back by itself.
 */

import { Live } from "../live.js";
import { ServerClock } from "./clock.js";
import { Stage } from "./stage.js";
import { Playback } from "./video.js";

const PATIENCE_MS = 30_000;
const TICK_MS = 250;

const boot = JSON.parse(document.getElementById("view").textContent);
const clock = new ServerClock();
const box = document.getElementById("hall");
const dot = document.getElementById("dot");
box.textContent = "";
document.documentElement.classList.add("live");
const stage = new Stage(box, { still: matchMedia("(prefers-reduced-motion: reduce)").matches });
const playback = new Playback(box);

let last = boot;
let lostAt = null;
let neutral = false;

function show(view) {
  last = view;
  neutral = false;
  clock.heard(view.at);
  stage.show(view, clock.now());
  playback.follow(clock.now());
  box.dataset.seq = String(view.seq);
}

function changed({ up }) {
  dot.hidden = up;
  if (!up) lostAt = lostAt === null ? performance.now() : lostAt;
  else lostAt = null;
  if (up && neutral) show(last);
}

function tick() {
  if (lostAt !== null && !neutral && performance.now() - lostAt > PATIENCE_MS) {
    neutral = true;
    stage.show({ ...last, slide: { kind: "blank", head: last.slide.head } }, clock.now());
  }
  stage.tick(clock.now());
  playback.follow(clock.now());
}

show(boot);
setInterval(tick, TICK_MS);
new Live("/hall/live", {
  heard: (message) => {
    if (message.type === "view") show(message);
  },
  changed,
});

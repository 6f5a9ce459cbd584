/**
 * Keyboard and clicker.  A clicker sends the keys of a slide show; none of them can open, close or end anything unless
 * it has been armed at the console within the last thirty seconds.
 */

import { cover, extend, press, stepBack, toggleTimer } from "./acts.js";

const KEYS = {
  PageDown: (desk) => press(desk, { clicker: true }),
  ArrowRight: (desk) => press(desk, { clicker: true }),
  PageUp: stepBack,
  ArrowLeft: stepBack,
  ".": (desk) => cover(desk, "blank"),
  b: (desk) => cover(desk, "blank"),
  B: (desk) => cover(desk, "blank"),
  F5: (desk) => cover(desk, "slate"),
  t: toggleTimer,
  T: toggleTimer,
  "+": (desk) => extend(desk, 30),
  "=": (desk) => extend(desk, 30),
  "-": (desk) => extend(desk, -30),
  "?": (desk) => desk.open({ kind: "help" }),
};

/** Hear the keys for a desk. */
export function listen(desk) {
  addEventListener("keydown", (event) => {
    if (event.key === "F5") event.preventDefault();
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (!desk.view || desk.dialog || writes(event.target)) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act(desk);
  });
}

function writes(target) {
  return target instanceof Element && Boolean(target.closest("input, textarea, select"));
}

/** Marks drawn as SVG: fonts give circles and crosses different weights.  They are never the only sign of anything. */

import { svg, html } from "../display/vendor/lit-html@3.3.3/lit-html.js";

const line = (path, width = 6) =>
  svg`<path d=${path} fill="none" stroke="currentColor" stroke-width=${width} stroke-linecap="round" stroke-linejoin="round"></path>`;

const SHAPES = {
  tick: line("M8 25 19 36 40 12"),
  bang: svg`<path d="M24 8v22" fill="none" stroke="currentColor" stroke-width="7" stroke-linecap="round"></path><circle cx="24" cy="41" r="4" fill="currentColor"></circle>`,
  for: svg`<circle cx="24" cy="24" r="16" fill="none" stroke="currentColor" stroke-width="7"></circle>`,
  against: line("M9 9 39 39M39 9 9 39", 7),
  abstain: svg`<path d="M24 8 42 40H6Z" fill="none" stroke="currentColor" stroke-width="6" stroke-linejoin="round"></path>`,
  none: line("M8 24h32", 7),
};

/** The shape `name`: tick, bang, for, against, abstain or none. */
export function shape(name) {
  return html`<svg viewBox="0 0 48 48" aria-hidden="true">${SHAPES[name]}</svg>`;
}

/** A bar filled to `share` of its length. */
export function bar(share, late = false) {
  const width = Math.round(1000 * Math.max(0, Math.min(1, share)));
  return html`<svg class="bar ${late ? "late" : ""}" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="1000" height="14"></rect><rect class="fill" width=${width} height="14"></rect></svg>`;
}

/** Drawn signs: the four shapes of a vote, portrait, emblem ring, arcs.  Never font glyphs: they differ in weight. */

import { html, svg } from "../vendor/lit-html@3.3.3/lit-html.js";

const SHAPES = {
  for: svg`<circle cx="24" cy="24" r="17" fill="none" stroke="currentColor" stroke-width="7"/>`,
  against: svg`<path d="M9 9 39 39M39 9 9 39" fill="none" stroke="currentColor" stroke-width="7.5"/>`,
  abstain: svg`<path d="M24 8 42 40H6Z" fill="none" stroke="currentColor" stroke-width="6.5" stroke-linejoin="round"/>`,
  novote: svg`<path d="M7 24H41" fill="none" stroke="currentColor" stroke-width="7.5"/>`,
};

/** The shape of a vote: `for`, `against`, `abstain` or `novote`. */
export function shape(vote) {
  return html`<svg class="shape" viewBox="0 0 48 48" aria-hidden="true">${SHAPES[vote]}</svg>`;
}

/** A warning: never a colour alone. */
export function bang() {
  return html`<svg class="bang" viewBox="0 0 48 48" aria-hidden="true">
    <path d="M24 5 45 42H3Z" fill="none" stroke="currentColor" stroke-width="5" stroke-linejoin="round" />
    <path d="M24 18V29M24 34V37.5" stroke="currentColor" stroke-width="5" stroke-linecap="round" />
  </svg>`;
}

/** In place of a photo. */
export function silhouette() {
  return html`<svg viewBox="0 0 432 576" aria-hidden="true">
    <circle cx="216" cy="222" r="96" fill="#35547F" />
    <path d="M40 576C40 430 112 356 216 356s176 74 176 220Z" fill="#35547F" />
    <path d="M180 356 216 420 252 356Z" fill="#122B4D" />
  </svg>`;
}

/** A gold ring where the office puts the official emblem under its own rules. */
export function emblem() {
  return html`<svg class="emblem" viewBox="0 0 320 320" aria-hidden="true">
    <circle cx="160" cy="160" r="157" fill="#0B1F3A" />
    <circle cx="160" cy="160" r="154" fill="none" stroke="#E6C47C" stroke-width="6" />
    <circle cx="160" cy="160" r="138" fill="none" stroke="#E6C47C" stroke-width="2" opacity=".6" />
    <path d="M160 84 177 136H232L188 168 205 220 160 188 115 220 132 168 88 136H143Z" fill="none" stroke="#E6C47C" stroke-width="5" stroke-linejoin="round" opacity=".9" />
  </svg>`;
}

/** Rings behind the ceremonial slides, around a centre below the stage. */
export function arcs(x) {
  const rings = [];
  for (let radius = 300; radius <= 1500; radius += 46) rings.push(svg`<circle cx="${x}" cy="1260" r="${radius}"/>`);
  return html`<svg class="arcs" viewBox="0 0 1920 1080" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
    <g fill="none" stroke="#6F93C4" stroke-opacity=".11" stroke-width="2">${rings}</g>
  </svg>`;
}

/** A bar filled to `share` (0 to 1), with a white mark at `mark` where one is given.  `kind` names its colour. */
export function bar(share, kind, mark = null) {
  const width = Math.max(0, Math.min(1, share)) * 1000;
  return html`<div class="bar ${kind} ${mark === null ? "" : "marked"}">
    <svg viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="1000" height="40" />
      <rect class="filled" width="${width}" height="40" />
    </svg>
    ${mark === null
      ? ""
      : html`<svg class="mark" viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true">
          <rect x="${Math.min(1, mark) * 1000 - 2.5}" width="5" height="40" />
        </svg>`}
  </div>`;
}

/**
 * The shapes, drawn: a font's own circle or cross has another weight on every phone.  None is ever read aloud.
 */

import { html } from "../../display/vendor/lit-html@3.3.3/lit-html.js";

export const MARKS = {
  for: () =>
    html`<svg class="shape for" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="17" fill="none" stroke="currentColor" stroke-width="7" /></svg>`,
  against: () =>
    html`<svg class="shape against" viewBox="0 0 48 48" aria-hidden="true"><path d="M9 9 39 39M39 9 9 39" fill="none" stroke="currentColor" stroke-width="7.5" /></svg>`,
  abstain: () =>
    html`<svg class="shape abstain" viewBox="0 0 48 48" aria-hidden="true"><path d="M24 8 42 40H6Z" fill="none" stroke="currentColor" stroke-width="6.5" stroke-linejoin="round" /></svg>`,
  novote: () =>
    html`<svg class="shape novote" viewBox="0 0 48 48" aria-hidden="true"><path d="M7 24H41" fill="none" stroke="currentColor" stroke-width="7.5" /></svg>`,
};

export const tick = () =>
  html`<svg class="shape" viewBox="0 0 48 48" aria-hidden="true"><path d="M8 25 19 36 40 12" fill="none" stroke="currentColor" stroke-width="6" stroke-linecap="round" stroke-linejoin="round" /></svg>`;

export const bang = () =>
  html`<svg class="shape" viewBox="0 0 48 48" aria-hidden="true"><path d="M24 7V29" fill="none" stroke="currentColor" stroke-width="7" stroke-linecap="round" /><circle cx="24" cy="40" r="4.5" fill="currentColor" /></svg>`;

export const dash = () =>
  html`<svg class="shape" viewBox="0 0 48 48" aria-hidden="true"><path d="M10 24H38" fill="none" stroke="currentColor" stroke-width="6" stroke-linecap="round" /></svg>`;

/** Something is under way: three still dots, nothing turns. */
export const dots = () =>
  html`<svg class="shape" viewBox="0 0 48 48" aria-hidden="true"><circle cx="10" cy="24" r="4.5" fill="currentColor" /><circle cx="24" cy="24" r="4.5" fill="currentColor" /><circle cx="38" cy="24" r="4.5" fill="currentColor" /></svg>`;

export const pause = () =>
  html`<svg class="shape" viewBox="0 0 48 48" aria-hidden="true"><path d="M17 11V37M31 11V37" fill="none" stroke="currentColor" stroke-width="6" stroke-linecap="round" /></svg>`;

/** The dot beside the word for the line: full when it is there, a ring when it is not. */
export const lamp = (up) =>
  up
    ? html`<svg class="lamp" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6" fill="#7FC8FF" /></svg>`
    : html`<svg class="lamp" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.5" fill="none" stroke="#FFC46B" stroke-width="3" /></svg>`;

export const minus = () =>
  html`<svg class="shape" viewBox="0 0 48 48" aria-hidden="true"><path d="M10 24H38" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round" /></svg>`;

export const plus = () =>
  html`<svg class="shape" viewBox="0 0 48 48" aria-hidden="true"><path d="M10 24H38M24 10V38" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round" /></svg>`;

/** A raised hand. */
export const hand = () =>
  html`<svg class="shape" viewBox="0 0 48 48" aria-hidden="true"><path d="M14 27V13a3 3 0 0 1 6 0v10V8a3 3 0 0 1 6 0v15V10a3 3 0 0 1 6 0v14v-8a3 3 0 0 1 6 0v14c0 8-5 13-12 13c-6 0-9-3-12-8l-6-10a3 3 0 0 1 5-3l6 6" fill="none" stroke="currentColor" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round" /></svg>`;

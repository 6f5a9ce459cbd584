/**
 * How a reader wants the page: text size, theme and language, kept on this phone and nowhere else.
 *
 * first.js sets the same before the first paint.
 */

import { language, speak } from "../../display/words.js";

const KEY = "session-day/appearance";

const LARGE = 29; // px of the base

export const SIZES = ["standard", "large", "largest"];
export const THEMES = ["standard", "dark", "ink"];
export const LANGUAGES = ["zh", "en"];

/** `{size, theme, language}` as they are now. */
export function appearance() {
  const root = document.documentElement;
  const theme = THEMES.find((name) => root.classList.contains(`theme-${name}`));
  return { size: root.dataset.size || "standard", theme: theme || "standard", language: language() };
}

/** Mark the page when its text is very large, whoever made it so: the browser, the phone or the reader. */
export function measure() {
  const root = document.documentElement;
  root.classList.toggle("large", parseFloat(getComputedStyle(root).fontSize) >= LARGE);
}

/** Change some of it, at once and for the next time. */
export function wear(changes) {
  const now = { ...appearance(), ...changes };
  const root = document.documentElement;
  root.dataset.size = now.size;
  for (const theme of THEMES) root.classList.toggle(`theme-${theme}`, theme === now.theme && theme !== "standard");
  speak(now.language);
  measure();
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // Not kept, then: it holds until the page is closed.
  }
}

/**
 * What a page says: the sentences of the catalogue that came with it, in the reader's language.
 *
 * The page has them in `<script type="application/json" id="words">`; nothing is worded in a script.
 */

const here = document.getElementById("words");
const sentences = here ? JSON.parse(here.textContent) : {};
let current = document.documentElement.lang.startsWith("en") ? "en" : "zh";

/** `zh` or `en`. */
export function language() {
  return current;
}

/** Change the language of everything said from now on, and of the page itself. */
export function speak(language) {
  current = language === "en" ? "en" : "zh";
  document.documentElement.lang = current === "zh" ? "zh-CN" : "en";
}

/** The sentence `key`, its `{placeholders}` filled from `data`.  An unknown key is shown as it is. */
export function t(key, data = {}) {
  const sentence = sentences[key];
  if (!sentence) return key;
  return sentence[current].replace(/\{(\w+)\}/g, (whole, name) => (name in data ? String(data[name]) : whole));
}

/** A text that came in both languages (`{zh, en}`). */
export function say(words) {
  if (!words) return "";
  return words[current] || words.zh;
}

/**
 * Lists that do not fit a slide, on pages: which rows are on a page, and which page it is time for.
 *
 * Pages change by themselves and come round again; nothing on them moves meanwhile.
 */

export const DWELL_MS = 12_000;
/** How long a page stands. */

const ENDS = ["\u3002", "\uff01", "\uff1f", "\n", ". ", "! ", "? "];
const CLAUSES = ["\uff1b", "\uff0c", "\u3001", " "];

const FEWER = [1, 2 / 3, 1 / 2, 1 / 3, 1 / 6];
export const MOST_SQUEEZE = FEWER.length - 1;
/** How often a slide can be asked to put fewer rows on a page, where they are too long for it. */

/**
 * `list` in pages of at most `most`, as even as can be: 9 rows of 8 are 5 and 4, not 8 and 1.  `squeeze` (from 0) asks
 * for fewer on a page.
 */
export function paged(list, most, squeeze = 0) {
  const pages = Math.max(1, Math.ceil(list.length / Math.max(1, Math.floor(most * FEWER[squeeze]))));
  const size = Math.ceil(list.length / pages) || 1;
  return Array.from({ length: pages }, (_, index) => list.slice(index * size, (index + 1) * size));
}

/** The page that is shown `elapsed` ms after the first of `pages`. */
export function pageAt(elapsed, pages) {
  return pages > 1 ? Math.floor(Math.max(0, elapsed) / DWELL_MS) % pages : 0;
}

/** A long text in pieces of at most about `most` signs, cut behind sentences, else behind clauses or words. */
export function pieces(text, most) {
  const found = [];
  let rest = text.trim();
  while (rest.length > most) {
    const head = rest.slice(0, most);
    const last = (ends) => Math.max(...ends.map((end) => head.lastIndexOf(end)));
    const cut = [ENDS, CLAUSES].map(last).find((at) => at > most / 3);
    const at = cut === undefined ? most : cut + 1;
    found.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return rest || !found.length ? [...found, rest] : found;
}

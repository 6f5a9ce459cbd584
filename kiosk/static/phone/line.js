/**
 * What is said of the connection: nothing for the first three seconds, then a thin bar, then a banner.
 */

const BAR = 3_000;
const BANNER = 10_000;

export class Line {
  /** `changed({state, since})`: "up", "bar" or "banner", and when the line went. */
  constructor(changed) {
    this.changed = changed;
    this.since = null;
    this.timers = [];
  }

  /** From now on silence counts: the page has not been connected yet. */
  watch() {
    if (this.since === null) this.down();
  }

  down() {
    if (this.since !== null) return;
    this.since = Date.now();
    this.timers = [
      setTimeout(() => this.changed({ state: "bar", since: this.since }), BAR),
      setTimeout(() => this.changed({ state: "banner", since: this.since }), BANNER),
    ];
  }

  up() {
    for (const timer of this.timers) clearTimeout(timer);
    this.since = null;
    this.changed({ state: "up", since: null });
  }
}

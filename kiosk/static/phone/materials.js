/**
 * What a member reads of the materials: fetched when it is opened, kept while the page lives.  No text of ours, no DOM.
 *
 * Three thousand phones follow a sitting, so nothing is fetched that nobody has opened; pictures wait for one press more.
 */

/** What a phone knows of it before anything was opened. */
export const unread = () => ({ reading: null }); // {path, title, pictures: asked for, found: the text, failed}

export class Materials {
  /** `phone`: what it `knows`, and `learn`. */
  constructor(phone, fetched = (path) => fetch(path, { credentials: "omit" })) {
    this.phone = phone;
    this.fetched = fetched;
    this.kept = new Map(); // path → the text
  }

  async open({ path, title }) {
    const reading = { path, title, pictures: false, found: this.kept.get(path) || null, failed: false };
    this.phone.learn({ reading });
    if (reading.found) return;
    let found = null;
    try {
      const answer = await this.fetched(path);
      if (answer.ok) found = await answer.json();
    } catch (error) {
      console.warn(error); // the line; he is told, and may try again
    }
    if (found) this.kept.set(path, found);
    this.change(path, found ? { found } : { failed: true });
  }

  /** He wants the pictures, too. */
  look() {
    const { reading } = this.phone.knows;
    if (reading) this.change(reading.path, { pictures: true });
  }

  close() {
    this.phone.learn({ reading: null });
  }

  /** Only while he still reads that one. */
  change(path, changes) {
    const { reading } = this.phone.knows;
    if (reading && reading.path === path) this.phone.learn({ reading: { ...reading, ...changes } });
  }
}

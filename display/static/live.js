/**
 * A socket that is only watched, or spoken to by an office: it comes back by itself and keeps the last view.
 *
 * Beats come every 10 s; after 25 s of silence the line is dead.  Backoff 0.5 s to 3 s with 30 % of chance, and at
 * once when the page or the network wakes up (SCREENS.md b.9).
 */

const DEAD_MS = 25_000;
const FIRST_MS = 500;
const LONGEST_MS = 3_000;

export class Live {
  /**
   * `path` of the socket; `heard(message)` for every message but beats; `changed({up, since})` when the line comes or
   * goes.  `seconds since` lets the page show nothing, a bar or a banner.
   */
  constructor(path, { heard, changed = () => undefined }) {
    this.path = path;
    this.heard = heard;
    this.changed = changed;
    this.socket = null;
    this.delay = FIRST_MS;
    this.timer = 0;
    this.silence = 0;
    this.since = Date.now();
    for (const name of ["online", "focus", "pageshow"]) addEventListener(name, () => this.wake());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.wake();
    });
    this.connect();
  }

  /** Send a message; false when the line is down: nothing is kept for later. */
  send(message) {
    if (!this.socket || this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  connect() {
    clearTimeout(this.timer);
    this.timer = 0;
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${this.path}`);
    this.socket = socket;
    socket.onopen = () => {
      this.delay = FIRST_MS;
      this.since = Date.now();
      this.changed({ up: true, since: this.since });
      this.listen();
    };
    socket.onmessage = (event) => {
      this.listen();
      const message = JSON.parse(event.data);
      if (message.type !== "beat") this.heard(message);
    };
    socket.onclose = () => this.lost(socket);
  }

  listen() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.drop(), DEAD_MS);
  }

  drop() {
    const socket = this.socket;
    if (!socket) return;
    socket.onclose = null;
    socket.close();
    this.lost(socket);
  }

  lost(socket) {
    if (socket !== this.socket) return;
    clearTimeout(this.silence);
    this.socket = null;
    this.changed({ up: false, since: this.since });
    const chance = 0.7 + Math.random() * 0.6;
    this.timer = setTimeout(() => this.connect(), this.delay * chance);
    this.delay = Math.min(LONGEST_MS, this.delay * 2);
  }

  wake() {
    if (this.socket === null && this.timer) this.connect();
  }
}

/**
 * The member's own connection: says who is there, brings the view, carries what is asked in his name.
 *
 * It comes back by itself.  Nothing that is cast in a secret ballot may go over it.
 */

import { b64, unb64 } from "./bytes.js";
import { Refused, Unreachable } from "./errors.js";
import { backoff, within } from "./patience.js";

const ANSWER = 10000;
const SILENCE = 25000; // the server beats every 10 s

export class Personal {
  /**
   * `heard(message)` gets everything that is no answer; `changed(up)` tells when the connection comes and goes.
   */
  constructor(world, device, { heard, changed }) {
    this.world = world;
    this.device = device;
    this.heard = heard;
    this.changed = changed;
    this.socket = null;
    this.asked = new Map(); // type of the request → {fits, resolve, reject}
    this.queues = new Map(); // type of the request → promise of the last one
    this.stopped = false;
    this.elsewhere = false; // another page of this phone goes on; two would push each other out for ever
    this.awake = () => undefined;
  }

  /** Connect, and connect again, until `stop`. */
  async run() {
    for (let failures = 0; !this.stopped; failures++) {
      if (await this.connection()) failures = 0;
      if (this.stopped) return;
      const woken = new Promise((resolve) => {
        this.awake = resolve;
      });
      if (this.elsewhere) {
        await woken;
        continue;
      }
      const rest = this.world.pause(backoff(this.world.random, failures), "backoff");
      await Promise.race([rest, woken]);
      if (rest.cancel) rest.cancel();
    }
  }

  /** Connect now: the phone was unlocked, is back on the network, or the member wants this page again. */
  wake() {
    this.elsewhere = false;
    this.awake();
  }

  stop() {
    this.stopped = true;
    this.awake();
    if (this.socket) this.socket.close();
  }

  /**
   * Ask, one question of a kind at a time; the first message that `fits` is the answer.
   *
   * Refused with the server's code; Unreachable when the connection is away or goes.
   */
  ask(message, fits) {
    const before = this.queues.get(message.type) || Promise.resolve();
    const asking = before.then(() => this.askNow(message, fits));
    this.queues.set(
      message.type,
      asking.catch(() => undefined), // the next in the queue does not care how this one ended
    );
    return asking;
  }

  /** Say something to the chair; resolves once it is on the record. */
  saying(message) {
    return this.ask(message, ({ type, what }) => type === "sent" && what === message.type);
  }

  askNow(message, fits) {
    if (!this.socket) return Promise.reject(new Unreachable("not-connected"));
    const answer = new Promise((resolve, reject) => {
      this.asked.set(message.type, { fits, resolve, reject });
      this.socket.send(JSON.stringify(message));
    });
    return within(this.world.pause, ANSWER, answer).finally(() => this.asked.delete(message.type));
  }

  /** One connection from open to close; true when the server had let us in. */
  connection() {
    return new Promise((resolve) => {
      const socket = new this.world.WebSocket(`${this.world.origin.replace(/^http/, "ws")}/m`);
      let welcome = false;
      let over = false;
      let watch = null;
      const listen = () => {
        if (watch && watch.cancel) watch.cancel();
        const mine = this.world.pause(SILENCE, "limit");
        watch = mine;
        mine.then(() => watch === mine && close());
      };
      const close = () => {
        if (over) return;
        over = true;
        if (watch && watch.cancel) watch.cancel();
        watch = null;
        socket.close();
        if (this.socket === socket) this.dropped();
        resolve(welcome);
      };
      socket.onclose = close;
      socket.onerror = close;
      socket.onmessage = (event) => {
        if (over) return;
        listen();
        let message;
        try {
          message = JSON.parse(event.data);
        } catch {
          return close(); // not our server's: a captive portal, a broken proxy
        }
        if (message.type === "nonce") return this.greet(socket, message) || close();
        if (!welcome && message.type === "me") {
          welcome = true;
          this.socket = socket;
          this.changed(true);
        }
        this.dispatch(message);
      };
      listen();
      if (this.stopped) close();
    });
  }

  /** Answer the nonce; false when it is another sitting's. */
  greet(socket, { nonce, sitting }) {
    if (sitting !== this.device.sitting) return false;
    const sig = this.device.hello(unb64(nonce, 32));
    socket.send(JSON.stringify({ type: "hello", member: this.device.member, sig: b64(sig) }));
    return true;
  }

  dispatch(message) {
    if (message.type === "error") {
      if (message.code === "opened-elsewhere") this.elsewhere = true;
      const question = this.asked.get(message.re);
      if (question) return question.reject(new Refused(message.code, { say: message.say }));
    }
    for (const question of this.asked.values()) {
      if (question.fits(message)) return question.resolve(message);
    }
    return this.heard(message);
  }

  dropped() {
    this.socket = null;
    for (const question of this.asked.values()) question.reject(new Unreachable("connection-lost"));
    this.changed(false);
  }
}

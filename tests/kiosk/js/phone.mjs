/**
 * A phone in a test: a client with a life that can end at any effect on the world, and storage that survives.
 */

import { randomBytes } from "node:crypto";

import { served } from "./served.mjs";

const { Client } = await served("client.js");
const { MemoryStorage } = await served("storage.js");

const NEVER = new Promise(() => undefined);

export const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Let everything run until `fits` gives something; an Error with `what` when it does not come about. */
export async function until(fits, what = "what the test waits for") {
  for (let i = 0; i < 5000; i++) {
    const found = await fits();
    if (found) return found;
    await turn();
  }
  throw new Error(`${what} does not come about`);
}

/** Counts what a phone does to the world, and ends its life at the effect with number `dieAt`. */
export class Life {
  constructor(dieAt = Infinity) {
    this.dieAt = dieAt;
    this.effects = 0;
    this.sockets = new Set();
    this.dead = false;
    this.last = null;
  }

  async effect(name) {
    if (!this.dead && this.effects++ >= this.dieAt) this.end(name);
    if (this.dead) await NEVER;
  }

  end(name) {
    this.dead = true;
    this.last = name;
    for (const socket of this.sockets) {
      socket.onmessage = socket.onclose = socket.onopen = null;
      socket.drop();
    }
  }
}

/** Storage as a phone has it: what was written before the end is there, what was not is not. */
class MortalStorage extends MemoryStorage {
  constructor(snapshot, life) {
    super(snapshot);
    this.life = life;
  }

  async write(key, record) {
    await this.life.effect("write");
    const stored = await super.write(key, record);
    await this.life.effect("written");
    return stored;
  }
}

const ALIVE = new Set();

/** For `afterEach`: a phone never gives up by itself. */
export function endAll() {
  for (const phone of ALIVE) phone.life.end("the test is over");
  ALIVE.clear();
}

export class Phone {
  /** `stopAfter`: the name of a step (see world.step) after which the life ends. */
  constructor(sitting, card, { snapshot = [], dieAt = Infinity, stopAfter = null, random = null } = {}) {
    this.sitting = sitting;
    this.card = card;
    this.life = new Life(dieAt);
    this.storage = new MortalStorage(snapshot, this.life);
    this.events = [];
    this.steps = [];
    this.waits = [];
    const world = {
      ...sitting.network(this.life),
      storage: this.storage,
      random: random || ((length) => Uint8Array.from(randomBytes(length))),
      pause: (ms, why) => {
        if (why === "limit" || this.life.dead) return NEVER;
        this.waits.push([why, ms]);
        return turn();
      },
      step: async (name, ballot) => {
        this.steps.push(name);
        if (name === stopAfter) this.life.end(name);
        if (this.life.dead) await NEVER;
        return ballot;
      },
    };
    this.client = new Client(world, (event) => this.events.push(event));
    ALIVE.add(this);
  }

  /** Join and start; what fails on the way is for the test to see. */
  begin() {
    this.beginning = this.client.join(this.card).then(() => this.client.start());
    return this.beginning;
  }

  /** The same phone after a crash: a new page over what was stored. */
  again(options = {}) {
    return new Phone(this.sitting, this.card, { ...options, snapshot: this.storage.snapshot() });
  }

  state(ballot) {
    const text = this.storage.records.get(`ballot/${ballot}`);
    return text === undefined ? null : JSON.parse(text);
  }

  stage(ballot) {
    const state = this.state(ballot);
    return state ? state.stage : null;
  }

  alarms() {
    const kept = this.events
      .filter((event) => event.type === "ballot")
      .flatMap((event) => event.alarms.map(({ code }) => code));
    const told = this.events.filter((event) => event.type === "alarm").map((event) => event.code);
    return Array.from(new Set([...kept, ...told]));
  }

  failures() {
    return this.events.filter((event) => event.type === "failure").map((event) => event.error);
  }
}

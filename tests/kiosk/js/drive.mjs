/**
 * One phone on the command line, for tests against the real server: the served client, a file for storage.
 *
 *   node drive.mjs --url http://127.0.0.1:PORT --code CODE [--board-key B64] [--choice for|against|abstain|none]
 *       [--state FILE] [--stop-after STEP] [--ballots N] [--hurry] [--no-subtle] [--timeout SECONDS]
 *
 * It joins, signs in, collects, presses `choice` on every question as soon as a ballot is open ("none" never
 * presses, and so hands back), looks for its line and confirms; it ends when N ballots (1) are over for it, or
 * with the sitting.  `--hurry` leaves out the random delays.  With the same `--state` it goes on where it was.
 *
 * Prints one JSON object a line: `{"event": "step" | "joined" | "me" | "view" | "connection" | "board" |
 * "standing" | "code" | "ballot" | "retry" | "alarm" | "failure" | "done", …}`.  Exit 0: done, or stopped after
 * STEP; 1: an alarm or a failure; 2: a wrong command line; 3: time is up; 4: the server refused the card.
 *
 * STEP: keyed joined stored issued finalized pressed sent receipt erased found lost returning returned confirming
 * confirmed received (an open vote) lapsed.  Then the process ends at once, as if the phone had died.
 */

import { randomBytes } from "node:crypto";
import { existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync, closeSync } from "node:fs";
import { parseArgs } from "node:util";

import { served } from "./served.mjs";
import { webSocketFrom } from "./websocket.mjs";

const OVER = ["confirmed", "lapsed", "lost"];

const say = (event, fields = {}) => process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);

function wrong(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function commandLine() {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  const options = {
    url: text,
    code: text,
    "board-key": text,
    choice: { ...text, default: "for" },
    state: text,
    "stop-after": text,
    ballots: { ...text, default: "1" },
    timeout: { ...text, default: "120" },
    hurry: flag,
    "no-subtle": flag,
  };
  try {
    const { values } = parseArgs({ options });
    if (!values.url || !values.code) wrong("--url and --code are needed");
    return values;
  } catch (error) {
    return wrong(error.message);
  }
}

const told = commandLine();
if (told["no-subtle"]) {
  const { crypto: whole } = globalThis;
  const only = { getRandomValues: (array) => whole.getRandomValues(array) };
  Object.defineProperty(globalThis, "crypto", { value: only, configurable: true });
}
const { Client } = await served("client.js");
const { MemoryStorage } = await served("storage.js");

/** On the disk before `write` answers. */
class FileStorage extends MemoryStorage {
  constructor(path) {
    super(path && existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : []);
    this.path = path;
  }

  async write(key, record) {
    if (!(await super.write(key, record))) return false;
    if (!this.path) return true;
    const file = openSync(`${this.path}.new`, "w", 0o600);
    writeSync(file, JSON.stringify(this.snapshot()));
    fsyncSync(file);
    closeSync(file);
    renameSync(`${this.path}.new`, this.path);
    return true;
  }
}

const origin = told.url.replace(/\/$/, "");
let failed = false;

function end(status, fields) {
  say("done", fields);
  process.exit(status);
}

function pause(ms, why) {
  let timer;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, told.hurry && why !== "limit" ? Math.min(ms, 50) : ms);
  });
  over.cancel = () => clearTimeout(timer);
  return over;
}

function step(name, ballot) {
  say("step", { step: name, ballot });
  if (name === told["stop-after"]) end(0, { stopped: name });
}

const world = {
  origin,
  fetch: (url, options) => fetch(url, options),
  WebSocket: webSocketFrom(origin),
  random: (length) => Uint8Array.from(randomBytes(length)),
  pause,
  storage: new FileStorage(told.state),
  step,
};

const client = new Client(world, (event) => {
  const { type, ...fields } = event;
  if (type === "view") {
    const poll = event.poll && { ballot: event.poll.ballot, stage: event.poll.stage };
    say("view", { poll });
  } else if (type === "failure") {
    failed = true;
    say("failure", { error: String(event.error && event.error.stack) });
  } else {
    if (type === "alarm" || (type === "ballot" && event.alarms.length)) failed = true;
    say(type, fields);
  }
  if (type === "me" && event.checked_in === false) signIn();
  if (type === "view" || type === "board" || type === "ballot") setImmediate(() => look().catch(fail));
});

function fail(error) {
  say("failure", { error: String(error.stack) });
  process.exit(1);
}

let signing = false;
async function signIn() {
  if (signing) return;
  signing = true;
  try {
    await client.checkIn();
  } catch (error) {
    say("retry", { code: error.code });
  }
  signing = false;
}

const coded = new Set();
const pressed = new Set();

/** Press what is open, and see whether all is over. */
async function look() {
  for (const [id, ballot] of client.board.ballots) {
    if (!coded.has(id)) {
      coded.add(id);
      client.codeOf(id).then((code) => say("code", { ballot: id, code }), fail);
    }
    const poll = client.view && client.view.poll;
    if (told.choice === "none" || pressed.has(id) || ballot.phase !== "opened" || !poll || poll.ballot !== id)
      continue;
    const marks = {};
    for (const question of JSON.parse(poll.paper)) marks[question.id] = told.choice;
    pressed.add(id);
    client.choose(id, marks).catch((error) => {
      // "already-pressed" after a reload: what was pressed before goes on by itself
      if (error.code !== "already-pressed") pressed.delete(id);
      say("retry", { ballot: id, code: error.code || String(error.stack) });
    });
  }
  const summaries = await client.summaries();
  const phase = (id) => client.board.ballots.has(id) && client.board.ballots.get(id).phase;
  const over = summaries.filter(
    ({ ballot, stage }) =>
      OVER.includes(stage) ||
      phase(ballot) === "checked" ||
      (stage === "received" && phase(ballot) === "result" && !client.board.ballots.get(ballot).secret),
  );
  if (over.length >= Number(told.ballots) || client.board.ended) end(failed ? 1 : 0, { ballots: summaries });
}

setTimeout(() => end(3, { ballots: "time is up" }), 1000 * Number(told.timeout));
try {
  const joined = await client.join({ code: told.code, boardKey: told["board-key"] || null });
  say("joined", joined);
  await client.start();
} catch (error) {
  say("refused", { code: error.code, error: error.code ? undefined : String(error.stack) });
  process.exit(error.name === "Refused" ? 4 : 1);
}

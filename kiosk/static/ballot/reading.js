/**
 * What a phone reads over plain requests: the board and the leaves, anonymously, and the answer to its joining.
 */

import { Refused, Unreachable } from "./errors.js";

const ANONYMOUS = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };

/** The board's lines from entry `seq` on.  Unreachable when they cannot be had. */
export async function boardFrom(world, seq) {
  const text = await unlessAway("no-board", async () => {
    const response = await world.fetch(`${world.origin}/board?from=${seq}`, ANONYMOUS);
    return response.ok ? response.text() : null;
  });
  return text.split("\n").filter((line) => line !== "");
}

/** The published leaves of a ballot, as the server says; hold them against the board. */
export function leavesOf(world, ballot) {
  return unlessAway("no-leaves", async () => {
    // no-cache asks whether it is still the same: the answer grows once, when the hand-backs are in
    const response = await world.fetch(`${world.origin}/board/${ballot}`, {
      ...ANONYMOUS,
      cache: "no-cache",
    });
    return response.ok ? response.json() : null;
  });
}

/** The server's answer to a joining.  Refused with its code, or Unreachable. */
export async function joining(world, request) {
  const answer = await unlessAway("no-answer", async () => {
    const response = await world.fetch(`${world.origin}/j/${encodeURIComponent(request.code)}`, {
      ...ANONYMOUS,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    return response.json();
  });
  if (answer.type === "error" || typeof answer.code === "string")
    throw new Refused(answer.code, { say: answer.say });
  return answer;
}

/** Whatever fails here is the network's, or something in between that answers for the server. */
async function unlessAway(code, read) {
  let answer;
  try {
    answer = await read();
  } catch (error) {
    throw new Unreachable(code, { why: error.message });
  }
  if (answer === null) throw new Unreachable(code);
  return answer;
}

/**
 * One record on its way to the box: one attempt, one connection of its own, no name on it.
 *
 * A WebSocket first; where those are blocked, a plain POST without cookie and referrer.  Must know nothing of
 * the member, the device or the personal connection.
 */

import { unb64, utf8 } from "./bytes.js";
import { Refused, Unreachable } from "./errors.js";
import { within } from "./patience.js";

const LIMIT = 10000;

/**
 * The box's receipt `{leaf, sig}` for a record.  Refused with the box's code, or Unreachable: try again, with
 * the same record and the next attempt's number.
 */
export async function deliver(world, record, attempt) {
  const way = attempt % 2 === 0 ? overSocket : overPost;
  return receiptIn(await way(world, sealed(record)));
}

/**
 * A record as it goes out.  Bodies of a ballot are equally long, but each quotation mark in one costs a backslash
 * here, and more marks have more of them: white space at the end makes all equal again to who counts bytes.  There
 * are never more than half as many as bytes: two of them, a name of one letter and a comma are four.
 */
function sealed({ body, rsa, sig }) {
  const text = JSON.stringify({ body, rsa, sig });
  const escapes = JSON.stringify(body).length - body.length;
  const room = Math.ceil(utf8(body).length / 2);
  return text + " ".repeat(Math.max(0, room - escapes));
}

async function overSocket(world, text) {
  const socket = new world.WebSocket(`${world.origin.replace(/^http/, "ws")}/box`);
  const answer = new Promise((resolve, reject) => {
    socket.onopen = () => socket.send(text);
    socket.onmessage = (event) => resolve(event.data);
    socket.onclose = () => reject(new Unreachable("box-closed"));
    socket.onerror = () => reject(new Unreachable("box-unreachable"));
  });
  try {
    return await within(world.pause, LIMIT, answer);
  } finally {
    socket.close();
  }
}

async function overPost(world, text) {
  const asked = world
    .fetch(`${world.origin}/box`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: text,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    })
    .then((response) => response.text())
    .catch(() => {
      throw new Unreachable("box-unreachable");
    });
  return within(world.pause, LIMIT, asked);
}

function receiptIn(text) {
  let answer;
  try {
    answer = JSON.parse(text);
    if (answer.type === "receipt") return { leaf: unb64(answer.leaf, 32), sig: unb64(answer.sig, 64) };
  } catch {
    throw new Unreachable("box-unreadable"); // something in between answered for the box
  }
  if (answer.type === "error" && typeof answer.code === "string")
    throw new Refused(answer.code, { say: answer.say });
  throw new Unreachable("box-unreadable");
}

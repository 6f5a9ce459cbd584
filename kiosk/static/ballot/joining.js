/**
 * How a phone becomes a member's: the code of his card, a key of its own, and the board key it pins.
 *
 * The key is stored before it is sent, so joining may be cut off anywhere and repeated.
 */

import { b64, unb64 } from "./bytes.js";
import { Board } from "./board.js";
import { Device, KEY, newDevice, printed } from "./device.js";
import { Alarm, NotNow, Unreachable } from "./errors.js";
import { boardFrom, joining } from "./reading.js";
import { checkBoardKey } from "./signed.js";
import { next } from "./storage.js";

/**
 * The device record of a phone that has joined, now or earlier.
 *
 * `code` as typed or from the link; `boardKey` (b64) is the link's fragment, null when the code was typed by
 * hand: then the server's answer is pinned, and the code in the hall is all there is to hold it against.
 * `sitting` from the page, or null: the board's.  Refused with the server's code; NotNow "other-card" when this
 * phone is another member's; Alarm when keys or sittings are not the ones of the card.
 */
export async function join(world, { code, boardKey = null, sitting = null }) {
  const card = printed(code);
  if (boardKey !== null) checkPin(boardKey);
  let record = await world.storage.read(KEY);
  if (!record) {
    record = newDevice({ code: card, boardKey, pinned: boardKey === null ? "answer" : "link" }, world.random);
    // Another tab may have been quicker: then its key is this phone's.
    if (!(await world.storage.write(KEY, record))) record = await world.storage.read(KEY);
  }
  if (record.code !== card) record = await otherCard(world, record, { card, boardKey });
  if (boardKey !== null && record.boardKey !== null && boardKey !== record.boardKey) {
    throw new Alarm("other-board-key");
  }
  await step(world, "keyed");
  if (record.member === null)
    record = await bind(world, record, sitting || (await sittingOnBoard(world, record)));
  await step(world, "joined");
  return record;
}

/**
 * Another card than the one this phone began with: right where that one was mistyped and bound nothing.
 *
 * The key stays: had the first card been bound after all, and the answer lost, the server would now say so.
 */
async function otherCard(world, record, { card, boardKey }) {
  if (record.member !== null) throw new NotNow("other-card");
  const pin = boardKey === null ? {} : { boardKey, pinned: "link" };
  const changed = next(record, { code: card, ...(record.boardKey === null ? pin : {}) });
  return (await world.storage.write(KEY, changed)) ? changed : world.storage.read(KEY);
}

async function bind(world, record, sitting) {
  const device = new Device(record);
  const request = { code: record.code, dev_pk: b64(device.publicKey), sig: b64(device.join(sitting)) };
  const answer = await joining(world, request);
  if (answer.sitting !== sitting) throw new Alarm("other-sitting");
  checkPin(answer.board_key);
  if (record.boardKey !== null && answer.board_key !== record.boardKey) throw new Alarm("other-board-key");
  const joined = next(record, {
    sitting,
    member: answer.member,
    name: answer.name,
    boardKey: answer.board_key,
  });
  return (await world.storage.write(KEY, joined)) ? joined : world.storage.read(KEY);
}

async function sittingOnBoard(world, record) {
  const [first] = await boardFrom(world, 0);
  if (first === undefined) throw new Unreachable("board-empty");
  if (record.boardKey === null) return JSON.parse(JSON.parse(first).text).sitting;
  const board = new Board(unb64(record.boardKey));
  board.add(first);
  return board.sitting;
}

/** Alarm for a board key that must not be pinned. */
function checkPin(boardKey) {
  try {
    checkBoardKey(unb64(boardKey, 32));
  } catch (error) {
    throw new Alarm("bad-board-key", { why: error.message });
  }
}

function step(world, name) {
  return world.step ? world.step(name, null) : undefined;
}

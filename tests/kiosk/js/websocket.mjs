/**
 * A WebSocket as browsers have it, for Node without flags: text frames, no extensions, an Origin of one's own.
 *
 * Only what the ballot client uses: `onopen`, `onmessage`, `onclose`, `onerror`, `send`, `close`.
 */

import { createHash, randomBytes } from "node:crypto";
import { request as plain } from "node:http";
import { request as secure } from "node:https";

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** A class to give to the client: all its sockets come from pages at `origin`. */
export function webSocketFrom(origin) {
  return class extends WebSocketClient {
    constructor(url) {
      super(url, origin);
    }
  };
}

class WebSocketClient {
  constructor(url, origin) {
    const target = new URL(url.replace(/^ws/, "http"));
    const key = randomBytes(16).toString("base64");
    const upgrade = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": key,
    };
    const asking = (target.protocol === "https:" ? secure : plain)(target, {
      headers: { ...upgrade, origin },
      agent: false,
    });
    this.socket = null;
    this.over = false;
    this.pieces = [];
    this.held = Buffer.alloc(0);
    asking.on("upgrade", (response, socket, head) => {
      const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
      const expected = createHash("sha1")
        .update(key + guid)
        .digest("base64");
      if (this.over || response.headers["sec-websocket-accept"] !== expected) return this.end(socket);
      this.socket = socket;
      socket.setNoDelay(true);
      socket.on("data", (data) => this.take(data));
      socket.on("close", () => this.end());
      socket.on("error", () => this.end());
      if (this.onopen) this.onopen({});
      return this.take(head);
    });
    asking.on("response", (response) => {
      response.resume();
      this.fail();
    });
    asking.on("error", () => this.fail());
    asking.end();
  }

  send(text) {
    this.frame(TEXT, Buffer.from(text));
  }

  close() {
    if (this.socket && !this.over) {
      this.frame(CLOSE, Buffer.from([0x03, 0xe8]));
      this.socket.end();
    }
    this.end();
  }

  fail() {
    if (!this.over && this.onerror) this.onerror({});
    this.end();
  }

  end(socket = this.socket) {
    if (socket && !this.socket) socket.destroy();
    if (this.over) return;
    this.over = true;
    setImmediate(() => this.onclose && this.onclose({}));
  }

  frame(opcode, payload) {
    const mask = randomBytes(4);
    const short = payload.length < 126;
    const head = Buffer.alloc(short ? 2 : 4);
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (short ? payload.length : 126);
    if (!short) head.writeUInt16BE(payload.length, 2);
    this.socket.write(Buffer.concat([head, mask, payload.map((byte, i) => byte ^ mask[i % 4])]));
  }

  take(data) {
    this.held = Buffer.concat([this.held, data]);
    for (let frame = this.next(); frame; frame = this.next()) this.hear(frame);
  }

  /** The next whole frame that has come in, or null. */
  next() {
    const { held } = this;
    if (held.length < 2) return null;
    const marked = held[1] & 127;
    const start = marked === 126 ? 4 : marked === 127 ? 10 : 2;
    if (held.length < start) return null;
    const length =
      marked === 126 ? held.readUInt16BE(2) : marked === 127 ? Number(held.readBigUInt64BE(2)) : marked;
    if (held.length < start + length) return null;
    this.held = held.subarray(start + length);
    return {
      last: (held[0] & 0x80) !== 0,
      opcode: held[0] & 15,
      payload: held.subarray(start, start + length),
    };
  }

  hear({ last, opcode, payload }) {
    if (this.over) return;
    if (opcode === PING) this.frame(PONG, payload);
    else if (opcode === CLOSE) this.close();
    else if (opcode < CLOSE) {
      this.pieces.push(payload);
      if (!last) return;
      const text = Buffer.concat(this.pieces).toString("utf8");
      this.pieces = [];
      if (this.onmessage) this.onmessage({ data: text });
    }
  }
}

/**
 * The public page: asks for the news every 5 s and draws it again where there is any.
 *
 * One small document for everybody, with an ETag: any cache may answer.  When the line is gone the page says from
 * when it is, and goes on asking.
 */

import { render } from "../vendor/lit-html@3.3.3/lit-html.js";
import { speak } from "../words.js";
import { page } from "./page_view.js";

const EVERY_MS = 5_000;
const STALE_MS = 20_000;

const box = document.getElementById("page");
let view = JSON.parse(document.getElementById("view").textContent);
let etag = "";
let heard = Date.now();
let drawn = false;

speak(document.documentElement.lang);

function draw() {
  if (!drawn) box.textContent = "";
  drawn = true;
  const stale = Date.now() - heard > STALE_MS;
  render(page(view, stale ? heard : null), box);
}

async function ask() {
  try {
    const answer = await fetch("/public.json", {
      credentials: "omit",
      headers: etag ? { "if-none-match": etag } : {},
      cache: "no-store",
    });
    if (answer.status === 200) {
      view = await answer.json();
      etag = answer.headers.get("etag") || "";
    } else if (answer.status !== 304) {
      throw new Error(String(answer.status));
    }
    heard = Date.now();
  } catch (error) {
    console.info("no news", error.message);
  }
  draw();
}

setInterval(() => {
  if (!document.hidden) ask();
}, EVERY_MS);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) ask();
});
ask();

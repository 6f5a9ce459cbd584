/**
 * The page's entry: asks whether this browser can vote, and only then loads what votes.
 */

import { missing } from "../ballot/capable.js";

async function start() {
  if (missing().length > 0) return window.sayTooOld();
  let phone;
  try {
    phone = await import("./phone.js");
  } catch (error) {
    // A browser that cannot read our modules; or one that lost the network in between, and then asks again.
    window.sayTooOld();
    throw error;
  }
  document.documentElement.setAttribute("data-started", "yes");
  document.getElementById("stage").textContent = ""; // until now it was the server's
  const occasion = JSON.parse(document.getElementById("occasion").textContent);
  return phone.begin(occasion);
}

start();

/**
 * The ballot client as a page gets it.  `/static/kiosk/` is kiosk/static/ and `/static/display/` is
 * display/static/; on disk the relative path between the two is another one, so it is mapped here.
 */

import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { fileURLToPath } from "node:url";

export const ROOT = new URL("../../../", import.meta.url).href;
const BALLOT = `${ROOT}kiosk/static/ballot/`;
const MAPPED = [`${ROOT}kiosk/display/`, `${ROOT}display/static/`];

/** One of the client's modules, by its file name. */
export async function served(name) {
  if (!registered) register(import.meta.url);
  registered = true;
  return import(BALLOT + name);
}
let registered = false;

// ---- the hooks, which Node runs in a thread of its own from this same file

export async function resolve(specifier, context, next) {
  if (!specifier.startsWith(".") || !context.parentURL) return next(specifier, context);
  const { href } = new URL(specifier, context.parentURL);
  return next(href.startsWith(MAPPED[0]) ? MAPPED[1] + href.slice(MAPPED[0].length) : href, context);
}

export async function load(url, context, next) {
  if (!/\/static\/.*\.js$/.test(url)) return next(url, context);
  return { format: "module", source: await readFile(fileURLToPath(url)), shortCircuit: true };
}

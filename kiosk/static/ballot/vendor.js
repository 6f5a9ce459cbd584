/**
 * The one door to other people's code: hashes and Ed25519, synchronous, without crypto.subtle (which a page
 * over plain http does not have).
 *
 * The paths are those of the served pages: `/static/kiosk/` is kiosk/static/, `/static/display/` is
 * display/static/.  Every other module imports from here.
 */

import "./polyfill.js";
import * as ed25519 from "../../display/vendor/noble-ed25519@3.2.0/index.js";
import { scryptAsync } from "../../display/vendor/noble-hashes@2.4.0/scrypt.js";
import { sha256, sha384, sha512 } from "../../display/vendor/noble-hashes@2.4.0/sha2.js";

ed25519.hashes.sha512 = sha512;

export { ed25519, scryptAsync, sha256, sha384 };

/**
 * What the vendored code takes for granted and Chromium 86 to 92 does not have.  Imported before it, by vendor.js.
 */

if (typeof Object.hasOwn !== "function") {
  Object.defineProperty(Object, "hasOwn", {
    value: (object, name) => Object.prototype.hasOwnProperty.call(object, name),
    configurable: true,
    writable: true,
  });
}

/**
 * Keeps the screen on while the page is open, where the phone lets a page ask.  Nothing depends on it.
 */

export function keepAwake() {
  if (!navigator.wakeLock) return;
  const ask = () => {
    // Refused on a low battery: then the phone sleeps, and the page comes back with it.
    if (!document.hidden) navigator.wakeLock.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", ask);
  addEventListener("click", ask, { once: true });
  ask();
}

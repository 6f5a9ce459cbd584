/**
 * Before the first paint: the reader's own size, theme and language.  And where the page's modules cannot be read:
 * say so, instead of a page that stays empty.
 *
 * Not a module, and written for any browser: it is what speaks when nothing else can.
 */
(function () {
  var root = document.documentElement;
  try {
    var kept = JSON.parse(localStorage.getItem("session-day/appearance") || "{}");
    if (kept.size) root.setAttribute("data-size", kept.size);
    if (kept.theme === "dark" || kept.theme === "ink") root.className = "theme-" + kept.theme;
    if (kept.language) root.lang = kept.language === "en" ? "en" : "zh-CN";
  } catch (error) {
    // Storage that cannot be read: the page says so itself, once it runs.
  }
  window.sayTooOld = function () {
    var said = document.getElementById("too-old");
    if (!said || root.getAttribute("data-started")) return;
    said.hidden = false;
    document.getElementById("loading").hidden = true;
  };
  window.addEventListener("error", function () { window.sayTooOld(); }, true);
})();

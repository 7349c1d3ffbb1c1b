// Before anything is drawn, so that a dark page never flashes white. A file, as the content security policy allows no inline script.
(function () {
  var wish = null;
  try {
    wish = window.localStorage.getItem("remit-colour-scheme");
  } catch {
    // Storage may be forbidden: the system decides.
  }
  var dark =
    wish === "dark" || (wish !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();

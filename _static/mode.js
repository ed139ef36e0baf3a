// Light or dark, set before the page is drawn: what the reader chose in this tab, else what the
// system says. The choice lives in sessionStorage, so it goes with the tab; nothing else is kept.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return sessionStorage.getItem("mode");
    } catch {
      return null; // storage is switched off
    }
  }

  function apply() {
    root.dataset.theme = chosen() ?? (system.matches ? "dark" : "light");
  }

  window.switchMode = () => {
    const mode = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      sessionStorage.setItem("mode", mode);
    } catch {
      // then it holds for this page
    }
    root.dataset.theme = mode;
  };

  // Style sheets show controls only where scripts run.
  root.classList.add("scripted");

  // The commonest letters lie in the style sheet: ready before the first line is drawn, if asked now.
  for (const face of document.fonts) {
    if (face.display === "block") face.load().catch(() => {}); // then the system's font stays
  }

  apply();
  system.addEventListener("change", apply);
})();

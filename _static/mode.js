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

  // The commonest letters lie in the style sheet. They are read now, and nothing is shown until they are, so that no
  // line is broken anew in sight; if one cannot be read, the system's font stands in for it.
  const faces = [...document.fonts].filter(({ display }) => display === "block");
  root.classList.add("unset");
  Promise.allSettled(faces.map((face) => face.load())).then(() => root.classList.remove("unset"));

  apply();
  system.addEventListener("change", apply);
})();

// What the frame of a page adds when scripts run: the switch of modes, the place in the page's
// contents, buttons that copy code, entries that open, definitions that keep to the page. Everything else works without.
(() => {
  const root = document.documentElement;

  function startModeSwitch() {
    const button = document.getElementById("mode");
    const show = () => button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
    button.addEventListener("click", window.switchMode);
    new MutationObserver(show).observe(root, { attributeFilter: ["data-theme"] });
    button.hidden = false;
    show();
  }

  function closePopoversOnLeaving() {
    for (const box of document.querySelectorAll("nav[popover]")) {
      box.addEventListener("click", (event) => {
        if (event.target.closest("a") && box.matches(":popover-open")) box.hidePopover();
      });
    }
  }

  function followSections() {
    const links = [...document.querySelectorAll("#on-this-page a[href^='#']")];
    const places = new Map();
    for (const link of links) {
      const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (place) places.set(place, link);
    }
    const follow = () => {
      const passed = [...places].filter(([place]) => place.getBoundingClientRect().top < 140);
      const here = passed.length ? passed[passed.length - 1][1] : links[0];
      for (const link of links) {
        if (link === here) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    };
    if (!places.size) return;
    addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
    follow();
  }

  function offerCopies() {
    if (!navigator.clipboard) return;
    for (const block of document.querySelectorAll("[data-copy]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.setAttribute("aria-label", `Copy ${block.dataset.copy}`);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(block.querySelector("pre").textContent);
        button.textContent = "Copied";
      });
      block.prepend(button);
    }
  }

  // An address may hold anything, also what no address can mean.
  function named() {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  }

  // What an address names inside a closed entry: browsers that do not open it themselves do here.
  function openNamedEntry() {
    const place = named();
    const entry = place && place.closest("details");
    if (!entry || entry.open) return;
    entry.open = true;
    place.scrollIntoView({ behavior: "instant" });
  }

  // Without a pointer that can rest, the first tap shows the definition, and in it the way there.
  function openOnTap(term) {
    const [word, tip] = [term.querySelector("a"), term.querySelector(".term-tip")];
    if (!matchMedia("(hover: none)").matches) return;
    const more = document.createElement("a");
    more.className = "term-more";
    more.href = word.href;
    more.textContent = "Read more";
    more.tabIndex = -1;
    tip.append(more);
    let open = false;
    word.addEventListener("click", (event) => {
      if (!open) event.preventDefault();
      open = true;
      word.focus();
    });
    term.addEventListener("focusout", ({ relatedTarget }) => {
      if (!term.contains(relatedTarget)) open = false;
    });
  }

  // A definition opens to the side that has room, and goes away on Escape.
  function placeDefinitions() {
    const terms = document.querySelectorAll(".term");
    for (const term of terms) {
      const place = () => {
        const { left } = term.getBoundingClientRect();
        term.classList.toggle("to-left", left > document.documentElement.clientWidth / 2);
      };
      const back = () => term.classList.remove("quiet");
      term.addEventListener("pointerenter", place);
      term.addEventListener("focusin", place);
      term.addEventListener("pointerleave", back);
      term.addEventListener("focusout", back);
      openOnTap(term);
    }
    if (!terms.length) return;
    addEventListener("keydown", ({ key }) => {
      if (key === "Escape") document.querySelector(".term:is(:hover, :focus-within)")?.classList.add("quiet");
    });
  }

  startModeSwitch();
  closePopoversOnLeaving();
  followSections();
  offerCopies();
  openNamedEntry();
  addEventListener("hashchange", openNamedEntry);
  placeDefinitions();
})();

// Numbers that say where they come from: each opens a card that says what it was counted on and leads
// to these rows in the explorer; then its name in results.json, its bounds, and the function that made it.
(() => {
  "use strict";
  const article = document.querySelector("article[data-behind]");
  if (!article || !("popover" in HTMLElement.prototype)) return;
  const NARROW = matchMedia("(max-width: 40rem)");
  const { up } = article.dataset;
  const card = element("div", "behind-card");
  card.popover = "auto";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  let number = null; // the one whose card is open

  function element(tag, className, ...children) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...children);
    return node;
  }

  const link = (text, href) => Object.assign(element("a", "", text), { href });

  // The data come as a script, and only when they are asked for: a page opened from a folder may read no other file.
  let loading = null;
  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: article.dataset.behind });
      script.addEventListener("load", () => resolve(window.bookBehind));
      script.addEventListener("error", () => reject(new Error(`not loaded: ${script.src}`)));
      document.head.append(script);
    });
    return loading;
  }

  function maker({ made_by: made, cell, chapter }, { code }) {
    const [file, line] = made ? [made.file, `#L${made.line}`] : [`${chapter}.ipynb`, ""];
    const name = element("code", "", made ? made.function.split(".").pop() : cell);
    const place = made ? `${file}, line ${made.line}` : file;
    return [made ? "" : "cell ", name, ", ", code ? link(place, code + file + line) : place];
  }

  // The first sentence: how many rows are behind the number, and the way there.
  function counted(record, { explorer }) {
    if (!("rows" in record)) return ["n" in record ? `Counted on ${record.n.toLocaleString("en")} cases.` : "Computed when this book was built."];
    const noun = new URLSearchParams(record.rows).get("show");
    const to = (text, filter) => link(text, `${up}${explorer}#${filter}`);
    const [all, part] = [record.of, record.count].map((n) => n?.toLocaleString("en"));
    const units = record.units?.filter((n) => n !== null).map((n) => n.toLocaleString("en"));
    const from = units ? `, from ${units.join(" of ")} ${record.unit.replace("_id", "")}s` : "";
    if (!("part" in record)) return [`${all} ${noun}${from}: `, to("see them", record.rows), "."];
    return [`${part} of ${all} ${noun}${from}: see the `, to(part, record.part), ", or all ", to(all, record.rows), "."];
  }

  function fill(key, told) {
    const record = told.numbers[key];
    const list = element("dl", "");
    const say = (what, ...said) => list.append(element("div", "", element("dt", "", what), element("dd", "", ...said)));
    say("Name", element("code", "", key));
    say("Value", String(record.value));
    if (typeof record.low === "number") say("Interval", `${record.low} to ${record.high}`);
    if ("n" in record) say("n", record.n.toLocaleString("en"));
    say("Made by", ...maker(record, told));
    const [words, place] = "rows" in record ? ["In the list of numbers", `#${key}`] : ["All numbers with rows", ""];
    const more = element("p", "", link(words, `${up}numbers.html${place}`), " · ", link("results.json", `${up}results.json`));
    const close = Object.assign(element("button", "behind-close", "×"), { type: "button" });
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", leave);
    const title = element("p", "behind-title", number.textContent);
    card.replaceChildren(title, element("p", "", ...counted(record, told)), list, more, close);
    card.setAttribute("aria-label", `Where ${number.textContent} comes from`);
  }

  function leave() {
    number.focus({ preventScroll: true });
    card.hidePopover();
  }

  // Beside its number, below it where there is room; on a phone at the foot of the screen.
  function place() {
    card.style.left = card.style.top = "";
    if (NARROW.matches) return;
    const [at, size] = [number.getBoundingClientRect(), card.getBoundingClientRect()];
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const below = at.bottom + 8;
    card.style.left = `${Math.max(8, Math.min(at.left, width - size.width - 8))}px`;
    card.style.top = `${below + size.height > height ? Math.max(8, at.top - size.height - 8) : below}px`;
  }

  // The sheet on a phone must not cover the number it is about.
  function uncover() {
    const hidden = number.getBoundingClientRect().bottom + 16 - card.getBoundingClientRect().top;
    if (NARROW.matches && hidden > 0) scrollBy({ top: hidden, behavior: "instant" });
  }

  async function open(chosen) {
    const told = await load();
    number = chosen;
    fill(chosen.dataset.told, told);
    chosen.after(card); // so that the tabulator goes from the number into its card and on
    card.showPopover();
    place();
    uncover();
    card.focus({ preventScroll: true });
  }

  const numberOf = (node) => (card.contains(node) ? null : node.closest(".told"));
  article.addEventListener("click", ({ target }) => {
    const chosen = numberOf(target);
    if (chosen && getSelection().isCollapsed) open(chosen);
  });
  article.addEventListener("keydown", (event) => {
    const chosen = numberOf(event.target);
    if (!chosen || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    open(chosen);
  });
  // Escape leads back to the number; a click elsewhere leads there.
  card.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") number.focus();
  });
  card.addEventListener("toggle", ({ newState }) => newState === "closed" && card.remove());
  document.addEventListener("scroll", () => card.matches(":popover-open") && !NARROW.matches && place(), { passive: true });

  for (const told of article.querySelectorAll(".told")) {
    told.tabIndex = 0;
    told.setAttribute("role", "button");
    told.setAttribute("aria-haspopup", "dialog");
  }
})();

// The panel of assumptions: a reader's setting, looked up in what the book computed beforehand.
// Nothing is computed here; every text of an estimate and every verdict comes with the data.
(() => {
  "use strict";
  const KEY = "assumptions"; // the panel's name in addresses, and of its section
  const LONGEST = 2000; // characters of an address that are read
  const SVG = "http://www.w3.org/2000/svg";
  const place = document.querySelector(".assumptions");
  let panel = null; // what the panel knows, once it is open
  let state = []; // for each control the place of the option that is chosen
  let nodes = null; // what changes with the state

  function node(tag, attributes = {}, ...children) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  }

  function drawing(tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  function makeButton(text, act) {
    const button = node("button", { type: "button" }, text);
    button.addEventListener("click", act);
    return button;
  }

  const plural = (n, one, many) => `${n} ${n === 1 ? one : many}`;
  const isChanged = (i) => state[i] !== panel.controls[i].own;
  const changed = () => panel.controls.map((_, i) => i).filter(isChanged);
  const sameSetting = (one, two) => one.every((option, i) => option === two[i]);

  // What a setting comes to

  // Each part's row, [text, verdict, direction, drawn], and cases; null where nothing was computed.
  function lookUp(claim, setting) {
    let where = 0;
    let [own, known] = [true, true];
    for (const { control, size, digits } of claim.choices) {
      const digit = digits[setting[control]];
      own &&= digit === digits[panel.controls[control].own];
      known &&= digit >= 0;
      where = where * size + digit;
    }
    if (own) return claim.parts.map(({ own: row, cases }) => ({ row, cases }));
    const columns = window.book.take(`${KEY}-${claim.id}`);
    if (!known || columns.some(({ places }) => places[where] < 0)) return null;
    return columns.map(({ rows, places, cases }) => ({ row: rows[places[where]], cases: cases[where] }));
  }

  // The weakest of the parts' verdicts; they are numbered from the strongest.
  const verdictOf = (found) => Math.max(...found.map(({ row }) => row[1]));
  const bookVerdict = (claim) => Math.max(...claim.parts.map(({ own }) => own[1]));

  // The address

  const own = () => panel.controls.map((control) => control.own);

  function toAddress() {
    const said = changed().map((i) => {
      const { name, options } = panel.controls[i];
      return `&${encodeURIComponent(name)}=${encodeURIComponent(options[state[i]][0])}`;
    });
    return `#${KEY}${said.join("")}`;
  }

  const isMine = (hash) => hash === `#${KEY}` || hash.startsWith(`#${KEY}&`);

  // What an address asks for that the panel does not have is left out, and counted.
  function fromAddress(hash) {
    const setting = own();
    const seen = new Set();
    let unknown = hash.length > LONGEST ? 1 : 0;
    for (const [name, code] of new URLSearchParams(hash.slice(KEY.length + 1, LONGEST))) {
      const i = panel.controls.findIndex((control) => control.name === name);
      const option = i < 0 ? -1 : panel.controls[i].options.findIndex(([known]) => known === code);
      if (option < 0 || seen.has(name)) unknown += 1;
      else setting[i] = option;
      seen.add(name);
    }
    return { setting, unknown };
  }

  // What is made once

  function makeControl(control, i) {
    const options = control.options.map(([, text], at) => {
      const label = at === control.own ? `${text} (the book’s)` : text;
      return node("option", { value: String(at) }, label);
    });
    const select = node("select", { name: control.name }, ...options);
    select.addEventListener("change", () => change(i, Number(select.value)));
    const applies = node("span", { className: "assumptions-applies" }, `For ${control.claims.join(", ")}`);
    const label = node("label", {}, node("span", {}, control.label), select, applies);
    return { select, label };
  }

  function makeForm(controls) {
    const sets = panel.groups.map((group, at) => {
      const labels = controls.filter((_, i) => panel.controls[i].group === at).map((of) => of.label);
      return labels.length ? node("fieldset", {}, node("legend", {}, group), node("div", {}, ...labels)) : "";
    });
    const form = node("form", { className: "assumptions-form" }, ...sets);
    form.addEventListener("submit", (event) => event.preventDefault());
    return form;
  }

  function makePart(part) {
    const line = drawing("svg", { class: "assumptions-line", "aria-hidden": "true" });
    const text = node("strong");
    const more = node("span");
    const name = node("span", { className: "assumptions-name" }, `${part.name}: `);
    const box = node("div", {}, node("p", {}, name, text, more), line);
    return { part, line, text, more, box };
  }

  function makeClaim(claim) {
    const chip = node("span");
    const compared = node("span", { className: "assumptions-compared" });
    const parts = claim.parts.map(makePart);
    const most = node("p", { className: "assumptions-most" });
    if (claim.most) {
      const { control, explained } = claim.most;
      const to = makeButton(panel.controls[control].label, () => nodes.controls[control].select.focus());
      most.append("What moves it most: ", to, ` (${explained} of the variation)`);
    }
    const notes = node("p", { className: "assumptions-notes" });
    const heading = node("h4", {}, node("span", {}, claim.id), ` ${claim.text}`);
    const item = node("li", {}, heading, node("p", {}, chip, " ", compared), ...parts.map((of) => of.box), notes, most);
    return { claim, item, chip, compared, parts, notes };
  }

  function makeAddress() {
    const field = node("input", { type: "text", readOnly: true });
    field.addEventListener("focus", () => field.select());
    const said = node("span", { className: "assumptions-copied" });
    said.setAttribute("role", "status");
    const copy = makeButton("Copy", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = "Copied.";
      } catch {
        said.textContent = "It is marked: copy it with the keyboard.";
      }
    });
    const label = node("label", {}, "Address of this setting ", field);
    return { field, said, box: node("p", { className: "assumptions-address" }, label, copy, said) };
  }

  function build() {
    const controls = panel.controls.map(makeControl);
    const claims = panel.claims.map(makeClaim);
    const said = node("p");
    said.setAttribute("role", "status");
    said.setAttribute("aria-live", "polite");
    const chips = panel.claims.map(() => node("li"));
    const back = makeButton("The book’s own choices", () => set(own()));
    const line = node("div", {}, node("ol", {}, ...chips), back);
    const summary = node("div", { className: "assumptions-summary" }, said, line);
    const left = node("p", { className: "assumptions-left", hidden: true });
    const address = makeAddress();
    nodes = { controls, claims, said, chips, left, address };
    place.replaceChildren(
      left,
      summary,
      node("h3", {}, "What you assume"),
      makeForm(controls),
      address.box,
      node("h3", {}, "What each claim comes to"),
      node("ol", { className: "assumptions-claims" }, ...claims.map((of) => of.item)),
    );
  }

  // What follows from the state

  function drawLine(of, row) {
    const at = (x) => `${x / 10}%`;
    const bar = ([low, value, high], y, kind) => [
      drawing("line", { class: kind, x1: at(low), x2: at(high), y1: y, y2: y }),
      drawing("circle", { class: kind, cx: at(value), cy: y, r: 4 }),
    ];
    const border = at(of.part.border);
    const drawn = [drawing("line", { class: "border", x1: border, x2: border, y1: 0, y2: 24 })];
    if (row !== of.part.own && of.part.own[3].length) drawn.push(...bar(of.part.own[3], 18, "book"));
    if (row && row[3].length) drawn.push(...bar(row[3], 8, "yours"));
    of.line.replaceChildren(...drawn);
  }

  function showPart(of, found) {
    const { part } = of;
    const row = found && found.row;
    of.text.textContent = row ? row[0] : "not computed";
    const cases = row ? `, ${plural(found.cases.toLocaleString("en"), "case", "cases")}` : "";
    const direction = row ? `; ${panel.directions[row[2]]} (${part.predicted})` : "";
    const book = !row || row[0] !== part.own[0] ? `. The book: ${part.own[0]}` : "";
    of.more.textContent = `${cases}${direction}${book}.`;
    drawLine(of, row);
  }

  function notesOn(claim, found) {
    const of = new Map(claim.choices.map((choice) => [choice.control, choice]));
    const instead = [...of.values()].map(({ control, instead: said }) => said[state[control]]);
    const idle = changed().filter((i) => !of.has(i)).map((i) => panel.controls[i].label.toLowerCase());
    const notes = instead.filter(Boolean);
    if (!found) notes.unshift("This combination was not computed.");
    if (idle.length) notes.push(`Does not apply here: ${idle.join("; ")}.`);
    return notes.join(" ");
  }

  function showClaim({ claim, item, chip, compared, parts, notes }, small) {
    const found = lookUp(claim, state);
    const book = panel.verdicts[bookVerdict(claim)];
    const verdict = found ? panel.verdicts[verdictOf(found)] : "not computed";
    const differs = verdict !== book;
    const look = found ? `verdict verdict-${verdict.replaceAll(" ", "-")}` : "assumptions-none";
    chip.className = look;
    chip.textContent = verdict;
    compared.textContent = differs ? `The book: ${book}` : "as in the book";
    item.classList.toggle("assumptions-differs", differs);
    parts.forEach((part, i) => showPart(part, found && found[i]));
    notes.textContent = notesOn(claim, found);
    const unseen = node("span", { className: "unseen" }, ` ${verdict}, ${differs ? `the book: ${book}` : "as in the book"}`);
    small.replaceChildren(node("span", { className: look }, claim.id, differs ? " ≠" : "", unseen));
    return differs ? `${claim.id}, ${verdict} instead of ${book}` : "";
  }

  function update() {
    const others = nodes.claims.map((of, i) => showClaim(of, nodes.chips[i])).filter(Boolean);
    const many = changed().length;
    const head = many ? "Your setting, not the book’s verdict." : "The book’s own choices.";
    const verdicts = others.length ? `Other verdicts: ${others.join("; ")}.` : "Every verdict is as in the book.";
    const more = many ? ` ${plural(many, "choice differs", "choices differ")} from the book’s.` : "";
    const rest = node("span", { className: "assumptions-others" }, many ? ` ${verdicts}` : "");
    nodes.said.replaceChildren(node("strong", {}, head), more, rest);
    nodes.controls.forEach(({ select, label }, i) => {
      select.value = String(state[i]);
      label.classList.toggle("assumptions-changed", isChanged(i));
    });
    nodes.address.field.value = `${location.href.split("#")[0]}${toAddress()}`;
    nodes.address.said.textContent = "";
    place.classList.toggle("assumptions-own", !many);
  }

  function set(setting, remember = true) {
    if (remember && sameSetting(setting, state)) return;
    state = setting;
    if (remember) window.history.pushState(null, "", toAddress());
    if (remember) nodes.left.hidden = true;
    update();
  }

  function change(i, option) {
    set(state.map((was, at) => (at === i ? option : was)));
  }

  function read() {
    const { setting, unknown } = fromAddress(location.hash);
    set(setting, false);
    nodes.left.hidden = !unknown;
    nodes.left.textContent = `The address asks for what this panel does not have (${plural(unknown, "part", "parts")} of it). That was left out.`;
  }

  // Opening

  async function open() {
    if (panel) return;
    const data = "_static/data/assumptions";
    await window.book.load(`${data}.js`);
    const known = window.book.take(KEY);
    await Promise.all(known.claims.map(({ id }) => window.book.load(`${data}-${id}.js`)));
    if (panel) return;
    panel = known;
    build();
    read();
  }

  async function openNow() {
    const button = place.querySelector("button");
    button.textContent = "Opening …";
    try {
      await open();
    } catch {
      button.textContent = "The panel could not be loaded. Try again";
      return false;
    }
    return true;
  }

  async function follow() {
    const back = panel && !location.hash; // to before the first choice
    if (!isMine(location.hash) && !back) return;
    if (panel) read();
    else if (await openNow()) document.getElementById(KEY).scrollIntoView({ behavior: "instant" });
  }

  const button = makeButton("Open the panel", async () => {
    if (await openNow()) nodes.controls[0].select.focus({ preventScroll: true });
  });
  place.replaceChildren(node("p", {}, button));
  window.addEventListener("popstate", follow);
  follow();
})();

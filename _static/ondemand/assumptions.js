// The panel of assumptions: a reader's setting, looked up in what the book computed beforehand.
(() => {
  "use strict";
  const S = window.bookSettings;
  const numbers = new Intl.NumberFormat("en");
  const SVG = "http://www.w3.org/2000/svg";
  const box = document.querySelector(".assumptions");
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

  // Only what is another text is written: a phone takes most of its time to lay out what changed.
  function write(into, text) {
    if (!into.firstChild) into.append("");
    if (into.firstChild.data !== text) into.firstChild.data = text;
  }

  const plural = (n, one, many) => `${numbers.format(n)} ${n === 1 ? one : many}`;
  const changed = () => S.changed(panel, state);
  const columns = (claim) => window.book.take(`${S.KEY}-${claim.id}`);
  const sameSetting = (one, two) => one.every((option, i) => option === two[i]);

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

  const at = (x) => `${x / 10}%`;

  // The border, and an interval with its estimate for the book and for the reader.
  function makeLine(border) {
    const line = drawing("svg", { class: "assumptions-line", "aria-hidden": "true" });
    line.append(drawing("line", { class: "border", x1: at(border), x2: at(border), y1: 0, y2: 24 }));
    const [book, yours] = [["book", 18], ["yours", 8]].map(([kind, y]) => {
      const bar = drawing("line", { class: kind, y1: y, y2: y });
      const dot = drawing("circle", { class: kind, cy: y, r: 4 });
      line.append(bar, dot);
      return { bar, dot };
    });
    return { line, book, yours };
  }

  function makePart(part) {
    const lines = makeLine(part.border);
    const text = node("strong");
    const more = node("span");
    const name = node("span", { className: "assumptions-name" }, `${part.name}: `);
    const box = node("div", {}, node("p", {}, name, text, more), lines.line);
    return { part, lines, text, more, box };
  }

  function makeClaim(claim) {
    const chip = node("span");
    const compared = node("span", { className: "assumptions-compared" });
    const parts = claim.parts.map(makePart);
    const most = node("p", { className: "assumptions-most" });
    if (claim.most) {
      const { control, explained } = claim.most;
      const to = makeButton(panel.controls[control].noun, () => nodes.controls[control].select.focus());
      most.append("What moves it most: ", to, ` (${explained} of the variation)`);
    }
    const notes = node("p", { className: "assumptions-notes" });
    const heading = node("h4", {}, node("span", {}, claim.id), ` ${claim.text}`);
    const item = node("li", {}, heading, node("p", {}, chip, " ", compared), ...parts.map((of) => of.box), notes, most);
    return { claim, item, chip, compared, parts, notes };
  }

  function makeChip({ id }) {
    const [differs, unseen] = [node("span"), node("span", { className: "unseen" })];
    const chip = node("span", {}, id, differs, unseen);
    return { item: node("li", {}, chip), chip, differs, unseen };
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
    const [head, many, others] = [
      node("strong"),
      node("span", { className: "assumptions-many" }),
      node("span", { className: "assumptions-others" }),
    ];
    const said = node("p", {}, head, many, others);
    said.setAttribute("role", "status");
    said.setAttribute("aria-live", "polite");
    const chips = panel.claims.map(makeChip);
    const back = makeButton("The book’s own choices", () => set(S.own(panel)));
    const line = node("div", {}, node("ol", {}, ...chips.map((of) => of.item)), back);
    const summary = node("div", { className: "assumptions-summary" }, said, line);
    const left = node("p", { className: "assumptions-left", hidden: true });
    const address = makeAddress();
    nodes = { controls, claims, head, many, others, chips, left, address };
    box.replaceChildren(
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

  function setPlaces(drawn, { bar, dot }) {
    const visibility = drawn ? "visible" : "hidden";
    for (const each of [bar, dot]) each.setAttribute("visibility", visibility);
    if (!drawn) return;
    bar.setAttribute("x1", at(drawn[0]));
    dot.setAttribute("cx", at(drawn[1]));
    bar.setAttribute("x2", at(drawn[2]));
  }

  function drawLine(of, row) {
    if (of.drawn === row) return;
    of.drawn = row;
    const placesOf = (one) => one && one[3].length && one[3];
    setPlaces(row !== of.part.own && placesOf(of.part.own), of.lines.book);
    setPlaces(placesOf(row), of.lines.yours);
  }

  function showPart(of, found) {
    const { part } = of;
    const row = found && found.row;
    write(of.text, row ? row[0] : "not computed");
    const [before, one, many] = part.counted;
    const cases = row ? `, ${before}${plural(found.cases, one, many)}` : "";
    const direction = row ? `; ${panel.directions[row[2]]} (${part.predicted})` : "";
    const book = !row || row[0] !== part.own[0] ? `. The book: ${part.own[0]}` : "";
    write(of.more, `${cases}${direction}${book}.`);
    drawLine(of, row);
  }

  function notesOn(claim, found) {
    const of = new Map(claim.choices.map((choice) => [choice.control, choice]));
    const instead = [...of.values()].map(({ control, instead: said }) => said[state[control]]);
    const idle = changed().filter((i) => !of.has(i)).map((i) => panel.controls[i].noun);
    const notes = [claim.reason, ...instead].filter(Boolean);
    if (!found) notes.unshift("This combination was not computed.");
    if (idle.length) notes.push(`Does not apply here: ${idle.join("; ")}.`);
    return notes.join(" ");
  }

  function showClaim({ claim, item, chip, compared, parts, notes }, small) {
    const found = S.lookUp(panel, claim, state, columns);
    const { chip: verdict, look: kind, beside, brief } = S.wordsOf(panel, claim, state, found);
    const look = kind ? `verdict verdict-${kind}` : "assumptions-none";
    const differs = brief !== "";
    if (chip.className !== look) chip.className = small.chip.className = look;
    write(chip, verdict);
    write(compared, `${beside}.`);
    item.classList.toggle("assumptions-differs", differs);
    parts.forEach((part, i) => showPart(part, found && found[i]));
    write(notes, notesOn(claim, found));
    write(small.differs, differs ? " ≠" : "");
    write(small.unseen, ` ${verdict}. ${beside}`);
    return differs ? `${claim.id}: ${brief}` : "";
  }

  function update() {
    const others = nodes.claims.map((of, i) => showClaim(of, nodes.chips[i])).filter(Boolean);
    const many = changed().length;
    const head = many ? "Your setting, not the book’s verdict." : "The book’s own choices.";
    const verdicts = others.length
      ? `What changes: ${others.join("; ")}.`
      : "No verdict changes, and no interval comes to include its border or to leave it out.";
    const more = many ? ` ${plural(many, "choice differs", "choices differ")} from the book’s.` : "";
    write(nodes.head, head);
    write(nodes.many, more);
    write(nodes.others, many ? ` ${verdicts}` : "");
    nodes.controls.forEach(({ select, label }, i) => {
      select.value = String(state[i]);
      label.classList.toggle("assumptions-changed", state[i] !== panel.controls[i].own);
    });
    nodes.address.field.value = `${location.href.split("#")[0]}${S.toAddress(panel, state)}`;
    nodes.address.said.textContent = "";
    box.classList.toggle("assumptions-own", !many);
  }

  function set(setting, remember = true) {
    if (remember && sameSetting(setting, state)) return;
    state = setting;
    if (remember) nodes.left.hidden = true;
    update();
    // Last, as it takes a browser longer than all the rest.
    const address = S.toAddress(panel, state);
    const keep = () => window.history.pushState(null, "", address);
    if (remember) requestAnimationFrame(() => setTimeout(keep));
  }

  function change(i, option) {
    set(state.map((was, at) => (at === i ? option : was)));
  }

  function read() {
    const { setting, unknown } = S.fromAddress(panel, location.hash);
    set(setting, false);
    nodes.left.hidden = !unknown;
    nodes.left.textContent = `The address asks for what this panel does not have (${plural(unknown, "part", "parts")} of it). That was left out.`;
  }

  // Opening

  async function open() {
    if (panel) return;
    const data = "_static/data/assumptions";
    await window.book.load(`${data}.js`);
    const known = window.book.take(S.KEY);
    await Promise.all(known.claims.map(({ id }) => window.book.load(`${data}-${id}.js`)));
    if (panel) return;
    panel = known;
    build();
    read();
  }

  async function openNow() {
    const button = box.querySelector("button");
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
    if (!S.isMine(location.hash) && !back) return;
    if (panel) read();
    else if (await openNow()) document.getElementById(S.KEY).scrollIntoView({ behavior: "instant" });
  }

  const button = makeButton("Open the panel", async () => {
    if (await openNow()) nodes.controls[0].select.focus({ preventScroll: true });
  });
  box.replaceChildren(node("p", {}, button));
  window.addEventListener("popstate", follow);
  follow();
})();

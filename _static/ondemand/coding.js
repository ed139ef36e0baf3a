// The page for human coders: draws a sample, shows its rows without codes, takes a coder's codes.
// Nothing leaves the browser; nothing stays in it without the coder's consent.
(() => {
  "use strict";
  const C = window.bookCodes;
  const K = window.bookKept;
  const { KEYS, button, makeHelp, makeOther, makeQuestion, makeRow, node, words } = window.bookDesk;
  const { parts, digest } = window.book.take("coding");
  const evidence = window.book.take("evidence");
  const place = document.querySelector(".coding");
  const USUAL = { seed: 1, size: 20 };
  const NAME = /^[a-z][a-z0-9_]{0,39}$/;
  let sample = null; // what, seed, size and the ids drawn
  let work = null; // answers, notes, name, and where the coder is: row and question
  let past = []; // earlier states, for undo
  let nodes = null; // what changes on the page

  const part = () => parts[sample.what];
  const id = () => sample.ids[work.row];
  const question = () => part().variables[work.question];
  const answer = (variable = question()) => C.answerOf(work.answers, id(), variable);

  // Keeping: in memory, and in the browser only where the coder said so

  function keep() {
    if (!work.kept) return;
    const { kept, ...rest } = work;
    if (K.write(K.name(digest, sample), rest)) return;
    work.kept = false; // storage is full, or forbidden
    showKept();
  }

  function consent(yes) {
    work.kept = yes;
    if (yes) keep();
    else K.remove(K.name(digest, sample));
    showKept();
  }

  // What is kept nowhere is not given up without asking.
  function mayLeave() {
    const some = work && [work.answers, work.notes].some((of) => Object.keys(of).length);
    return !some || work.kept || window.confirm("Draw another sample? The codes and notes of this one are kept nowhere, and will be lost.");
  }

  function drawAnother() {
    if (!mayLeave()) return;
    [work, past] = [null, []];
    begin(sample);
    goToForm();
  }

  function clearAll() {
    if (!window.confirm("Clear all codes and notes of this page, in this browser too?")) return;
    K.all().forEach(K.remove);
    [work, past] = [null, []];
    window.history.replaceState(null, "", window.location.pathname);
    begin(C.fromAddress("", parts, USUAL));
    goToForm();
  }

  function goToForm() {
    place.querySelector("input:checked").focus({ preventScroll: true });
    goToTop();
  }

  const goToTop = () => place.scrollIntoView({ behavior: "instant", block: "start" });

  // Drawing a sample

  function begin(asked) {
    const most = (what) => Object.keys(parts[what].strata).length;
    const kinds = Object.keys(parts).map((what) => {
      const box = node("input", { type: "radio", name: "part", value: what, checked: what === asked.what });
      return node("label", {}, box, `${what} (${most(what)})`);
    });
    const number = (name, text, value, max) => {
      const input = node("input", { type: "number", name, value, min: 1, max, step: 1, required: true });
      return { input, label: node("label", {}, text, input) };
    };
    const size = number("size", "How many rows", asked.size, most(asked.what));
    const seed = number("seed", "Number of the draw", asked.seed, 999999);
    const another = button("Another", () => {
      seed.input.value = 1 + (crypto.getRandomValues(new Uint32Array(1))[0] % 999999);
    });
    const start = node("button", { type: "submit", className: "coding-main" }, "Draw the sample");
    const what = node("fieldset", {}, node("legend", {}, "What to code"), ...kinds);
    what.addEventListener("change", ({ target }) => (size.input.max = most(target.value)));
    const draws = node("div", { className: "coding-line" }, size.label, seed.label, another);
    const form = node("form", { className: "coding-start" }, what, draws, start);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = new FormData(form);
      const hash = new URLSearchParams([...chosen].map(([name, value]) => [name, value])).toString();
      open(C.fromAddress(hash, parts, USUAL));
    });
    place.replaceChildren(...leftOut(asked), form, ...kept());
  }

  function leftOut({ what, size, left = [] }) {
    if (!left.length) return [];
    const most = Object.keys(parts[what].strata).length;
    return [node("p", { className: "coding-left" }, `This part of the address could not be used: ${left.join(", ")}. There are ${most} ${what} to draw from; here the sample has ${size}.`)];
  }

  function kept() {
    const keys = K.all();
    if (!keys.length) return [];
    const lines = keys.map((key) => {
      const { of, what, seed, size } = K.named(key);
      if (of !== digest || !parts[what]) return node("li", {}, `Codes for another version of the data (${of})`);
      return node("li", {}, button(`Go on with ${size} ${what}, draw ${seed}`, () => open({ what, seed, size })));
    });
    return [
      node("p", {}, "This browser keeps codes of yours:"),
      node("ul", { className: "coding-kept" }, ...lines),
      button("Clear everything", clearAll),
    ];
  }

  function open(asked) {
    const { what, seed, size } = asked;
    sample = { what, seed, size, ids: window.bookSample.draw(parts[what].strata, seed, size) };
    const found = K.read(K.name(digest, sample));
    work = { answers: {}, notes: {}, name: "", row: 0, question: 0, ...found, kept: Boolean(found) };
    work.row = Math.min(work.row, sample.ids.length - 1);
    work.question = Math.min(work.question, part().variables.length - 1);
    past = [];
    window.history.replaceState(null, "", C.toAddress(sample));
    build(leftOut(asked));
    show(true);
    nodes.row.querySelector("h2")?.focus({ preventScroll: true }); // the keys work from here
    goToTop();
  }

  // The page while coding

  function build(told) {
    const consentBox = node("input", { type: "checkbox", name: "consent", checked: work.kept });
    consentBox.addEventListener("change", () => consent(consentBox.checked));
    const name = node("input", { name: "coder", value: work.name, autocomplete: "off", autocapitalize: "none", spellcheck: false, maxLength: 40 });
    name.addEventListener("input", () => {
      const caret = name.selectionStart;
      name.value = name.value.toLowerCase();
      name.setSelectionRange(caret, caret);
      work.name = name.value.trim();
      keep();
      showDownload();
    });
    const note = node("textarea", { name: "note", rows: 2, dir: "auto", maxLength: 2000 });
    note.addEventListener("input", () => {
      if (note.value) work.notes[id()] = note.value;
      else delete work.notes[id()];
      keep();
      showDownload();
    });
    nodes = {
      consentBox, name, note,
      place: node("p", { className: "coding-place" }),
      bar: node("progress", { max: sample.ids.length, value: 0 }),
      kept: node("p", { className: "coding-quiet" }),
      row: node("article", { className: "coding-row" }),
      questions: node("div", { className: "coding-questions" }),
      said: node("p", { className: "coding-unseen" }),
      sum: node("p", {}),
      missing: node("p", { className: "coding-quiet" }),
      codes: node("button", { type: "submit", className: "coding-main" }, "Download the codes"),
      notes: button("Download the notes", () => save("notes")),
      help: makeHelp(),
    };
    nodes.bar.setAttribute("aria-label", "Rows done");
    nodes.said.setAttribute("role", "status");
    const steps = node(
      "div", { className: "coding-line" },
      button("Previous row", () => goToRow(work.row - 1)), button("Next row", () => goToRow(work.row + 1)),
      button("Undo", undo), button("Keys", toggleHelp),
    );
    const noteLabel = node("label", { className: "coding-note" }, "Note (not a code; exported apart)", note);
    const right = node("div", {}, nodes.questions, noteLabel, steps, nodes.help);
    const desk = node("section", { className: "coding-desk", tabIndex: -1 }, nodes.row, right);
    desk.setAttribute("aria-label", "Coding");
    desk.addEventListener("keydown", press);
    const form = node(
      "form", { className: "coding-end" },
      nodes.sum, node("label", {}, "Your name as a coder", name), nodes.missing,
      node("div", { className: "coding-line" }, nodes.codes, nodes.notes),
      node("div", { className: "coding-line" }, button("Draw another sample", drawAnother), button("Clear everything", clearAll)),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save("codes");
    });
    const ask = node("label", { className: "coding-consent" }, consentBox, "Keep my codes in this browser, so that I can go on later");
    const head = node("div", { className: "coding-head" }, nodes.place, nodes.bar);
    place.replaceChildren(...told, ask, nodes.kept, head, desk, form, nodes.said);
    showKept();
  }

  function showRow() {
    const wanted = id();
    window.bookRows.makeRows(sample.what, evidence[sample.what]).find(wanted, (record) => {
      if (wanted === id()) nodes.row.replaceChildren(...makeRow(part(), record));
    });
    nodes.note.value = work.notes[id()] || "";
  }

  function show(newRow) {
    if (newRow) showRow();
    const lines = part().variables.map((variable, place) => {
      const given = answer(variable);
      if (place !== work.question) return makeOther(variable, given, () => move(work.row, place));
      return makeQuestion(variable, given, (value) => choose(variable, value), () => step(1));
    });
    nodes.questions.replaceChildren(...lines);
    showCounts();
  }

  function showCounts() {
    const { done, codes, unsure } = C.count(work.answers, sample.ids, part().variables);
    nodes.place.textContent = `Row ${work.row + 1} of ${sample.ids.length} · ${done} done`;
    nodes.bar.value = done;
    nodes.sum.textContent = `${done} of ${sample.ids.length} rows done, ${codes} codes given, ${unsure} times “cannot tell”.`;
    showDownload(codes);
  }

  function showDownload(codes = C.count(work.answers, sample.ids, part().variables).codes) {
    const named = NAME.test(work.name) && work.name !== "consensus";
    nodes.codes.disabled = !named || !codes;
    nodes.notes.hidden = !Object.keys(work.notes).length;
    nodes.notes.disabled = !named;
    nodes.missing.textContent = named ? "" : "Small letters, digits and underscores, beginning with a letter; the data will call you so.";
  }

  function showKept() {
    nodes.consentBox.checked = work.kept;
    nodes.kept.textContent = work.kept
      ? "Kept in this browser until you clear it. Nothing is sent anywhere."
      : "Kept nowhere: your codes are lost when you leave this page, unless you tick the box or download them.";
  }

  // What a coder does

  function remember() {
    past.push(JSON.stringify({ answers: work.answers, row: work.row, question: work.question }));
    past = past.slice(-200);
  }

  function choose(variable, value) {
    remember();
    const of = (work.answers[id()] ||= {});
    work.saved = false;
    of[variable.name] = C.toggle(variable, answer(variable), value);
    if (!of[variable.name].length) delete of[variable.name];
    for (const box of nodes.questions.querySelectorAll("input")) box.checked = C.isChosen(answer(variable), box.value);
    nodes.said.textContent = `${variable.label}: ${words(variable, answer(variable)) || "nothing"}`;
    keep();
    showCounts();
  }

  function undo() {
    if (!past.length) return;
    const row = id();
    Object.assign(work, JSON.parse(past.pop()));
    keep();
    show(id() !== row);
    focusQuestion();
  }

  function move(row, question) {
    const other = row !== work.row;
    Object.assign(work, { row, question });
    keep();
    show(other);
    if (!other) return focusQuestion();
    nodes.said.textContent = nodes.place.textContent;
    nodes.row.querySelector("h2")?.focus({ preventScroll: true });
    goToTop();
  }

  // The whole question, below the bar at the top of the page.
  function focusQuestion() {
    const set = nodes.questions.querySelector("fieldset");
    set.focus({ preventScroll: true });
    const { top, bottom } = set.getBoundingClientRect();
    const bar = document.querySelector(".bar").offsetHeight;
    if (top < bar || bottom > window.innerHeight) set.scrollIntoView({ behavior: "instant", block: "start" });
  }

  const goToRow = (row) => row >= 0 && row < sample.ids.length && move(row, 0);

  function step(by) {
    const to = work.question + by;
    const last = part().variables.length - 1;
    if (to >= 0 && to <= last) return move(work.row, to);
    if (by < 0) return work.row > 0 && move(work.row - 1, last);
    return work.row < sample.ids.length - 1 ? move(work.row + 1, 0) : nodes.name.focus();
  }

  function save(what) {
    const lines = what === "codes"
      ? C.asLines(work.answers, sample.ids, part(), work.name)
      : C.notesAsLines(work.notes, sample.ids, part(), work.name);
    if (what === "codes") work.saved = true;
    window.bookCsv.save(`${what}_${work.name}_${digest}_seed${sample.seed}_n${sample.ids.length}.csv`, lines);
  }

  function toggleHelp() {
    nodes.help.hidden = !nodes.help.hidden;
  }

  function pressValue(key) {
    const variable = question();
    const value = key === "0" ? (variable.optional ? C.NONE : C.UNSURE) : variable.values[KEYS.indexOf(key)]?.value;
    if (value === undefined) return false;
    choose(variable, value);
    const alone = value === C.UNSURE || value === C.NONE;
    if (C.isChosen(answer(), value) && (!variable.multiple || alone)) step(1);
    return true;
  }

  function press(event) {
    const { key, target } = event;
    if (target.matches("textarea") && key === "Escape") focusQuestion();
    if (event.ctrlKey || event.altKey || event.metaKey || target.matches("textarea")) return;
    const acts = { ArrowRight: () => step(1), ArrowLeft: () => step(-1), u: undo, n: () => nodes.note.focus(), "?": toggleHelp };
    if (!target.matches("button, a")) acts.Enter = () => step(1);
    if (Object.hasOwn(acts, key)) acts[key]();
    else if (key === "0" || (key.length === 1 && KEYS.includes(key))) pressValue(key);
    else return;
    event.preventDefault();
  }

  window.addEventListener("beforeunload", (event) => {
    if (work && !work.kept && !work.saved && Object.keys(work.answers).length) event.preventDefault();
  });
  const asked = C.fromAddress(window.location.hash, parts, USUAL);
  if (asked.asked) open(asked);
  else begin(asked);
  window.addEventListener("hashchange", () => {
    const again = C.fromAddress(window.location.hash, parts, USUAL);
    if (again.asked && (!sample || C.toAddress(again) !== C.toAddress(sample))) {
      if (mayLeave()) open(again);
      else window.history.replaceState(null, "", C.toAddress(sample));
    }
  });
})();

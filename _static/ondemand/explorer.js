// The explorer: search, filters, counts, years, cards, the address and the download.
(() => {
  "use strict";
  const R = window.bookRecords;
  const views = window.book.take("evidence");
  const stores = Object.fromEntries(Object.entries(views).map(([key, of]) => [key, window.bookRows.makeRows(key, of)]));
  const place = document.querySelector(".explorer");
  const STEP = 20; // cards at a time
  // Years beside each other that still can be hit: with a finger on a phone, on a wider page.
  const MOST_BUTTONS = matchMedia("(min-width: 60rem)").matches ? 24 : 14;
  let name = "";
  let state = null;
  let parts = null; // the nodes of the current view that change
  let many = STEP;
  let started = false; // whether the page has shown what it was opened with
  let typing = false; // whether the newest entry of the history is still being typed

  function node(tag, attributes = {}, ...children) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  }

  function linkTo(text, href) {
    const target = href && window.book.link(href);
    return target ? node("a", { href: target, dir: "auto" }, text) : node("span", { dir: "auto" }, text);
  }

  // Several texts, each of which keeps its own direction.
  const apart = (texts) => texts.flatMap((text, i) => [i ? "; " : "", node("bdi", {}, text)]);

  const view = () => views[name];
  const store = () => stores[name];
  const named = (of) => of.noun[0].toUpperCase() + of.noun.slice(1);
  const labelOf = (facet, value) => (facet.values.find(([v]) => v === value) || [value, value])[1];

  // Parts of the page that are made once for each view

  function makeTabs() {
    const buttons = Object.entries(views).map(([key, of]) => {
      const text = `${named(of)} (${stores[key].count})`;
      const button = node("button", { type: "button", className: "explorer-tab" }, text);
      button.setAttribute("aria-pressed", String(key === name));
      button.addEventListener("click", () => {
        if (key === name) return;
        stores[key].whenHere(stores[key].needed.filters(), () => {
          open(key, { query: "", from: 0, to: 0, facets: {} });
          remember(false);
          place.querySelector(".explorer-tab[aria-pressed=true]").focus();
        });
      });
      return button;
    });
    const group = node("div", { className: "explorer-tabs" }, ...buttons);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "What to explore");
    return group;
  }

  function makeFacet(facet) {
    const boxes = new Map();
    const lines = facet.values.map(([value, label]) => {
      const box = node("input", { type: "checkbox", name: facet.name, value });
      const count = node("span", { className: "explorer-count" });
      boxes.set(value, { box, count });
      box.addEventListener("change", () => {
        const checked = [...boxes].filter(([, of]) => of.box.checked).map(([v]) => v);
        change({ facets: { ...state.facets, [facet.name]: checked } });
      });
      return node("label", {}, box, node("span", {}, label), count);
    });
    const number = node("span", { className: "explorer-chosen" });
    const legend = node("legend", {}, facet.label);
    const summary = node("summary", {}, facet.label, number);
    const details = node("details", { className: "explorer-facet" }, summary, node("fieldset", {}, legend, ...lines));
    return { facet, boxes, number, details };
  }

  function makeYear(edge, label) {
    const options = [node("option", { value: "" }, "any")];
    for (let year = view().years[0]; year <= view().years[1]; year += 1) {
      options.push(node("option", { value: String(year) }, String(year)));
    }
    const select = node("select", { name: edge }, ...options);
    select.addEventListener("change", () => change({ [edge]: Number(select.value) }));
    return { select, label: node("label", {}, label, select) };
  }

  // Bars that are wide enough for a finger are buttons; others are a picture of the counts.
  function makeBars() {
    const [first, last] = view().years;
    const pressable = last - first < MOST_BUTTONS;
    const bars = new Map();
    for (let year = first; year <= last; year += 1) {
      const bar = node("span", { className: "explorer-bar" });
      const label = node("span", { className: "explorer-year" }, `’${String(year).slice(2)}`);
      label.setAttribute("aria-hidden", "true");
      const column = pressable ? makeButton("", () => toggleYear(year)) : node("div");
      column.append(bar, label);
      bars.set(year, { bar, column });
    }
    const columns = [...bars.values()].map((of) => of.column);
    const group = node("div", { className: "explorer-bars" }, ...columns);
    group.setAttribute("role", pressable ? "group" : "img");
    group.setAttribute("aria-label", view().bars);
    return { bars, group, pressable };
  }

  function toggleYear(year) {
    const alone = state.from === year && state.to === year;
    change(alone ? { from: 0, to: 0 } : { from: year, to: year });
  }

  function makeButton(text, act) {
    const button = node("button", { type: "button" }, text);
    button.addEventListener("click", act);
    return button;
  }

  function build() {
    const query = node("input", { type: "search", name: "q", autocomplete: "off", placeholder: "Names, places, words" });
    query.addEventListener("input", () => change({ query: query.value }, true));
    query.addEventListener("change", () => (typing = false));
    const facets = view().facets.filter((facet) => !facet.hidden).map(makeFacet);
    const [from, to] = [makeYear("from", "From"), makeYear("to", "to")];
    const bars = makeBars();
    const status = node("p", { className: "explorer-status" });
    status.setAttribute("role", "status");
    const clear = makeButton("Clear filters", () => {
      change({ query: "", from: 0, to: 0, facets: {} });
      parts.query.focus();
    });
    const more = makeButton("Show more", showMore);
    more.className = "explorer-more";
    const chips = node("div", { className: "explorer-chips" });
    const cards = node("ol", { className: "explorer-cards" });
    const years = node("div", { className: "explorer-years" }, node("span", {}, "Years"), from.label, to.label);
    const filters = node("details", { className: "explorer-filters" }, node("summary", {}, "Filters"), years, ...facets.map((f) => f.details));
    filters.open = window.matchMedia("(min-width: 60rem)").matches;
    const form = node("form", { className: "explorer-form" }, node("label", { className: "explorer-query" }, `Search ${view().noun}`, query), filters);
    form.addEventListener("submit", (event) => event.preventDefault());
    const tools = node("div", { className: "explorer-tools" }, status, clear, makeButton("Download as CSV", download));
    const caption = node("p", { className: "explorer-caption" }, `${view().bars}.${bars.pressable ? " Choose a year to filter by it." : ""}`);
    const heading = node("h2", { className: "explorer-unseen", tabIndex: -1 }, `${named(view())} found`);
    const shown = [heading, tools, chips, bars.group, caption, cards, more];
    const results = node("div", { className: "explorer-results" }, ...shown);
    place.replaceChildren(makeTabs(), node("div", { className: "explorer-body" }, form, results));
    parts = { of: name, heading, query, facets, from, to, bars, results, status, clear, more, chips, cards };
  }

  // One record

  function makeCard(record) {
    const { title, text: words, facts, facets } = view();
    const span = record.span.length ? [...new Set(record.span)].join("–") : "year not known";
    const quiet = node("p", { className: "explorer-meta" }, ...years(record, span));
    const tags = node("p", { className: "explorer-tags" });
    for (const facet of facets.filter((f) => f.card)) {
      const has = record.has[facet.name].filter((value) => value !== "inside");
      const said = has.map((value) => labelOf(facet, value)).join(", ");
      if (said) tags.append(node("span", {}, `${facet.label}: `, node("bdi", {}, said)));
    }
    const list = node("dl");
    for (const [column, label] of facts) {
      if (record.row[column]) list.append(node("dt", {}, label), node("dd", {}, ...apart(record.row[column].split(" | "))));
    }
    const sources = record.links.map(([name, url]) => node("li", {}, linkTo(name, url)));
    list.append(node("dt", {}, sources.length === 1 ? "Source" : "Sources"), node("dd", {}, node("ul", {}, ...sources)));
    const heading = node("h2", {}, linkTo(record.row[title], record.href));
    const text = node("p", { className: "explorer-text", dir: "auto" }, record.row[words]);
    // A phone shows what it is, and the rest on demand.
    const rest = node("details", { className: "explorer-rest" }, node("summary", {}, "More"), tags, list);
    rest.open = !matchMedia("(max-width: 30rem)").matches;
    return node("li", {}, node("article", {}, heading, quiet, text, rest));
  }

  function years(record, span) {
    const { row } = record;
    if (name !== "initiatives") return [...apart([row.title]), `, ${span}`];
    const went = row.end_status.startsWith("ongoing_after_") && `went on after ${row.end_status.slice(-4)}`;
    const start = row.start_year || "start not known";
    if (went || !row.end_year) return [`${start}, ${went || "end not known"}`];
    if (!row.start_year) return [`${start}, until ${row.end_year}`];
    return [row.start_year === row.end_year ? `${start}` : `${start}–${row.end_year}`];
  }

  // What follows from the state

  function found() {
    if (!state.query.trim()) return null;
    return store().search(state.query);
  }

  // What is asked for may come after the reader has chosen something else.
  function whenHere(needed, act) {
    const [of, at] = [parts, state];
    store().whenHere(needed, () => of === parts && at === state && act());
  }

  const update = (then = () => {}) => whenHere(store().needed.words(state.query), () => showFound(then));

  function showFound(then) {
    const hits = found();
    const rank = hits && new Map(hits.ids.map((place, i) => [place, i]));
    const selected = R.select(view(), state, rank);
    const rows = hits ? selected.rows.slice().sort((a, b) => rank.get(a) - rank.get(b)) : selected.rows;
    parts.rows = rows;
    const near = hits && hits.near && rows.length ? ", by similar words: none has these" : "";
    parts.status.textContent = `${rows.length} of ${store().count} ${view().noun}${near}`;
    for (const of of parts.facets) showCounts(of, R.countValues(view(), selected, of.facet));
    showBars(R.countYears(view(), selected));
    showChips();
    showCards(then);
  }

  function showCounts({ facet, boxes, number }, counts) {
    const values = state.facets[facet.name] || [];
    for (const [value, { box, count }] of boxes) {
      box.checked = values.includes(value);
      count.textContent = counts.get(value);
      box.closest("label").classList.toggle("explorer-none", !counts.get(value));
    }
    number.textContent = values.length ? String(values.length) : "";
  }

  function showBars(counts) {
    const most = Math.max(1, ...counts.values());
    const chosen = state.from || state.to;
    for (const [year, { bar, column }] of parts.bars.bars) {
      const n = counts.get(year);
      const inside = (!state.from || year >= state.from) && (!state.to || year <= state.to);
      bar.style.height = `${(100 * n) / most}%`;
      column.title = `${year}: ${n}`;
      column.classList.toggle("explorer-in", Boolean(chosen && inside));
      if (!parts.bars.pressable) continue;
      column.setAttribute("aria-label", `${year}: ${n} ${view().noun}`);
      column.setAttribute("aria-pressed", String(Boolean(chosen && inside)));
    }
    parts.query.value = state.query;
    parts.from.select.value = state.from ? String(state.from) : "";
    parts.to.select.value = state.to ? String(state.to) : "";
  }

  function showChips() {
    const chips = view().facets.flatMap((facet) =>
      (state.facets[facet.name] || []).map((value) => {
        const without = state.facets[facet.name].filter((v) => v !== value);
        const chip = makeButton(`${facet.label}: ${labelOf(facet, value)} ×`, () => {
          change({ facets: { ...state.facets, [facet.name]: without } });
          parts.query.focus();
        });
        chip.setAttribute("aria-label", `Remove ${facet.label}: ${labelOf(facet, value)}`);
        return chip;
      }),
    );
    parts.chips.replaceChildren(...chips);
    parts.clear.disabled = !chips.length && !state.query && !state.from && !state.to;
  }

  function showCards(then) {
    const none = node("li", {}, "Nothing fits all of this. Take away a filter or a word.");
    const rows = parts.rows.slice(0, many);
    whenHere(store().needed.records(rows), () => {
      const cards = rows.map((i) => makeCard(store().record(i)));
      parts.cards.replaceChildren(...(cards.length ? cards : [none]));
      parts.more.hidden = many >= parts.rows.length;
      then();
    });
  }

  function showMore() {
    const next = many;
    const rows = parts.rows.slice(next, next + STEP);
    whenHere(store().needed.records(rows), () => {
      if (many !== next) return; // pressed twice
      many += STEP;
      parts.cards.append(...rows.map((i) => makeCard(store().record(i))));
      parts.more.hidden = many >= parts.rows.length;
      const link = parts.cards.children[next].querySelector("a");
      if (link) link.focus();
      keepPlace();
    });
  }

  function download() {
    const { rows } = parts;
    whenHere(store().needed.records(rows), () => {
      window.bookCsv.save(`${name}.csv`, R.asLines(view(), rows.map(store().record)));
    });
  }

  // The state and the address

  // Back undoes what was chosen: each choice is an entry of the history, a typed query one in all.
  function remember(typed) {
    const address = R.toAddress(name, view(), state);
    if (typed && typing) window.history.replaceState(null, "", address);
    else window.history.pushState(null, "", address);
    typing = typed;
  }

  function change(changed, typed = false) {
    state = { ...state, ...changed };
    many = STEP;
    remember(typed);
    update();
  }

  function open(wanted, next) {
    [name, state, many] = [wanted, next, STEP];
    store().prepare();
    build();
    update();
  }

  // Back from an entry leads to where it was opened: as many cards, and the same place.
  function keepPlace() {
    window.history.replaceState({ many, top: window.scrollY }, "");
  }

  function read() {
    const asked = stores[R.viewOf(window.location.hash, views)];
    asked.whenHere(asked.needed.filters(), () => {
      asked.prepare();
      show();
    });
  }

  function show() {
    const asked = R.fromAddress(window.location.hash, views);
    const left = window.history.state;
    typing = false;
    [name, state] = [asked.name, asked.state];
    many = Math.max(STEP, left?.many ?? 0);
    if (!parts || parts.of !== name) build();
    update(() => {
      if (left) window.scrollTo({ top: left.top, behavior: "instant" });
      else if (!started && window.location.hash.includes("=")) goToFound();
      started = true;
    });
  }

  // An address that chooses rows, as behind a number, leads to them when one arrives.
  function goToFound() {
    parts.heading.focus({ preventScroll: true });
    parts.results.scrollIntoView({ behavior: "instant", block: "start" });
  }

  let waiting = 0;
  window.addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keepPlace, 300);
  }, { passive: true });
  place.addEventListener("click", (event) => event.target.closest("a") && keepPlace(), { capture: true });
  // Places on the page have addresses as well, which say nothing about what is chosen.
  window.addEventListener("popstate", () => {
    if (!window.location.hash || window.location.hash.includes("=")) read();
  });
  window.history.scrollRestoration = "manual";
  read();
})();

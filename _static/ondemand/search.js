// On the search page: initiatives, people and themes, each with a link to its place in the book.
(() => {
  "use strict";
  const R = window.bookRecords;
  const { initiatives, statements } = window.book.take("evidence");
  const MOST = 8; // of a kind
  const EXPLORER = "chapters/explorer.html";
  const query = (new URLSearchParams(window.location.search).get("q") || "").trim();

  function node(tag, attributes = {}, ...children) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  }

  const explore = (parts) => `${EXPLORER}#${new URLSearchParams(parts)}`;
  const count = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

  function entry(id, title, href, about) {
    return { id, href, about, row: { title }, links: [] };
  }

  // One entry for each value that some records have.
  function grouped(key, facet, more) {
    const n = new Map();
    for (const record of statements.records) {
      for (const value of record.has[facet]) n.set(value, (n.get(value) || 0) + 1);
    }
    return [...n].map(([value, many]) => {
      const href = explore({ show: "statements", [facet]: value });
      return entry(`${key}-${value}`, more(value), href, count(many, "statement"));
    });
  }

  function find(entries) {
    const index = R.makeIndex(entries, "title");
    const byId = new Map(entries.map((one) => [one.id, one]));
    return R.search(index, query).ids.map((id) => byId.get(id));
  }

  function section(title, found, all) {
    const lines = found.slice(0, MOST).map((one) => {
      const link = node("a", { href: window.book.link(one.href) }, one.row.title || one.row.name);
      return node("li", {}, link, one.about ? node("span", {}, ` ${one.about}`) : "");
    });
    const nodes = [node("h3", {}, title), node("ul", {}, ...lines)];
    if (found.length > MOST && all) {
      nodes.push(node("p", {}, node("a", { href: window.book.link(all) }, `All ${found.length} in the explorer`)));
    }
    return nodes;
  }

  function show() {
    const themes = new Map(statements.facets.find((facet) => facet.name === "theme").values);
    const years = (record) => [...new Set(record.span)].join("–") || "year not known";
    const index = R.makeIndex(initiatives.records, initiatives.title);
    const byId = new Map(initiatives.records.map((record) => [record.id, record]));
    const named = R.search(index, query).ids.map((id) => byId.get(id));
    const kinds = [
      ["Initiatives", named.map((r) => ({ ...r, about: years(r) })), explore({ show: "initiatives", q: query })],
      ["People", find(grouped("person", "speaker", (value) => value)), explore({ show: "statements", q: query })],
      ["Themes", find(grouped("theme", "theme", (value) => themes.get(value))), ""],
    ];
    const found = kinds.filter(([, entries]) => entries.length);
    const heading = node("h2", {}, found.length ? "In the evidence" : "Nothing in the evidence has these words");
    const box = node("section", { className: "found" }, heading, ...found.flatMap((kind) => section(...kind)));
    const results = document.querySelector("#search-results");
    results.before(box, node("h2", {}, "In the text"));
  }

  if (query) show();
})();

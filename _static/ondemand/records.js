// Searching and filtering records: no page, no state, only functions of what they are given.
(() => {
  "use strict";
  const tokenize = window.bookFold.words;

  // Every word of the query must begin a word of the record. Ranks by where and how often.
  function makeIndex(records, titleColumn) {
    const index = new window.bookMiniSearch({
      fields: ["title", "text"],
      tokenize,
      processTerm: (term) => term,
      searchOptions: { boost: { title: 4 }, combineWith: "AND", prefix: true },
    });
    const textOf = (record) => [...Object.values(record.row), ...record.links.map(([text]) => text)];
    index.addAll(
      records.map((record) => ({
        id: record.id,
        title: String(record.row[titleColumn] || ""),
        text: textOf(record).join(" "),
      })),
    );
    return index;
  }

  // Where no record has all the words, those with nearly the same words, and `near` says so.
  function search(index, query) {
    const ranked = (options) => index.search(query, options).map((hit) => hit.id);
    const exact = ranked({});
    if (exact.length || !tokenize(query).length) return { ids: exact, near: false };
    return { ids: ranked({ fuzzy: (term) => (term.length > 4 ? 0.25 : false) }), near: true };
  }

  const chosen = (state, facet) => state.facets[facet.name] || [];
  const hasAny = (record, facet, values) =>
    !values.length || values.some((value) => record.has[facet.name].includes(value));

  function inYears(record, { from, to }) {
    if (!from && !to) return true;
    const [first, last] = record.span;
    return record.span.length > 0 && first <= (to || Infinity) && last >= (from || -Infinity);
  }

  // Values of one facet are alternatives; facets, years and words must all fit.
  function select(view, state, found, without = null) {
    return view.records.filter(
      (record) =>
        (!found || found.has(record.id)) &&
        (without === "years" || inYears(record, state)) &&
        view.facets.every((f) => f.name === without || hasAny(record, f, chosen(state, f))),
    );
  }

  // How many records each value of a facet would show, given all other filters.
  function countValues(view, state, found, facet) {
    const counts = new Map(facet.values.map(([value]) => [value, 0]));
    for (const record of select(view, state, found, facet.name)) {
      for (const value of record.has[facet.name]) counts.set(value, counts.get(value) + 1);
    }
    return counts;
  }

  function countYears(view, state, found) {
    const [first, last] = view.years;
    const counts = new Map();
    for (let year = first; year <= last; year += 1) counts.set(year, 0);
    for (const { span } of select(view, state, found, "years")) {
      for (let year = span[0]; year <= span[1]; year += 1) {
        if (counts.has(year)) counts.set(year, counts.get(year) + 1);
      }
    }
    return counts;
  }

  function toAddress(name, view, state) {
    const parts = new URLSearchParams();
    parts.set("show", name);
    if (state.query) parts.set("q", state.query);
    for (const edge of ["from", "to"]) if (state[edge]) parts.set(edge, state[edge]);
    for (const facet of view.facets) for (const v of chosen(state, facet)) parts.append(facet.name, v);
    return `#${parts}`;
  }

  // What an address asks for that the data do not have is left out.
  function fromAddress(hash, views) {
    const parts = new URLSearchParams(hash.replace(/^#/, ""));
    const name = Object.hasOwn(views, parts.get("show")) ? parts.get("show") : Object.keys(views)[0];
    const view = views[name];
    const state = { query: parts.get("q") || "", from: year("from"), to: year("to"), facets: {} };
    function year(edge) {
      const value = Number(parts.get(edge));
      return Number.isInteger(value) && value >= view.years[0] && value <= view.years[1] ? value : 0;
    }
    for (const facet of view.facets) {
      const known = facet.hidden
        ? new Set(view.records.flatMap((record) => record.has[facet.name]))
        : new Set(facet.values.map(([value]) => value));
      const values = parts.getAll(facet.name).filter((value) => known.has(value));
      if (values.length) state.facets[facet.name] = [...new Set(values)];
    }
    return { name, state };
  }

  function asLines(view, records) {
    const columns = [...new Set(view.records.flatMap((record) => Object.keys(record.row)))];
    const facets = view.facets.map((facet) => facet.name).filter((name) => !columns.includes(name));
    const rows = records.map((record) => [
      record.id,
      ...columns.map((name) => record.row[name]),
      ...facets.map((name) => record.has[name].join(" | ")),
      record.links.map(([, url]) => url).filter(Boolean).join(" | "),
    ]);
    return [["id", ...columns, ...facets, "urls"], ...rows];
  }

  window.bookRecords = { asLines, countValues, countYears, fromAddress, makeIndex, search, select, toAddress };
})();

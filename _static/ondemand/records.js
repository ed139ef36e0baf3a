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
      records.map((record, i) => ({
        id: i,
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

  // Of all records in order: first and last year, 0 where none is known, and the place of their
  // values of each facet among the `sets` of values that occur.
  function makeColumns(view) {
    const facets = {};
    for (const { name } of view.facets) {
      const places = new Map();
      const of = view.records.map(({ has }) => {
        const key = JSON.stringify(has[name]);
        if (!places.has(key)) places.set(key, places.size);
        return places.get(key);
      });
      facets[name] = { sets: [...places.keys()].map((key) => JSON.parse(key)), of };
    }
    const [first, last] = [0, 1].map((edge) => view.records.map(({ span }) => span[edge] || 0));
    return { facets, first, last };
  }

  // Values of one facet are alternatives; facets, years and words must all fit. Returns the places
  // of the records that do, and by each facet, and the years, of those that fit but for it.
  function select(view, state, found) {
    const { facets, first, last } = view.columns;
    const tests = view.facets.filter((facet) => chosen(state, facet).length).map((facet) => {
      const fits = (values) => chosen(state, facet).some((value) => values.includes(value));
      return { name: facet.name, fits: facets[facet.name].sets.map(fits), of: facets[facet.name].of };
    });
    const [from, to] = [state.from || -Infinity, state.to || Infinity];
    const anyYear = !state.from && !state.to;
    const rows = [];
    const but = new Map([...tests.map(({ name }) => [name, []]), ["years", []]]);
    for (let i = 0; i < first.length; i += 1) {
      if (found && !found.has(i)) continue;
      const inYears = anyYear || (first[i] && first[i] <= to && last[i] >= from);
      let missed = inYears ? 0 : 1;
      let by = "years";
      for (const { name, fits, of } of tests) {
        if (fits[of[i]]) continue;
        missed += 1;
        by = name;
      }
      if (!missed) rows.push(i);
      else if (missed === 1) but.get(by).push(i);
    }
    return { rows, but };
  }

  const withoutOne = ({ rows, but }, name) => [rows, but.get(name) || []];

  // How many records each value of a facet would show, given all other filters.
  function countValues(view, selected, facet) {
    const { sets, of } = view.columns.facets[facet.name];
    const times = new Uint32Array(sets.length);
    for (const rows of withoutOne(selected, facet.name)) for (const i of rows) times[of[i]] += 1;
    const counts = new Map(facet.values.map(([value]) => [value, 0]));
    sets.forEach((values, place) => {
      for (const value of values) counts.set(value, counts.get(value) + times[place]);
    });
    return counts;
  }

  function countYears(view, selected) {
    const { first, last } = view.columns;
    const [from, to] = view.years;
    const changes = new Int32Array(Math.max(0, to - from) + 2); // those that begin, less those that ended
    for (const rows of withoutOne(selected, "years")) {
      for (const i of rows) {
        if (!first[i] || last[i] < from || first[i] > to) continue;
        changes[Math.max(first[i], from) - from] += 1;
        changes[Math.min(last[i], to) - from + 1] -= 1;
      }
    }
    const counts = new Map();
    for (let year = from, n = 0; year <= to; year += 1) counts.set(year, (n += changes[year - from]));
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

  const inAddress = (hash) => new URLSearchParams(hash.replace(/^#/, ""));

  function viewOf(hash, views) {
    const asked = inAddress(hash).get("show");
    return Object.hasOwn(views, asked) ? asked : Object.keys(views)[0];
  }

  // What an address asks for that the data do not have is left out.
  function fromAddress(hash, views) {
    const parts = inAddress(hash);
    const name = viewOf(hash, views);
    const view = views[name];
    const state = { query: parts.get("q") || "", from: year("from"), to: year("to"), facets: {} };
    function year(edge) {
      const value = Number(parts.get(edge));
      return Number.isInteger(value) && value >= view.years[0] && value <= view.years[1] ? value : 0;
    }
    for (const facet of view.facets) {
      const known = facet.hidden
        ? new Set(view.columns.facets[facet.name].sets.flat())
        : new Set(facet.values.map(([value]) => value));
      const values = parts.getAll(facet.name).filter((value) => known.has(value));
      if (values.length) state.facets[facet.name] = [...new Set(values)];
    }
    return { name, state };
  }

  function asLines(view, records) {
    const columns = view.columnNames || [...new Set(view.records.flatMap((record) => Object.keys(record.row)))];
    const facets = view.facets.map((facet) => facet.name).filter((name) => !columns.includes(name));
    const rows = records.map((record) => [
      record.id,
      ...columns.map((name) => record.row[name]),
      ...facets.map((name) => record.has[name].join(" | ")),
      record.links.map(([, url]) => url).filter(Boolean).join(" | "),
    ]);
    return [["id", ...columns, ...facets, "urls"], ...rows];
  }

  window.bookRecords = {
    asLines, countValues, countYears, fromAddress, makeColumns, makeIndex, search, select, toAddress, viewOf,
  };
})();

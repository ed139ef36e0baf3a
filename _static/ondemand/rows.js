// Where the records of a view are: in the view, or, where there are many, in scripts of their own
// that are asked for when a reader needs them (tracktwo/book/site/live_parts.py writes them).
(() => {
  "use strict";
  const tokenize = (text) => window.bookFold.words(text);
  const AT_ONCE = 16; // scripts that are asked for together

  function makeRows(name, view) {
    const part = (what) => window.book.take(`evidence-${name}-${what}`);
    let index = null; // of the words, where the records are in the view

    async function load(parts) {
      const files = parts.filter((what) => !part(what)).map((what) => `_static/data/evidence-${name}-${what}.js`);
      for (let i = 0; i < files.length; i += AT_ONCE) await Promise.all(files.slice(i, i + AT_ONCE).map(window.book.load));
    }

    const lettersOf = (query) => {
      const first = tokenize(query).map((word) => (/^[a-z0-9]/.test(word) ? word[0] : "other"));
      return [...new Set(first)].filter((letter) => view.letters.includes(letter));
    };
    const script = (i) => `rows-${Math.floor(i / view.size)}`;
    const told = (i) => part(script(i))[i % view.size];

    /** Return which scripts hold the filters, the words of a query, the records at some places. */
    const needed = {
      filters: () => (view.records ? [] : ["index"]),
      words: (query) => (view.records ? [] : lettersOf(query).map((letter) => `words-${letter}`)),
      records: (places) => (view.records ? [] : [...new Set(places.map(script))]),
    };

    // At once where all is here, so that nothing on the page moves later.
    function whenHere(parts, act) {
      if (parts.every(part)) act();
      else load(parts).then(act);
    }

    function prepare() {
      view.columns ??= view.records ? window.bookRecords.makeColumns(view) : part("index");
    }

    function record(i) {
      if (view.records) return view.records[i];
      const { facets, first, last } = view.columns;
      const has = Object.fromEntries(Object.entries(facets).map(([facet, { sets, of }]) => [facet, sets[of[i]]]));
      return { ...told(i), has, span: first[i] ? [first[i], last[i]] : [] };
    }

    // What is told of a record, by its id.
    function find(id, act) {
      if (view.records) {
        act(view.records.find((record) => record.id === id));
        return;
      }
      whenHere(["ids"], () => {
        const i = part("ids").indexOf(id);
        whenHere([script(i)], () => act(told(i)));
      });
    }

    // In how many ways each record has a word that begins so: in its text, in its title as well.
    function having(word) {
      const found = new Map();
      const words = part(`words-${lettersOf(word)[0]}`) || {};
      for (const known of Object.keys(words)) {
        if (!known.startsWith(word)) continue;
        words[known].forEach((steps, where) => {
          let i = 0;
          for (const step of steps) found.set((i += step), where ? found.get(i) || 1 : 2);
        });
      }
      return found;
    }

    // Every word of the query must begin a word of the record. Ranks by how many its title has.
    function searchParts(query) {
      const [one, ...others] = [...new Set(tokenize(query))].map(having);
      let hits = [...(one || [])];
      for (const found of others) hits = hits.flatMap(([i, n]) => (found.has(i) ? [[i, n + found.get(i)]] : []));
      return { ids: hits.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([i]) => i), near: false };
    }

    function search(query) {
      if (!view.records) return searchParts(query);
      index ??= window.bookRecords.makeIndex(view.records, view.title);
      return window.bookRecords.search(index, query);
    }

    return { count: view.records ? view.records.length : view.count, find, needed, prepare, record, search, whenHere };
  }

  window.bookRows = { makeRows };
})();

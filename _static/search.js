// Search over every section, figure, initiative and statement of the book, in the page itself:
// the index is a script, so that it works from a folder as well.
(() => {
  const SHOWN = 60; // results on the page
  const AROUND = 110; // characters of text on each side of what was found

  const { fold, words: tokenize } = window.bookFold;
  const field = document.getElementById("query");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");

  const pieces = window.bookSearch.map((piece, id) => ({ id, ...piece }));
  const index = new window.bookMiniSearch({
    fields: ["t", "x"],
    tokenize,
    processTerm: (term) => term,
    searchOptions: {
      boost: { t: 4 },
      combineWith: "AND",
      prefix: true,
      fuzzy: (term) => (term.length > 5 ? 0.15 : false),
    },
  });
  index.addAll(pieces);

  function element(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  /** Return a paragraph with the part of `text` where a word of `words` stands, marked. */
  function excerpt(text, words) {
    const paragraph = document.createElement("p");
    // A letter may fold to two or none: `folded` is where each begins in the folded text.
    const letters = [...text];
    const folded = [0];
    for (const letter of letters) folded.push(folded[folded.length - 1] + fold(letter).length);
    const whole = letters.map(fold).join("");
    const places = words.map((word) => whole.indexOf(word)).filter((place) => place >= 0);
    const first = places.length ? folded.findLastIndex((place) => place <= Math.min(...places)) : 0;
    const start = Math.max(0, first - AROUND);
    const end = Math.min(letters.length, first + 2 * AROUND);
    let at = start;
    if (start > 0) paragraph.append("… ");
    while (at < end) {
      const word = words.find((candidate) => whole.startsWith(candidate, folded[at]));
      let until = at + 1;
      while (word && until < letters.length && folded[until] < folded[at] + word.length) until += 1;
      const said = letters.slice(at, until).join("");
      paragraph.append(word ? element("mark", said) : said);
      at = until;
    }
    paragraph.normalize();
    if (end < letters.length) paragraph.append(" …");
    return paragraph;
  }

  function row(found) {
    const piece = pieces[found.id];
    const item = document.createElement("li");
    const link = element("a", piece.t);
    link.href = piece.u;
    item.append(link);
    const where = piece.k === "Chapter" ? "Chapter" : `${piece.k} in ${piece.p}`;
    item.append(element("p", where, "where"));
    const words = [...new Set(found.terms)].sort((a, b) => b.length - a.length);
    if (piece.x) item.append(excerpt(piece.x, words));
    return item;
  }

  function search(query) {
    const found = query ? index.search(query) : [];
    list.replaceChildren(...found.slice(0, SHOWN).map(row));
    const more = found.length > SHOWN ? `, the best ${SHOWN} of them below` : "";
    const count = found.length === 1 ? "1 place" : `${found.length} places`;
    status.textContent = query ? `Found in ${count}${more}.` : "";
  }

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  search(field.value.trim());
  if (!field.value) field.focus();
})();

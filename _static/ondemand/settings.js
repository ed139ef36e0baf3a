// Settings of the panel of assumptions: no page, no state, only functions of what they are given.
// Nothing is computed here; every text of an estimate and every verdict comes with the data.
(() => {
  "use strict";
  const KEY = "assumptions"; // the panel's name in addresses, and of its place on the page
  const LONGEST = 2000; // characters of an address that are read

  const own = (panel) => panel.controls.map((control) => control.own);
  const changed = (panel, setting) =>
    panel.controls.map((_, i) => i).filter((i) => setting[i] !== panel.controls[i].own);

  // Whether a setting leaves a claim as the book has it.
  const isBooks = (panel, claim, setting) =>
    claim.choices.every(({ control, digits }) => digits[setting[control]] === digits[panel.controls[control].own]);

  // Of each part its row, [text, verdict, direction, drawn], and cases; null where nothing was
  // computed. `columns` gives what a claim is looked up in.
  function lookUp(panel, claim, setting, columns) {
    if (isBooks(panel, claim, setting)) return claim.parts.map(({ own: row, cases }) => ({ row, cases }));
    let [where, isKnown] = [0, true];
    for (const { control, size, digits } of claim.choices) {
      const digit = digits[setting[control]];
      isKnown &&= digit >= 0;
      where = where * size + digit;
    }
    const found = columns(claim);
    if (!isKnown || found.some(({ places }) => places[where] < 0)) return null;
    return found.map(({ rows, places, cases }) => ({ row: rows[places[where]], cases: cases[where] }));
  }

  // The weakest of the parts' verdicts; they are numbered from the strongest.
  const verdictOf = (found) => Math.max(...found.map(({ row }) => row[1]));

  // Whether intervals include the border that did not in the book (1), or the reverse (2), or both (3).
  function shiftOf(panel, claim, found) {
    const isOpen = ([, , direction]) => panel.open[direction];
    const shifts = claim.parts.map(({ own: row }, i) => isOpen(found[i].row) - isOpen(row));
    return Number(shifts.includes(1)) + 2 * Number(shifts.includes(-1));
  }

  // What is said of a claim: chip, its look, what stands beside it; brief, where it is not as in the book.
  function wordsOf(panel, claim, setting, found) {
    if (isBooks(panel, claim, setting)) return { ...claim.book, brief: "" };
    if (!found) return claim.unknown;
    const { chip, look, beside, brief } = claim.under[verdictOf(found)];
    const [shift, briefly] = claim.shifts[shiftOf(panel, claim, found)];
    return { chip, look, beside: [beside, shift].filter(Boolean).join(". "), brief: brief || briefly };
  }

  const isMine = (hash) => hash === `#${KEY}` || hash.startsWith(`#${KEY}&`);

  function toAddress(panel, setting) {
    const said = changed(panel, setting).map((i) => {
      const { name, options } = panel.controls[i];
      return `&${encodeURIComponent(name)}=${encodeURIComponent(options[setting[i]][0])}`;
    });
    return `#${KEY}${said.join("")}`;
  }

  // What an address asks for that the panel does not have is left out, and counted.
  function fromAddress(panel, hash) {
    const setting = own(panel);
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

  window.bookSettings = { changed, fromAddress, isMine, KEY, lookUp, own, toAddress, wordsOf };
})();

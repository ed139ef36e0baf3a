// Writes tables as CSV.
(() => {
  "use strict";

  // A spreadsheet would run text that begins like a formula: an apostrophe stops it.
  function cell(value) {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  // Excel knows by the mark at the beginning that this is UTF-8.
  const toCsv = (lines) => `\ufeff${lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("")}`;

  function save(name, lines) {
    const url = URL.createObjectURL(new Blob([toCsv(lines)], { type: "text/csv;charset=utf-8" }));
    Object.assign(document.createElement("a"), { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  window.bookCsv = { save, toCsv };
})();

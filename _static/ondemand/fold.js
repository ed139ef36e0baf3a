// How words are compared: without accents and capitals, and letters that have no accent to lose
// as they are written without them, so that "Rod-Larsen" finds "Rød-Larsen".
(() => {
  "use strict";
  const PLAIN = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th",
  };
  const LETTERS = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "gu");

  const fold = (text) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(LETTERS, (letter) => PLAIN[letter]);

  /** Return the words of a text, folded. */
  const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  window.bookFold = { fold, words };
})();

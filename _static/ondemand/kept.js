// What a coder let this browser keep: each sample under a name of its own.
(() => {
  "use strict";
  const STORED = "tracktwo-coding:";

  function attempt(act) {
    try {
      return act(window.localStorage);
    } catch {
      return null; // a browser may forbid it, or be full
    }
  }

  const name = (digest, { what, seed, size }) => `${STORED}${digest}:${what}:${seed}:${size}`;

  function named(key) {
    const [of, what, seed, size] = key.slice(STORED.length).split(":");
    return { of, what, seed: Number(seed), size: Number(size) };
  }

  const all = () => attempt((kept) => Object.keys(kept).filter((key) => key.startsWith(STORED))) || [];
  const remove = (key) => attempt((kept) => kept.removeItem(key));
  const write = (key, work) => attempt((kept) => [kept.setItem(key, JSON.stringify(work))]) !== null;

  function read(key) {
    const found = attempt((kept) => JSON.parse(kept.getItem(key)));
    const whole = found?.answers && found.notes && Number.isInteger(found.row) && Number.isInteger(found.question);
    return whole ? found : null;
  }

  window.bookKept = { all, name, named, read, remove, write };
})();

// Draws samples by the rules of tracktwo/analysis/sample.py, which says them in words.
(() => {
  "use strict";

  function rank(seed, name) {
    let found = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(`${seed}:${name}`)) {
      found = Math.imul(found ^ byte, 0x01000193);
    }
    found = Math.imul(found ^ (found >>> 16), 0x85ebca6b);
    found = Math.imul(found ^ (found >>> 13), 0xc2b2ae35);
    return (found ^ (found >>> 16)) >>> 0;
  }

  const byRank = (seed) => (a, b) => rank(seed, a) - rank(seed, b) || (a < b ? -1 : 1);

  // `strata` has the stratum of each name. Whole numbers only, so no rounding can differ.
  function draw(strata, seed, size) {
    const groups = new Map();
    for (const [name, stratum] of Object.entries(strata)) {
      if (!groups.has(stratum)) groups.set(stratum, []);
      groups.get(stratum).push(name);
    }
    const all = Object.keys(strata).length;
    const wanted = Math.min(size, all);
    const whole = (s) => Math.floor((wanted * groups.get(s).length) / all);
    const rest = (s) => (wanted * groups.get(s).length) % all;
    const names = [...groups.keys()];
    const left = wanted - names.reduce((sum, s) => sum + whole(s), 0);
    const further = new Set(names.sort((a, b) => rest(b) - rest(a) || byRank(seed)(a, b)).slice(0, left));
    const drawn = names.flatMap((s) => groups.get(s).sort(byRank(seed)).slice(0, whole(s) + further.has(s)));
    return drawn.sort(byRank(seed));
  }

  window.bookSample = { draw, rank };
})();

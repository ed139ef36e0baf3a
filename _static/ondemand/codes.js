// What a coder answers: no page and no storage, only functions of what they are given.
// An answer is a list of values; `UNSURE` alone means that the coder cannot tell. An optional
// question without a value is answered with none: that is what its lack says in a table of codes.
(() => {
  "use strict";
  const UNSURE = "?";
  const NONE = "";

  const isAlone = (variable, value) => value === UNSURE || variable.values.some((v) => v.value === value && v.alone);

  // One value of a single variable; of the others any number, but some stand alone.
  function toggle(variable, answer, value) {
    if (value === NONE) return [];
    if (answer.includes(value)) return answer.filter((v) => v !== value);
    if (!variable.multiple || isAlone(variable, value)) return [value];
    const kept = new Set([...answer.filter((v) => !isAlone(variable, v)), value]);
    return variable.values.map((v) => v.value).filter((v) => kept.has(v));
  }

  const answerOf = (answers, id, variable) => answers[id]?.[variable.name] || [];
  const isChosen = (answer, value) => (value === NONE ? !answer.length : answer.includes(value));
  const isCoded = (answer) => answer.length > 0 && answer[0] !== UNSURE;

  // A row is done when nothing that must be answered is open.
  function isDone(answers, id, variables) {
    return variables.every((v) => v.optional || answerOf(answers, id, v).length > 0) && Object.keys(answers[id] || {}).length > 0;
  }

  function count(answers, ids, variables) {
    const every = ids.flatMap((id) => variables.map((v) => answerOf(answers, id, v)));
    return {
      done: ids.filter((id) => isDone(answers, id, variables)).length,
      codes: every.filter(isCoded).flat().length,
      unsure: every.filter((answer) => answer[0] === UNSURE).length,
    };
  }

  // The shape of a table of codes; what a coder cannot tell is no code.
  function asLines(answers, ids, part, coder) {
    const rows = ids.flatMap((id) =>
      part.variables.flatMap((v) => {
        const answer = answerOf(answers, id, v);
        return isCoded(answer) ? answer.map((value) => [id, coder, v.name, value]) : [];
      }),
    );
    return [[part.id, "coder", "variable", "value"], ...rows];
  }

  const notesAsLines = (notes, ids, part, coder) => [
    [part.id, "coder", "note"],
    ...ids.filter((id) => notes[id]).map((id) => [id, coder, notes[id]]),
  ];

  // An address names a sample; what it does not say, or says wrongly, is the usual,
  // and `left` holds what of it could not be used.
  function fromAddress(hash, parts, usual) {
    const said = new URLSearchParams(hash.replace(/^#/, ""));
    const what = Object.hasOwn(parts, said.get("part")) ? said.get("part") : Object.keys(parts)[0];
    const whole = (name, most) => {
      const value = /^\d{1,6}$/.test(said.get(name) || "") ? Number(said.get(name)) : 0;
      return value >= 1 && value <= most ? value : Math.min(usual[name], most);
    };
    const most = Object.keys(parts[what].strata).length;
    const [seed, size] = [whole("seed", 999999), whole("size", most)];
    const used = { part: what, seed, size };
    const left = Object.keys(used).filter((name) => said.has(name) && said.get(name) !== String(used[name]));
    return { what, seed, size, asked: said.has("seed"), left: left.map((name) => `${name}=${said.get(name).slice(0, 40)}`) };
  }

  const toAddress = ({ what, seed, size }) => `#${new URLSearchParams({ part: what, seed, size })}`;

  window.bookCodes = { NONE, UNSURE, answerOf, asLines, count, fromAddress, isChosen, isDone, notesAsLines, toAddress, toggle };
})();

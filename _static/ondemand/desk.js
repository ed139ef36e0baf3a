// The pieces of a coder's page: a row, a question, the list of keys. They know no state.
(() => {
  "use strict";
  const C = window.bookCodes;
  const KEYS = "123456789abcdefghijklm"; // the keys of values, in their order
  const HELP = [
    ["1 to 9, then a to m", "choose or take back the value with that key"],
    ["0", "cannot tell (counts as not coded), or none where that is an answer"],
    ["Enter or →", "next question, and after the last one the next row"],
    ["←", "previous question"],
    ["u", "undo"],
    ["n", "write a note"],
    ["Esc", "back from the note to the question"],
    ["?", "show or hide this list"],
  ];

  function node(tag, attributes = {}, ...children) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  }

  function button(text, act, className = "") {
    const made = node("button", { type: "button", className }, text);
    made.addEventListener("click", act);
    return made;
  }

  function makeHelp() {
    const pairs = HELP.flatMap(([key, what]) => [node("dt", {}, key), node("dd", {}, what)]);
    return node("dl", { className: "coding-help", hidden: true }, ...pairs);
  }

  // The text and sources of a row, in their own direction, and no link to what is coded.
  function makeRow({ title, text, facts }, { id, row, links }) {
    const list = node("dl");
    for (const [column, label] of facts) {
      const said = row[column] === undefined || row[column] === null ? "" : String(row[column]);
      if (said) list.append(node("dt", {}, label), node("dd", { dir: "auto" }, said.replaceAll(" | ", "; ")));
    }
    const sources = links.map(([name, url]) => {
      const target = url && window.book.link(url);
      const shown = target ? node("a", { href: target, dir: "auto", target: "_blank", rel: "noopener" }, name) : node("span", { dir: "auto" }, name);
      return node("li", {}, shown);
    });
    if (sources.length) list.append(node("dt", {}, sources.length === 1 ? "Source" : "Sources"), node("dd", {}, node("ul", {}, ...sources)));
    const heading = node("h2", { tabIndex: -1, dir: "auto" }, row[title] || id);
    return [heading, node("p", { className: "coding-text", dir: "auto" }, row[text] || ""), list];
  }

  function words(variable, given) {
    if (given[0] === C.UNSURE) return "cannot tell";
    if (variable.optional && !given.length) return "none";
    return variable.values.filter((v) => given.includes(v.value)).map((v) => v.label).join(", ");
  }

  // A question that is not open: what was answered, and a way there.
  function makeOther(variable, given, go) {
    const made = button("", go, "coding-other");
    made.append(node("span", {}, variable.label), node("span", { className: "coding-given" }, words(variable, given) || "–"));
    return made;
  }

  function makeQuestion(variable, given, choose, next) {
    const kind = variable.multiple ? "checkbox" : "radio";
    const told = variable.multiple ? "Choose all that apply" : "Choose one";
    const about = variable.description ? `${variable.description}. ` : "";
    const open = variable.optional ? ". None stands unless you choose, and counts once every question without a None has a code" : "";
    const hint = node("p", { className: "coding-quiet" }, `${about}${told}${open}.`);
    const options = variable.values.map((v, n) => makeOption(kind, variable, v, KEYS[n] || "", given, choose));
    const last = variable.optional
      ? { value: C.NONE, label: "None", definition: "The text and its sources say nothing of it." }
      : { value: C.UNSURE, label: "Cannot tell", definition: "" };
    options.push(makeOption(kind, variable, last, "0", given, choose));
    const legend = node("legend", {}, variable.label);
    const more = button("Definitions", () => more.setAttribute("aria-expanded", String(set.classList.toggle("coding-defined"))), "coding-more");
    more.setAttribute("aria-expanded", "false");
    const on = button("Next", next, "coding-main coding-next");
    const set = node("fieldset", { className: "coding-question", tabIndex: -1 }, legend, hint, more, ...options, on);
    return set;
  }

  function makeOption(kind, variable, { value, label, definition }, key, given, choose) {
    const box = node("input", { type: kind, name: `code-${variable.name}`, value, checked: C.isChosen(given, value) });
    box.addEventListener("change", () => choose(value));
    const shown = node("kbd", {}, key);
    shown.setAttribute("aria-hidden", "true");
    const text = node("span", {}, node("span", { className: "coding-label" }, label), node("span", { className: "coding-definition" }, definition));
    return node("label", { className: "coding-option" }, box, shown, text);
  }

  window.bookDesk = { KEYS, button, makeHelp, makeOther, makeQuestion, makeRow, node, words };
})();

// Draws a live figure in the place of its image and connects it with its controls.
(() => {
  "use strict";
  const { View, expressionInterpreter, parse } = window.bookVega;
  const STEPS = [-12, -8, -4, 0, 4, 8, 12]; // pixels around a pointer where a mark may be meant
  const NEAR = STEPS.flatMap((dx) => STEPS.map((dy) => [dx, dy])).sort(
    (a, b) => Math.hypot(...a) - Math.hypot(...b),
  );

  // All data are in the spec; nothing is ever fetched.
  const loader = {
    load: () => Promise.reject(new Error("this book loads nothing")),
    sanitize: () => Promise.reject(new Error("this book follows no link in a chart")),
  };

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  const tip = document.body.appendChild(element("div", "live-tip"));
  tip.setAttribute("aria-hidden", "true"); // the same words stand in the panel
  tip.hidden = true;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tip.hidden = true;
  });
  document.addEventListener("scroll", () => (tip.hidden = true), { passive: true });

  function showTip(nodes, event) {
    tip.replaceChildren(...nodes);
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const page = document.documentElement;
    const left = Math.max(8, Math.min(event.clientX + 14, page.clientWidth - width - 8));
    const below = event.clientY + 18;
    const top = below + height > page.clientHeight ? event.clientY - height - 12 : below;
    tip.style.left = `${left}px`;
    tip.style.top = `${Math.max(8, top)}px`;
  }

  // A tooltip is the key of an item, or pairs of a name and a value.
  function describe(value, items) {
    const item = items.get(value);
    if (item) return [element("strong", "", item.title), element("p", "", item.text || "")];
    if (typeof value !== "object") return [element("p", "", String(value))];
    const list = element("dl");
    for (const [name, of] of Object.entries(value)) {
      list.append(element("dt", "", name), element("dd", "", String(of)));
    }
    return [list];
  }

  function fillPanel(panel, item) {
    const { link } = window.book;
    const to = (text, href) => {
      const target = href && link(href);
      return target ? Object.assign(element("a", "", text), { href: target }) : element("span", "", text);
    };
    const head = element("p", "live-panel-title");
    head.append(to(item.title, item.href));
    const nodes = [head];
    if (item.text) nodes.push(element("p", "", item.text));
    if (item.parts) {
      const list = element("ul");
      for (const [text, href, more] of item.parts) {
        const line = element("li");
        line.append(to(text, href), more ? `: ${more}` : "");
        list.append(line);
      }
      nodes.push(list);
    }
    panel.replaceChildren(...nodes);
    panel.hidden = false;
  }

  // The box that takes the image's place has the image's very size, whatever is drawn in it.
  function makeBox(image) {
    const box = element("div", "live-view");
    const { width, height } = image.getBoundingClientRect();
    box.style.aspectRatio = `${width || image.naturalWidth} / ${height || image.naturalHeight}`;
    box.style.maxWidth = `${width || image.naturalWidth}px`;
    return box;
  }

  // For a screen reader it is what the image was; what can be done stands in the controls.
  function describeBox(box, image) {
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", image.alt);
    box.removeAttribute("aria-roledescription");
    box.querySelector("svg").setAttribute("aria-hidden", "true");
  }

  function makeView(spec, box, items) {
    return new View(parse(spec, null, { ast: true }), {
      container: box,
      expr: expressionInterpreter,
      loader,
      renderer: "svg",
      tooltip: (handler, event, item, value) => {
        const nothing = value === null || value === undefined || value === "";
        if (nothing || event.pointerType === "touch") tip.hidden = true;
        else showTip(describe(value, items), event);
      },
    });
  }

  // The mark under the pointer, or else the nearest within reach: lines are thin.
  function keyAt(event, box) {
    for (const [dx, dy] of NEAR) {
      const node = document.elementFromPoint(event.clientX + dx, event.clientY + dy);
      const value = box.contains(node) && node.__data__ && node.__data__.tooltip;
      if (value) return value;
    }
    return null;
  }

  function connect(figure, view, data, items, box) {
    const form = figure.querySelector(".live-controls");
    const panel = element("div", "live-panel");
    panel.setAttribute("aria-live", "polite");
    panel.hidden = true;
    box.after(panel);
    const picker = form && form.elements.picked;
    const set = (name, value) => view.signal(name, value).runAsync();

    const pick = (key) => {
      const item = items.get(key);
      if (item) fillPanel(panel, item);
      else panel.hidden = true;
      if (!picker) return;
      picker.value = item ? key : "";
      set("picked", item ? key : "");
    };
    box.addEventListener("click", (event) => {
      const item = items.get(keyAt(event, box));
      if (!item) return;
      // A finger cannot hover first, and may miss: it gets the summary, with the link in it.
      const finger = event.pointerType === "touch" || window.matchMedia("(hover: none)").matches;
      const stays = item.parts || !item.href || finger;
      tip.hidden = true;
      if (stays) pick(item.key);
      else window.location.href = window.book.link(item.href);
    });
    if (form) connectForm(form, data, items, set, pick);
  }

  function connectForm(form, data, items, set, pick) {
    const says = form.querySelector("output");
    const choices = data.controls.filter((control) => control.kind === "choice");
    const field = (control) => form.elements[control.name];

    const filter = () => {
      const fits = (item) =>
        choices.every((c) => !field(c).value || (item.has[c.name] || []).includes(field(c).value));
      const left = data.items.filter(fits);
      if (choices.length) says.textContent = `${left.length} of ${data.items.length} ${data.noun}`;
      if (!form.elements.picked) return;
      const chosen = form.elements.picked.value;
      const options = left.map((item) => new Option(item.title, item.key, false, item.key === chosen));
      const [nothing] = form.elements.picked.options;
      form.elements.picked.replaceChildren(nothing, ...options);
      if (chosen && !left.some((item) => item.key === chosen)) pick("");
    };
    for (const control of data.controls) {
      const number = control.kind === "slider";
      field(control).addEventListener("input", (event) => {
        const value = number ? Number(event.target.value) : event.target.value;
        set(control.name, value);
        if (!number) return filter();
        form.querySelector(".live-value").textContent = value;
        says.textContent = new Map(control.says).get(value);
      });
    }
    if (form.elements.picked) {
      form.elements.picked.addEventListener("input", (event) => pick(event.target.value));
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.reset(); // a browser that remembers old values would show what the chart does not
    filter();
    form.querySelector("fieldset").disabled = false;
  }

  window.book.draw = async (figure, data) => {
    const image = figure.querySelector("img");
    const items = new Map(data.items.map((item) => [item.key, { has: {}, ...item }]));
    data.items = [...items.values()];
    const fonts = ["400 13px 'IBM Plex Sans'", "600 13px 'IBM Plex Sans'"];
    await Promise.all([image.decode(), ...fonts.map((font) => document.fonts.load(font))]);
    const box = makeBox(image);
    const view = await makeView(data.spec, box, items).runAsync();
    describeBox(box, image);
    const shown = image.closest("a") || image.closest("picture") || image;
    shown.classList.add("live-replaced");
    shown.after(box);
    box.addEventListener("pointerleave", () => (tip.hidden = true));
    connect(figure, view, data, items, box);
    figure.classList.add("live-ready");
  };
})();

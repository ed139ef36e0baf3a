// In every page with something live, and small for that reason: what is heavy comes when a figure nears the view, or
// when the page is the explorer or the one for coders.
(() => {
  "use strict";
  const root = new URL("../..", document.currentScript.src).href;
  const EXPLORER = [
    "_static/ondemand/explorer.css",
    "_static/ondemand/vendor/minisearch.js",
    "_static/data/evidence.js",
    "_static/ondemand/fold.js",
    "_static/ondemand/csv.js",
    "_static/ondemand/records.js",
    "_static/ondemand/rows.js",
    "_static/ondemand/explorer.js",
  ];
  const CODING = [
    "_static/ondemand/coding.css",
    "_static/data/evidence.js",
    "_static/data/coding.js",
    "_static/ondemand/rows.js",
    "_static/ondemand/csv.js",
    "_static/ondemand/sample.js",
    "_static/ondemand/codes.js",
    "_static/ondemand/kept.js",
    "_static/ondemand/desk.js",
    "_static/ondemand/coding.js",
  ];
  const ASSUMPTIONS = [
    "_static/ondemand/assumptions.css",
    "_static/ondemand/settings.js",
    "_static/ondemand/assumptions.js",
  ];
  const files = new Map();
  const given = new Map();

  function insert(tag, attributes) {
    return new Promise((resolve, reject) => {
      const node = Object.assign(document.createElement(tag), attributes);
      node.addEventListener("load", resolve);
      node.addEventListener("error", () => reject(new Error(`not loaded: ${node.src || node.href}`)));
      document.head.append(node);
    });
  }

  // Data come as scripts, too: a page opened from a folder may read no other files.
  function load(path) {
    if (!files.has(path)) {
      const url = root + path;
      const style = { rel: "stylesheet", href: url };
      files.set(path, path.endsWith(".css") ? insert("link", style) : insert("script", { src: url }));
    }
    return files.get(path);
  }

  async function loadAll(...paths) {
    for (const path of paths) await load(path);
  }

  // Only the book's own pages and the web: data never decide what a link may do.
  function link(href) {
    if (/^[\w/-]+\.html(#[^\s]*)?$/.test(href)) return root + href;
    return /^https?:\/\//.test(href) ? href : null;
  }

  window.book = {
    root,
    load,
    loadAll,
    link,
    give: (key, value) => given.set(key, value),
    take: (key) => given.get(key),
  };

  async function wake(figure) {
    const name = figure.dataset.live;
    const view = "_static/ondemand/figure.js";
    const narrow = figure.querySelector("picture") && matchMedia("(max-width: 600px)").matches;
    const drawing = load(`_static/live/${name}${narrow ? ".narrow" : ""}.js`);
    await Promise.all([loadAll("_static/ondemand/vendor/vega.js", view), drawing]);
    await window.book.draw(figure, window.book.take(`live/${name}`));
  }

  function watchFigures() {
    const figures = document.querySelectorAll("figure[data-live]");
    if (!figures.length || !("IntersectionObserver" in window)) return;
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          watcher.unobserve(target);
          wake(target).catch(() => target.classList.add("live-failed")); // the image stays
        }
      },
      { rootMargin: "300px 0px" },
    );
    figures.forEach((figure) => watcher.observe(figure));
  }

  document.addEventListener("DOMContentLoaded", () => {
    watchFigures();
    if (document.querySelector(".explorer")) loadAll(...EXPLORER);
    if (document.querySelector(".coding")) loadAll(...CODING);
    if (document.querySelector(".assumptions")) loadAll(...ASSUMPTIONS);
  });
})();

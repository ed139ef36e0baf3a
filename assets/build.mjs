// Bundle the libraries for the website, with the licences of everything that went in.
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const TARGET = "../_static/ondemand/vendor";

function licence(folder) {
  const about = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : `Licence: ${about.license}`;
  return `${about.name} ${about.version}\n\n${text}\n`;
}

const folders = new Set();
for (const name of ["vega", "minisearch"]) {
  const { metafile } = await build({
    entryPoints: [`${name}.js`],
    outfile: `${TARGET}/${name}.js`,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
  });
  for (const input of Object.keys(metafile.inputs)) {
    const found = input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/);
    if (found) folders.add(found[0]);
  }
}
const rule = `\n${"-".repeat(72)}\n\n`;
writeFileSync(`${TARGET}/LICENSES.txt`, [...folders].sort().map(licence).join(rule));

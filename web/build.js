// Builds src/ into netquality/graph/view.js, and gathers the licence texts of what is bundled.
//
//   node build.js [FOLDER]     FOLDER: where to write; netquality/graph of this clone by default
//
// The same source gives the same bytes on every machine: no date, no path, no address. The banner
// holds the SHA-256 of the source, so that a test without Node can tell a stale build.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..", "netquality", "graph");
const text = (...parts) => readFileSync(join(here, ...parts), "utf8").replaceAll("\r\n", "\n");

const sources = [
  "build.js",
  "package-lock.json",
  "package.json",
  ...readdirSync(join(here, "src")).map((name) => `src/${name}`),
].sort();
const hash = createHash("sha256");
for (const name of sources) hash.update(`${name}\n${text(name)}\n`);

const built = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "ascii", // the page may be in any encoding
  legalComments: "none", // the texts stand in view.licenses.txt
  metafile: true,
  write: false,
});

// "node_modules/@scope/name/..." -> "@scope/name"
const names = new Set();
for (const path of Object.keys(built.metafile.inputs)) {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
  if (found) names.add(found[1]);
}
const bundled = [...names].sort().map((name) => {
  const { version, license } = JSON.parse(text("node_modules", name, "package.json"));
  const file = readdirSync(join(here, "node_modules", name)).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} ships no licence text`);
  return { title: `${name} ${version}`, license, words: text("node_modules", name, file).trim() };
});

const banner =
  `/*! netquality's interactive view, built from web/; source sha256:${hash.digest("hex")}\n` +
  `    with ${bundled.map((one) => one.title).join(", ")}; licences in view.licenses.txt */\n`;
const script = banner + built.outputFiles[0].text;
// It stands within <script>: nothing in it may end that element early, or hide its end.
if (/<\/script|<!--|https?:\/\//i.test(script)) throw new Error("the bundle would not be safe to inline");

const rule = "=".repeat(80);
const licences = bundled.map((one) => `${rule}\n${one.title} (${one.license})\n${rule}\n\n${one.words}\n`);
writeFileSync(join(target, "view.js"), script);
writeFileSync(
  join(target, "view.licenses.txt"),
  `netquality/graph/view.js holds these works of others, under the terms below.\n\n${licences.join("\n")}`,
);
console.log(`view.js: ${Math.round(script.length / 1024)} KiB, with ${bundled.map((one) => one.title).join(", ")}`);

// Makes a release build of the site small: optimises its programs, shortens the names by which
// each and its script know each other, and takes white space and comments out of scripts, style and page.
//
// Called by trunk (Trunk.toml) on what it has put together, with wasm-opt and esbuild on PATH.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// All end with the same three: the names; functions side by side by name, since those of one generic
// look alike to gzip; and no sections that nothing reads. The linker puts the stack first, so nothing
// of a program has its address below 1024, and memory starts as zeros (nothing is imported).
const LAST = ["--minify-imports-and-exports-and-modules", "--reorder-functions-by-name", "--strip-producers"];
const ALWAYS = ["--low-memory-unused", "--zero-filled-memory", "-ocimfs", "0"];
// For size, and once more: the second finds what the first has made simple.
const SMALL = ["--flatten", "--rereloop", "-Oz", "-Oz"];
const PASSES = {
  app: [...ALWAYS, ...SMALL, ...LAST],
  screens: [...ALWAYS, ...SMALL, ...LAST],
  // For speed: an import is its work.
  worker: [...ALWAYS, "--flatten", "--rereloop", "-O3", "-O3", ...LAST],
};

/** Optimises a program in its place; returns how its imports and exports are called now. */
function optimise(wasm, passes) {
  const small = `${wasm}.small`;
  const said = execFileSync("wasm-opt", [...passes, wasm, "-o", small], { encoding: "utf8" });
  renameSync(small, wasm);
  return JSON.parse(said);
}

/** Calls in the script of a program what was renamed in it. */
function rename(script, { imports, exports }) {
  const counts = { import: 0, export: 0 };
  const names = (kind, pairs) => (whole, before, name) => {
    if (!pairs.has(name)) return whole;
    counts[kind] += 1;
    return before + pairs.get(name);
  };
  const [module] = imports[0];
  const imported = new Map(imports.map(([, from, to]) => [from, to]));
  const exported = new Map(exports);
  const renamed = script
    .replaceAll(/^(\s+)(\w+)(?=:)/gm, names("import", imported))
    .replaceAll(/\b(wasm\.)(\w+)/g, names("export", exported))
    .replace(JSON.stringify(module), JSON.stringify("a"));
  if (counts.import < imported.size || counts.export === 0 || renamed.includes(module)) {
    throw new Error(`${counts.import} of ${imported.size} imports found in the script of ${module}`);
  }
  return renamed;
}

function minify(file, text, ...options) {
  const loader = file.endsWith(".css") ? "css" : "js";
  writeFileSync(file, execFileSync("esbuild", ["--minify", `--loader=${loader}`, ...options], { input: text }));
}

const { TRUNK_PROFILE: profile, TRUNK_STAGING_DIR: directory } = process.env;
if (profile === "debug") process.exit();
const files = readdirSync(directory);
for (const [program, passes] of Object.entries(PASSES)) {
  const wasm = files.find((file) => file.startsWith(program) && file.endsWith("_bg.wasm"));
  const script = join(directory, wasm.replace("_bg.wasm", ".js"));
  const names = optimise(join(directory, wasm), passes);
  // What is appended to a worker's script (src/web/worker_boot.js) calls this by its name.
  const text = rename(readFileSync(script, "utf8"), names) + "globalThis.initSync = initSync;";
  minify(script, text, "--format=esm");
}
for (const file of files.filter((file) => file.endsWith(".css")).map((file) => join(directory, file))) {
  minify(file, readFileSync(file));
}
// It tells old browsers that they are: so they must be able to read it.
const boot = join(directory, "boot.js");
minify(boot, readFileSync(boot), "--target=es2020");
// The page has no text whose white space counts, and no attribute over several lines.
const page = join(directory, "index.html");
writeFileSync(page, readFileSync(page, "utf8").replaceAll(/<!--.*?-->/gs, "").replaceAll(/\s*\n\s*/g, "\n"));

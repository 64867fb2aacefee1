// Compiles the command line and its threads to plain JavaScript, so that a process or a thread starts without reading and
// transforming hundreds of sources. What was compiled is used only while every source of it is as it was; otherwise the
// sources run as they stand, slower and never out of date.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const FOLDER = "node_modules/.sightline/program";
const CURRENT = "current.json";
const KEPT = 3; // a process that runs may still load parts of an older one

/** The folder with the compiled program, or null when a source of it has changed since (or it was never compiled). */
export function currentProgram(root) {
  try {
    const { folder, inputs } = JSON.parse(readFileSync(join(root, FOLDER, CURRENT), "utf8"));
    if (inputs.every(([path, bytes, changed]) => same(statSync(join(root, path)), bytes, changed))) return join(root, FOLDER, folder);
  } catch {
    // never compiled, or a source is gone
  }
  return null;
}

/** Compiles what is not current. @param entries sources below lib/, each of which becomes a file of the same path that ends in .mjs */
export async function compileProgram(root, entries = programEntries(root)) {
  if (currentProgram(root) !== null) return;
  const { build, stop } = await import("esbuild");
  const begun = Date.now();
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outbase: "lib",
    outdir: join(root, FOLDER, "new"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true, // a verb loads what it needs and nothing else, as its sources do
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    tsconfig: join(root, "tsconfig.json"),
    plugins: [{ name: "own-places", setup: (building) => building.onLoad({ filter: /[\\/]lib[\\/].*\.ts$/ }, ({ path }) => keepPlace(path)) }],
    metafile: true,
    write: false,
    logLevel: "silent",
  }).finally(stop); // its own process would stay as long as this one
  const hash = createHash("sha256");
  for (const { path, contents } of outputFiles) hash.update(path).update(contents);
  const folder = hash.digest("hex").slice(0, 16);
  for (const { path, contents } of outputFiles) {
    const target = path.replace(join(FOLDER, "new"), join(FOLDER, folder));
    if (existsSync(target)) continue; // the name says what is in it
    mkdirSync(dirname(target), { recursive: true });
    put(target, contents);
  }
  const inputs = ["tsconfig.json", ...Object.keys(metafile.inputs)].map((path) => [path, statSync(join(root, path)).size, statSync(join(root, path)).mtimeMs]);
  // A source that changed while it was read: what was compiled may be of either state, so it is not current.
  if (inputs.some(([, , changed]) => changed >= begun)) return;
  put(join(root, FOLDER, CURRENT), JSON.stringify({ folder, inputs }));
  clear(root, folder);
}

/** The command line, and every thread. */
function programEntries(root) {
  const threads = readdirSync(join(root, "lib/workers")).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  return ["lib/cli/main.ts", ...threads.map((name) => `lib/workers/${name}`)];
}

/** A source that asks where it stands is told its own place, not that of the file that it was compiled into. */
async function keepPlace(path) {
  const text = await readFile(path, "utf8");
  const places = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
  return { loader: "ts", contents: text.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, what) => JSON.stringify(places[what])) };
}

function same(now, bytes, changed) {
  return now.size === bytes && now.mtimeMs === changed;
}

// Whole or not at all, for a process that reads it at this moment.
function put(path, contents) {
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}

function clear(root, current) {
  const folders = readdirSync(join(root, FOLDER), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== current);
  const age = ({ name }) => statSync(join(root, FOLDER, name)).mtimeMs;
  for (const { name } of folders.sort((a, b) => age(b) - age(a)).slice(KEPT - 1)) rmSync(join(root, FOLDER, name), { recursive: true, force: true });
}

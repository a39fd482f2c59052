// Fails when what a page loads, compressed, is larger than a kiosk should have to load: `npm run size` after a build.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LARGEST = 150_000;
/** The charts' library: a chunk that the staff desk loads with its first chart, and no page before. */
const LARGEST_LATE = 175_000;
const late = /^assets\/engine-/;
const pages = ["index.html", "set-up.html", "staff-desk.html"];

const dist = fileURLToPath(new URL("../dist", import.meta.url));
if (!existsSync(dist)) throw new Error("ui/dist is empty: run npm run build first");

const sizeOf = (path) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;

/** The files that this one names, found by their names: pages name scripts and styles, scripts other scripts. */
const named = (path) => [...readFileSync(join(dist, path), "utf8").matchAll(/[\w-]+-[\w-]{8}\.(?:js|css)/g)].map(([name]) => `assets/${name}`);

function loadedBy(page) {
  const loaded = new Set([page]);
  for (const path of loaded) for (const next of named(path)) if (existsSync(join(dist, next)) && !late.test(next)) loaded.add(next);
  return [...loaded];
}

function judge(name, paths, largest) {
  let total = 0;
  for (const path of paths) {
    const size = sizeOf(path);
    total += size;
    console.log(`${String(size).padStart(8)}  ${path}`);
  }
  console.log(`${String(total).padStart(8)}  all of ${name}, gzipped; at most ${largest}\n`);
  if (total > largest) process.exitCode = 1;
}

for (const page of pages) judge(page, loadedBy(page), LARGEST);

const chunks = readdirSync(join(dist, "assets")).map((name) => `assets/${name}`).filter((path) => late.test(path) && path.endsWith(".js"));
if (chunks.length !== 1) throw new Error(`the charts' library is not one chunk of its own: ${chunks.join(", ")}`);
judge("what is loaded late", chunks, LARGEST_LATE);

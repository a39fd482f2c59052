// Fails when what a page loads, compressed, is larger than a kiosk should have to load: `npm run size` after a build.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LARGEST = 150_000;
const pages = ["index.html", "set-up.html"];

const dist = fileURLToPath(new URL("../dist", import.meta.url));
if (!existsSync(dist)) throw new Error("ui/dist is empty: run npm run build first");

/** The files that this one names, found by their names: pages name scripts and styles, scripts other scripts. */
const named = (path) => [...readFileSync(join(dist, path), "utf8").matchAll(/[\w-]+-[\w-]{8}\.(?:js|css)/g)].map(([name]) => `assets/${name}`);

function loadedBy(page) {
  const loaded = new Set([page]);
  for (const path of loaded) for (const next of named(path)) if (existsSync(join(dist, next))) loaded.add(next);
  return [...loaded];
}

for (const page of pages) {
  let total = 0;
  for (const path of loadedBy(page)) {
    const size = gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;
    total += size;
    console.log(`${String(size).padStart(8)}  ${path}`);
  }
  console.log(`${String(total).padStart(8)}  all of ${page}, gzipped; at most ${LARGEST}\n`);
  if (total > LARGEST) process.exitCode = 1;
}

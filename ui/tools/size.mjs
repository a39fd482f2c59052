// Fails when all that the page loads, compressed, is larger than a kiosk should have to load: `npm run size` after a build.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LARGEST = 150_000;

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
if (files.length === 0) throw new Error("ui/dist is empty: run npm run build first");

let total = 0;
for (const { parentPath, name } of files) {
  const path = join(parentPath, name);
  const size = gzipSync(readFileSync(path), { level: 9 }).length;
  total += size;
  console.log(`${String(size).padStart(8)}  ${path.slice(dist.length + 1)}`);
}
console.log(`${String(total).padStart(8)}  all, gzipped; at most ${LARGEST}`);
if (total > LARGEST) process.exit(1);

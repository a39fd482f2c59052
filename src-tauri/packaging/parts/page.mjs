// The parts of the page: the npm packages of which its build takes something in, told by the build itself.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The folders of the packages that the page's files are made from. */
async function folders(ui) {
  const { build } = await import(pathToFileURL(createRequire(join(ui, "package.json")).resolve("vite")).href);
  const found = new Set();
  const watcher = {
    name: "names-the-parts",
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.replace(/^\0/, ""))?.[0];
        if (folder) found.add(folder);
      }
    },
  };
  process.chdir(ui);
  await build({ root: ui, logLevel: "error", build: { write: false }, plugins: [watcher] });
  if (found.size === 0) throw new Error("the page's build names no package: it always takes some in");
  return [...found].sort();
}

/** Every npm package in the page: `{ name, version, licence, authors, folder, component }`, by name. */
export async function pageParts(root) {
  const ui = join(root, "ui");
  const words = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
  const quiet = { cwd: ui, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] };
  const known = JSON.parse(execFileSync("npm", words, quiet));
  const parts = (await folders(ui)).map((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const id = `${manifest.name}@${manifest.version}`;
    const component = known.components.find((one) => one["bom-ref"] === id);
    if (!component) throw new Error(`${id} is in the page and not in ui/package-lock.json: run \`npm ci\` in ui`);
    const needs = known.dependencies.find((one) => one.ref === id)?.dependsOn ?? [];
    const author = typeof manifest.author === "string" ? manifest.author : manifest.author?.name;
    const authors = author ? [author] : [];
    return { id, name: manifest.name, version: manifest.version, licence: manifest.license, authors, folder, component, needs };
  });
  // One package can lie in several folders.
  return [...new Map(parts.map((part) => [part.id, part])).values()];
}

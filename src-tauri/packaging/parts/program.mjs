// The parts of the program: the crates that are linked into it, and the foreign sources that their build compiles into it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const TARGET = { x64: "x86_64-unknown-linux-gnu", arm64: "aarch64-unknown-linux-gnu" }[process.arch];

const cargo = (root, ...words) =>
  execFileSync("cargo", words, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });

/** Names and versions that `cargo tree` lists for these kinds of dependency. */
function listed(root, edges) {
  const words = ["tree", "--locked", "-p", "tapdesk", "-e", edges, "--target", TARGET, "--prefix", "none", "-f", "{p}"];
  const lines = cargo(root, ...words).split("\n");
  return new Set(lines.map((line) => /^(\S+) v(\S+)/.exec(line)?.slice(1).join("@")).filter(Boolean));
}

/** SHA-256 of each crate as the registry gave it, from Cargo.lock. */
function checksums(root) {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  const entry = /name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"/g;
  return new Map([...lock.matchAll(entry)].map(([, name, version, sum]) => [`${name}@${version}`, sum]));
}

/** Every crate in the program: `{ name, version, licence, authors, folder, checksum, own, needs }`, by name. */
export function programParts(root) {
  const linked = listed(root, "normal,no-proc-macro");
  // A crate named …-src carries the sources of a C library for another's build to compile in.
  const sources = [...listed(root, "normal,build,no-proc-macro")].filter((id) => /-src@/.test(id));
  const wanted = new Set([...linked, ...sources]);
  const metadata = JSON.parse(cargo(root, "metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET));
  const sums = checksums(root);
  const key = new Map(metadata.packages.map((crate) => [crate.id, `${crate.name}@${crate.version}`]));
  const needs = new Map(metadata.resolve.nodes.map((node) => [node.id, node.dependencies.map((id) => key.get(id))]));
  const parts = metadata.packages.filter((crate) => wanted.delete(key.get(crate.id))).map((crate) => ({
    id: key.get(crate.id),
    name: crate.name,
    version: crate.version,
    licence: crate.license?.replaceAll("/", " OR "),
    authors: crate.authors,
    folder: dirname(crate.manifest_path),
    checksum: sums.get(key.get(crate.id)),
    own: crate.source === null,
    needs: needs.get(crate.id),
  }));
  if (wanted.size > 0) throw new Error(`cargo names no package for ${[...wanted].join(", ")}`);
  const inside = new Set(parts.map((part) => part.id));
  for (const part of parts) part.needs = part.needs.filter((id) => inside.has(id)).sort();
  return parts.sort((a, b) => (a.id < b.id ? -1 : 1));
}

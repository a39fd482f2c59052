// The licences of all parts as one text: each part's own words, once, with whose they are.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LICENCE_FILE = /^(licen[cs]es?|copying|notice|unlicense|copyright|legal)([-._].*)?$/i;
const NOT_LICENCES = /\.(rs|js|mjs|ts|c|h|go|py|json|toml|html|spdx)$/i;
/** Of a choice, the one whose text needs no names filled in comes first. */
const PREFERRED = ["Apache-2.0", "MPL-2.0", "Unicode-3.0", "Zlib", "MIT", "ISC", "BSD-3-Clause"];

/** The licence texts that lie in a part's folder, by path. */
function ownTexts(folder) {
  const texts = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const inside = path.slice(folder.length);
    if (!entry.isFile() || !LICENCE_FILE.test(entry.name) || NOT_LICENCES.test(entry.name)) continue;
    if (/\/(node_modules|tests?|benches|examples|fuzz)\//.test(inside)) continue;
    texts.push([inside, readFileSync(path, "utf8").replace(/\r\n?/g, "\n").trim()]);
  }
  return texts.filter(([, text]) => text !== "").sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
}

/** The licences of an expression that apply: all of an AND, of an OR the preferred one. */
function chosen(expression) {
  if (expression.license) return [expression];
  const [left, right] = [chosen(expression.left), chosen(expression.right)];
  if (expression.conjunction === "and") return [...left, ...right];
  const rank = (side) => Math.max(...side.map(({ license }) => (PREFERRED.indexOf(license) + 99) % 99));
  return rank(left) <= rank(right) ? left : right;
}

/** The published text of a part that brings none, with its authors in the place left for them. */
function publishedTexts(part, parse, published) {
  return chosen(parse(part.licence)).map(({ license, exception }) => {
    const text = published(license);
    if (!text || exception) throw new Error(`${part.id} brings no licence text, and none is published for ${part.licence}`);
    const holders = part.authors.length > 0 ? part.authors.map((author) => author.replace(/ <.*>$/, "")).join(", ") : `the authors of ${part.name}`;
    return text.replace(/<year> <(copyright holders|owner)>/g, holders).replace(/\r\n?/g, "\n").trim();
  });
}

/** One text for all of them. Fails for a part that names no licence, or one that neither brings nor has a published text. */
export function licences(parts, { parse, published }) {
  const byText = new Map();
  for (const part of parts) {
    if (!part.licence) throw new Error(`${part.id} names no licence: ask its authors, or do without it`);
    parse(part.licence);
    const own = ownTexts(part.folder);
    for (const text of own.length > 0 ? own : publishedTexts(part, parse, published)) {
      byText.set(text, (byText.get(text) ?? new Set()).add(`${part.name} ${part.version} (${part.licence})`));
    }
  }
  const rule = "=".repeat(100);
  const chapters = [...byText].map(([text, users]) => `${rule}\n${[...users].join("\n")}\n${"-".repeat(100)}\n\n${text}\n`);
  const opening = `Tapdesk contains ${parts.length} parts by others. Each stands here with its licence, and every licence's text once.\n`;
  return `${opening}\n${chapters.join("\n")}`;
}

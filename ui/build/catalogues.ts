// Fails the build on a catalogue that is not whole, with file, line and message of all that is wrong.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";
import { checkCatalogue, selectionsOf } from "./check.ts";
import { pageContract } from "./contract.ts";

/** What is wrong with the catalogues of a folder: one line each. English is the one the others are measured by. */
export function checkFolder(folder: string): string[] {
  const reference = selectionsOf(readFileSync(join(folder, "en.ftl"), "utf8"));
  const contract = pageContract();
  const files = readdirSync(folder).filter((file) => file.endsWith(".ftl"));
  return files.toSorted().flatMap((file) => {
    const source = readFileSync(join(folder, file), "utf8");
    const problems = checkCatalogue(basename(file, ".ftl"), source, contract, reference);
    return problems.map(({ line, message, problem }) => `${join(folder, file)}:${line}: ${message} ${problem}`);
  });
}

export function wholeCatalogues(folder: string): Plugin {
  return {
    name: "whole-catalogues",
    buildStart() {
      const problems = checkFolder(folder);
      if (problems.length > 0) this.error(`${problems.length} problems in the catalogues:\n${problems.join("\n")}`);
    },
  };
}

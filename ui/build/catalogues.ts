// Fails the build on a catalogue that is not whole, with file, line and message of all that is wrong.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";
import { checkCatalogue, selectionsOf } from "./check.ts";
import type { Contract } from "./contract.ts";

/** What is wrong with the catalogues of a folder: one line each. English is the one the others are measured by. */
export function checkFolder(folder: string, contract: Contract): string[] {
  const reference = selectionsOf(readFileSync(join(folder, "en.ftl"), "utf8"));
  const files = readdirSync(folder).filter((file) => file.endsWith(".ftl"));
  return files.toSorted().flatMap((file) => {
    const source = readFileSync(join(folder, file), "utf8");
    const problems = checkCatalogue(basename(file, ".ftl"), source, contract, reference);
    return problems.map(({ line, message, problem }) => `${join(folder, file)}:${line}: ${message} ${problem}`);
  });
}

export function wholeCatalogues(folder: string, contract: () => Contract): Plugin {
  return {
    name: `whole-catalogues ${folder}`,
    buildStart() {
      const problems = checkFolder(folder, contract());
      if (problems.length > 0) this.error(`${problems.length} problems in ${folder}:\n${problems.join("\n")}`);
    },
  };
}

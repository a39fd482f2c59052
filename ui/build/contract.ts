// What the page asks of every catalogue: found by running its adapter and noting each message and its variables.
import { type Values, wordsFrom } from "../src/words/adapter.ts";

/** The variables of each message. */
export type Contract = ReadonlyMap<string, ReadonlySet<string>>;

export function pageContract(): Contract {
  const asked = new Map<string, Set<string>>();
  const note = (message: string, values: Values = {}): string => {
    const variables = asked.get(message) ?? new Set();
    for (const variable of Object.keys(values)) variables.add(variable);
    asked.set(message, variables);
    return message;
  };
  visit(wordsFrom(note));
  return asked;
}

/** Calls every function among the words with all it takes, and with nothing where something may be left out. */
function visit(part: unknown): void {
  if (typeof part === "function") {
    part("x", "x", "x", "x");
    part("x", null, null, null);
    part(null, null, null, null);
  } else if (part !== null && typeof part === "object") {
    Object.values(part).forEach(visit);
  }
}

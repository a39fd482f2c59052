// What a page asks of every one of its catalogues: found by running its adapter and noting each message and its variables.
import { wordsFrom } from "../src/words/adapter.ts";
import type { SayAny } from "../src/words/say.ts";
import { setUpWordsFrom } from "../src/words/set-up/adapter.ts";
import { staffDeskWordsFrom } from "../src/words/staff-desk/adapter.ts";

/** The variables of each message. */
export type Contract = ReadonlyMap<string, ReadonlySet<string>>;

export const kioskContract = (): Contract => contractOf(wordsFrom);
export const setUpContract = (): Contract => contractOf(setUpWordsFrom);
export const staffDeskContract = (): Contract => contractOf(staffDeskWordsFrom);

function contractOf(wordsFrom: (say: SayAny) => unknown): Contract {
  const asked = new Map<string, Set<string>>();
  visit(
    wordsFrom((message, values = {}) => {
      const variables = asked.get(message) ?? new Set();
      for (const variable of Object.keys(values)) variables.add(variable);
      asked.set(message, variables);
      return message;
    }),
  );
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

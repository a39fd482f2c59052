// The kiosk page's words, by language tag.
import { wordsFrom } from "./adapter";
import { Catalogues } from "./catalogues";
import type { Words } from "./words";

const catalogues = new Catalogues<Words>(
  import.meta.glob<string>("./catalogues/*.ftl", { query: "?raw", import: "default", eager: true }),
  wordsFrom,
);

/** The tags of all catalogues. */
export const catalogueTags: readonly string[] = catalogues.tags;
export const catalogueFor = (tag: string) => catalogues.for(tag);
export const hasCatalogue = (tag: string): boolean => catalogues.has(tag);
export const addCatalogue = (tag: string, source: string): void => catalogues.add(tag, source);

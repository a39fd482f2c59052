// The set-up's words, by language tag: apart from the kiosk's, so that neither page loads the other's.
import { Catalogues } from "../catalogues";
import { setUpWordsFrom } from "./adapter";
import type { SetUpWords } from "./words";

const catalogues = new Catalogues<SetUpWords>(
  import.meta.glob<string>("./catalogues/*.ftl", { query: "?raw", import: "default", eager: true }),
  setUpWordsFrom,
);

/** The tags of all catalogues. */
export const setUpTags: readonly string[] = catalogues.tags;
export const setUpCatalogueFor = (tag: string) => catalogues.for(tag);

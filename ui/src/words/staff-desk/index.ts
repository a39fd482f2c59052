// The staff desk's words, by language tag: apart from the other pages', so that none loads another's.
import { Catalogues } from "../catalogues";
import { staffDeskWordsFrom, type StaffDeskWords } from "./adapter";

const catalogues = new Catalogues<StaffDeskWords>(
  import.meta.glob<string>("./catalogues/*.ftl", { query: "?raw", import: "default", eager: true }),
  staffDeskWordsFrom,
);

/** The tags of all catalogues. */
export const staffDeskTags: readonly string[] = catalogues.tags;
export const staffDeskCatalogueFor = (tag: string) => catalogues.for(tag);
export type { StaffDeskWords };

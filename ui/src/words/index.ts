// Chooses the catalogue for a language tag.
import { en } from "./en";
import type { Words } from "./words";

export type Catalogue = {
  words: Words;
  /** What the page's `lang` says: the language it really speaks. */
  language: string;
  direction: "ltr" | "rtl";
  /** The locale of times, dates and numbers. */
  locale: string;
};

/** `locale`: used where the tag names no region. English without one means the 24-hour clock, day before month. */
const catalogues: Record<string, { words: Words; locale: string }> = {
  en: { words: en, locale: "en-GB" },
};
const fallback = { words: en, locale: "en-GB" };

const rightToLeft = new Set(["ar", "fa", "he", "ps", "ur", "yi"]);

/** A language without a catalogue gets English, throughout: English words with foreign dates would be neither. */
export function catalogueFor(tag: string): Catalogue {
  const asked = parse(tag);
  const found = asked === null ? undefined : catalogues[asked.language];
  if (asked === null || found === undefined) {
    return { words: fallback.words, language: "en", direction: "ltr", locale: fallback.locale };
  }
  return {
    words: found.words,
    language: asked.baseName,
    direction: rightToLeft.has(asked.language) ? "rtl" : "ltr",
    locale: asked.region === undefined ? found.locale : asked.baseName,
  };
}

function parse(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

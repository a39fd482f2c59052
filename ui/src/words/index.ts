// Chooses the catalogue for a language tag.
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { wordsFrom } from "./adapter";
import type { Words } from "./words";

export type Catalogue = {
  words: Words;
  /** What the page's `lang` says: the language it really speaks. */
  language: string;
  direction: "ltr" | "rtl";
  /** The locale of times, dates and numbers. */
  locale: string;
};

/** The messages, by the tag that names the file. The build has checked each (build/catalogues.ts). */
const sources: Record<string, string> = Object.fromEntries(
  Object.entries(import.meta.glob<string>("./catalogues/*.ftl", { query: "?raw", import: "default", eager: true })).map(
    ([path, source]) => [path.replace(/^.*\/|\.ftl$/g, ""), source],
  ),
);

/** The tags of all catalogues. */
export const catalogueTags: readonly string[] = Object.keys(sources);

/** The region whose times and dates are used where a tag names none. English then means the 24-hour clock, day before month. */
const usualRegions: Record<string, string> = { en: "GB", pt: "PT" };
const fallback = "en";
const rightToLeft = new Set(["ar", "fa", "he", "ps", "ur", "yi"]);

/** A language without a catalogue gets English, throughout: English words with foreign dates would be neither. */
export function catalogueFor(tag: string): Catalogue {
  const asked = parse(tag);
  const found = asked === null ? undefined : sourceTag(asked);
  const shown = asked === null || found === undefined ? new Intl.Locale(fallback) : asked;
  const region = shown.region ?? usualRegions[shown.language];
  const locale = region === undefined ? shown.baseName : new Intl.Locale(shown, { region }).baseName;
  return {
    words: wordsOf(found ?? fallback, locale),
    language: shown.baseName,
    direction: rightToLeft.has(shown.language) ? "rtl" : "ltr",
    locale,
  };
}

/** Whether the page can speak this language. */
export function hasCatalogue(tag: string): boolean {
  const asked = parse(tag);
  return asked !== null && sourceTag(asked) !== undefined;
}

/** Adds a catalogue that is not part of the page, such as a pseudo-locale. */
export function addCatalogue(tag: string, source: string): void {
  sources[tag] = source;
}

const made = new Map<string, Words>();

/** Made on first use and kept: another language costs nothing until somebody asks for it. */
function wordsOf(catalogue: string, locale: string): Words {
  const key = `${catalogue} ${locale}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const words = wordsIn(sources[catalogue] ?? "", locale);
  made.set(key, words);
  return words;
}

/** Names and times keep their own direction inside a sentence: Fluent isolates them, in every language. */
function wordsIn(source: string, locale: string): Words {
  const bundle = new FluentBundle(locale, { useIsolating: true });
  bundle.addResource(new FluentResource(source));
  return wordsFrom((message, values) => {
    const pattern = bundle.getMessage(message)?.value;
    if (pattern === undefined || pattern === null) throw new Error(`the catalogue has no message ${message}`);
    return bundle.formatPattern(pattern, values ?? null);
  });
}

/** A script counts: traditional Chinese is not served by a simplified catalogue. */
function sourceTag(asked: Intl.Locale): string | undefined {
  const { language, script } = asked.maximize();
  return [asked.baseName, `${language}-${script}`, language].find((tag) => tag in sources);
}

function parse(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

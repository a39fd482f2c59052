// A set of catalogues, one a language: finds the one for a tag, and makes its words.
import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { SayAny } from "./say";

export type Catalogue<Words> = {
  words: Words;
  /** What the page's `lang` says: the language it really speaks. */
  language: string;
  direction: "ltr" | "rtl";
  /** The locale of times, dates and numbers. */
  locale: string;
};

/** The region whose times and dates are used where a tag names none. English then means the 24-hour clock, day before month. */
const usualRegions: Record<string, string> = { en: "GB", pt: "PT" };
const fallback = "en";
const rightToLeft = new Set(["ar", "fa", "he", "ps", "ur", "yi"]);

export class Catalogues<Words> {
  readonly #sources: Record<string, string>;
  readonly #wordsFrom: (say: SayAny) => Words;
  /** Made on first use and kept: another language costs nothing until somebody asks for it. */
  readonly #made = new Map<string, Words>();

  /** `files`: the messages by path; the tag names the file. The build has checked each (build/catalogues.ts). */
  constructor(files: Record<string, string>, wordsFrom: (say: SayAny) => Words) {
    this.#sources = Object.fromEntries(Object.entries(files).map(([path, source]) => [path.replace(/^.*\/|\.ftl$/g, ""), source]));
    this.#wordsFrom = wordsFrom;
  }

  /** The tags of all catalogues. */
  get tags(): string[] {
    return Object.keys(this.#sources);
  }

  /** A language without a catalogue gets English, throughout: English words with foreign dates would be neither. */
  for(tag: string): Catalogue<Words> {
    const asked = parse(tag);
    const found = asked === null ? undefined : this.#sourceTag(asked);
    const shown = asked === null || found === undefined ? new Intl.Locale(fallback) : asked;
    const region = shown.region ?? usualRegions[shown.language];
    const locale = region === undefined ? shown.baseName : new Intl.Locale(shown, { region }).baseName;
    return {
      words: this.#wordsOf(found ?? fallback, locale),
      language: shown.baseName,
      direction: rightToLeft.has(shown.language) ? "rtl" : "ltr",
      locale,
    };
  }

  /** Whether the page can speak this language. */
  has(tag: string): boolean {
    const asked = parse(tag);
    return asked !== null && this.#sourceTag(asked) !== undefined;
  }

  /** Adds a catalogue that is not part of the page, such as a pseudo-locale. */
  add(tag: string, source: string): void {
    this.#sources[tag] = source;
  }

  #wordsOf(catalogue: string, locale: string): Words {
    const key = `${catalogue} ${locale}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const words = this.#wordsFrom(sayIn(this.#sources[catalogue] ?? "", locale));
    this.#made.set(key, words);
    return words;
  }

  /** A script counts: traditional Chinese is not served by a simplified catalogue. */
  #sourceTag(asked: Intl.Locale): string | undefined {
    const { language, script } = asked.maximize();
    return [asked.baseName, `${language}-${script}`, language].find((tag) => tag in this.#sources);
  }
}

/** Names and times keep their own direction inside a sentence: Fluent isolates them, in every language. */
function sayIn(source: string, locale: string): SayAny {
  const bundle = new FluentBundle(locale, { useIsolating: true });
  bundle.addResource(new FluentResource(source));
  return (message, values) => {
    const pattern = bundle.getMessage(message)?.value;
    if (pattern === undefined || pattern === null) throw new Error(`the catalogue has no message ${message}`);
    return bundle.formatPattern(pattern, values ?? null);
  };
}

function parse(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

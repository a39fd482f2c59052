// Which language the page speaks.
import { hasCatalogue } from "../words";

export type Asked = {
  /** At the kiosk; null: nobody chose. */
  chosen: string | null;
  /** The kiosk's own. */
  kiosk: string;
};

/** The tag to speak: what was chosen here, where it has a catalogue, else the kiosk's. */
export function languageShown({ chosen, kiosk }: Asked): string {
  const found = chosen !== null && hasCatalogue(chosen) ? chosen : kiosk;
  // Dates and times stay those of the kiosk's region: English chosen on a kiosk in New York is American.
  return sameLanguage(found, kiosk) && regionOf(found) === undefined ? kiosk : found;
}

/** The languages to offer: of those that are asked for, the ones the page can speak, each once. */
export function languagesOffered(asked: readonly string[]): string[] {
  return [...new Set(asked)].filter(hasCatalogue);
}

/** Whether two tags name one language, such as "en" and "en-US"; Chinese in two scripts is two. */
export function sameLanguage(one: string, other: string): boolean {
  const [first, second] = [parse(one)?.maximize(), parse(other)?.maximize()];
  if (first === undefined || second === undefined) return one === other;
  return first.language === second.language && first.script === second.script;
}

/** Of these tags the very one, or else the nearest: what stands for "en" serves "en-US". */
export function nearest(tags: readonly string[], wanted: string): string | undefined {
  return tags.includes(wanted) ? wanted : tags.find((tag) => sameLanguage(tag, wanted));
}

function regionOf(tag: string): string | undefined {
  return parse(tag)?.region;
}

function parse(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}

// Every pair of colours can be read, and verdicts are told apart by eyes that see other hues or none.
import {
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  filterGrayscale,
  parse,
  wcagContrast,
  type Color,
} from "culori";
import { describe, expect, it } from "vitest";
import { looks } from "../src/present/verdict";
import type { VerdictKind } from "../src/words/words";
import { colourNames, themes, tokensOf, type ThemeName } from "./palette";

const TEXT = 4.5;
/** Large text, and graphics that carry meaning (WCAG 1.4.3, 1.4.11). */
const LARGE = 3;
/** What the high-contrast theme promises for all text (WCAG 1.4.6). */
const ENHANCED = 7;

const kinds = Object.keys(looks) as VerdictKind[];

/** Ink, ground, and what it must reach; where `enhanced` is false it is no text. */
type Pair = [ink: string, ground: string, minimum: number];
const common: Pair[] = [
  ["--ink", "--paper", TEXT],
  ["--ink-soft", "--paper", TEXT],
  ["--ink", "--paper-raised", TEXT],
  ["--ink-soft", "--paper-raised", TEXT],
  ["--deep-ink", "--deep", TEXT],
  ["--deep-ink-soft", "--deep", TEXT],
  ["--alert-ink", "--alert", TEXT],
  ["--alert-ink-soft", "--alert", TEXT],
  ["--deep", "--deep-tile", TEXT],
  ["--paper-raised", "--ink", TEXT],
  ["--accent", "--deep", LARGE],
  ["--deep-raised", "--deep", LARGE],
  ["--deep-tile", "--deep", LARGE],
  ["--lamp", "--deep-raised", 1.5],
  ["--alert-mark", "--alert", LARGE],
  ["--alert-raised", "--alert", LARGE],
  ["--tone-good", "--paper-raised", LARGE],
  ["--tone-pending", "--paper-raised", LARGE],
  ["--tone-held", "--paper-raised", LARGE],
  ["--tone-attention", "--paper-raised", LARGE],
];
const ofVerdicts: Pair[] = [
  ["--field-ink", "--field", TEXT],
  ["--field-mark", "--field", LARGE],
  ["--page-ink", "--page", TEXT],
  ["--page-ink-soft", "--page", TEXT],
  ["--strong", "--page", TEXT],
  ["--strong-ink", "--strong", TEXT],
];
/** A line between two areas that differ anyway. */
const decoration = new Set(["--rule"]);

function colour(tokens: (name: string) => string, name: string): Color {
  const parsed = parse(tokens(name));
  if (parsed === undefined) throw new Error(`${name} is ${tokens(name)}, which is no colour`);
  return parsed;
}

function findings(theme: ThemeName, kind: VerdictKind | null, pairs: Pair[]): string[] {
  const tokens = tokensOf(theme, kind);
  return pairs.flatMap(([ink, ground, minimum]) => {
    const asked = theme === "high_contrast" && minimum === TEXT ? ENHANCED : minimum;
    const found = wcagContrast(colour(tokens, ink), colour(tokens, ground));
    return found >= asked ? [] : [`${theme} ${kind ?? ""} ${ink} on ${ground}: ${found.toFixed(2)}, not ${asked}`];
  });
}

describe("every theme", () => {
  it.each(themes)("%s: ink can be read on its ground", (theme) => {
    expect([findings(theme, null, common), kinds.map((kind) => findings(theme, kind, ofVerdicts))].flat(2)).toEqual([]);
  });

  it("leaves no colour unjudged", () => {
    const judged = new Set([...common, ...ofVerdicts].flatMap(([ink, ground]) => [ink, ground]));
    expect([...colourNames()].filter((name) => !judged.has(name) && !decoration.has(name))).toEqual([]);
  });

  it("finds a pair that cannot be read", () => {
    expect(findings("light", null, [["--rule", "--paper", TEXT]])).toHaveLength(1);
  });
});

/**
 * What a tap came to: recorded, kept to be recorded, or not recorded. Who walks on believing the wrong one of these has been
 * misled, so their fields differ by luminance, which every eye sees. Within a group it is the words that make the difference
 * (what to do next), and there place and shape tell the outcomes apart.
 */
const recorded: VerdictKind[] = ["checked_in", "checked_out"];
const notRecorded: VerdictKind[] = ["refused", "unknown_tile", "ambiguous_tile", "unusable_tile", "unavailable"];
const kept: VerdictKind[] = ["saved"];

const visions = {
  normal: (seen: Color) => seen,
  protanopia: filterDeficiencyProt(1),
  deuteranopia: filterDeficiencyDeuter(1),
  tritanopia: filterDeficiencyTrit(1),
  achromatopsia: filterGrayscale(1),
} as unknown as Record<string, (seen: Color) => Color>;

/** 3:1 between bright and deep leaves no room for a third step that keeps 3:1 to both: kept stands on the deep side. */
const byLuminance = recorded.flatMap((one) => [...notRecorded, ...kept].map((other) => [one, other] as const));
const allPairs = kinds.flatMap((one, index) => kinds.slice(index + 1).map((other) => [one, other] as const));
const isByLuminance = (one: VerdictKind, other: VerdictKind): boolean =>
  byLuminance.some((pair) => pair.includes(one) && pair.includes(other));

describe("verdicts", () => {
  it("are all in one group", () => {
    expect([...recorded, ...kept, ...notRecorded].sort()).toEqual([...kinds].sort());
  });

  it.each(themes)("%s: recorded and not differ by 3:1 to every eye", (theme) => {
    const close = byLuminance.flatMap(([one, other]) =>
      Object.entries(visions).flatMap(([vision, see]) => {
        const field = (kind: VerdictKind): Color => see(colour(tokensOf(theme, kind), "--field"));
        const found = wcagContrast(field(one), field(other));
        return found >= LARGE ? [] : [`${vision}: ${one} and ${other} ${found.toFixed(2)}`];
      }),
    );
    expect(close).toEqual([]);
  });

  it("that do not, differ in place and in shape", () => {
    const rest = allPairs.filter(([one, other]) => !isByLuminance(one, other));
    expect(rest).toHaveLength(allPairs.length - byLuminance.length);
    for (const [one, other] of rest) {
      expect(looks[one].place, `${one} and ${other}`).not.toBe(looks[other].place);
      expect(looks[one].shape, `${one} and ${other}`).not.toBe(looks[other].shape);
    }
  });
});

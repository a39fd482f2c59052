// Reads the colours of every theme out of the style sheet itself, as the cascade would give them.
import { readFileSync } from "node:fs";
import postcss from "postcss";

export const themes = ["light", "dark", "high_contrast"] as const;
export type ThemeName = (typeof themes)[number];
export type Tokens = (name: string) => string;

type Rule = { theme: string | null; kind: string | null; anyKind: boolean; specificity: number; declarations: Map<string, string> };

const sheet = postcss.parse(readFileSync(new URL("../src/styles/themes.css", import.meta.url), "utf8"));
const rules: Rule[] = [];
for (const node of sheet.nodes) {
  // What stands inside a media query (the system's forced colours) is no colour of ours.
  if (node.type !== "rule") continue;
  const declarations = new Map<string, string>();
  node.walkDecls((declaration) => void declarations.set(declaration.prop, declaration.value));
  for (const selector of node.selectors) rules.push({ ...parse(selector), declarations });
}

function parse(selector: string): Omit<Rule, "declarations"> {
  const known = /^(?::root|(?:\[data-theme="(?<theme>\w+)"\])?\s*(?<kind>\[data-kind(?:="(?<value>\w+)")?\])?)$/.exec(selector);
  if (known === null) throw new Error(`themes.css has a selector that nobody judges: ${selector}`);
  const { theme = null, kind, value = null } = known.groups ?? {};
  const parts = selector === ":root" ? 1 : [theme, kind].filter((part) => part != null).length;
  return { theme, kind: value, anyKind: kind !== undefined && value === null, specificity: parts };
}

/** The colours as they apply to a theme, and inside it to a verdict of this kind or to none. */
export function tokensOf(theme: ThemeName, kind: string | null = null): Tokens {
  const applying = rules
    .filter((rule) => rule.theme === null || rule.theme === theme)
    .filter((rule) => (rule.kind === null && !rule.anyKind) || (kind !== null && (rule.anyKind || rule.kind === kind)))
    // Those of the verdict's element win over those of the root; sorting keeps the sheet's order among equals.
    .map((rule) => ({ rule, rank: (rule.kind !== null || rule.anyKind ? 10 : 0) + rule.specificity }))
    .sort((one, other) => one.rank - other.rank);
  const values = new Map(applying.flatMap(({ rule }) => [...rule.declarations]));
  const resolve = (text: string): string => {
    const reference = /^var\((--[\w-]+)(?:,\s*(.+))?\)$/.exec(text);
    if (reference === null) return text;
    const value = values.get(reference[1] ?? "") ?? reference[2];
    if (value === undefined) throw new Error(`${text} leads nowhere in ${theme}`);
    return resolve(value);
  };
  return (name) => resolve(`var(${name})`);
}

/** Every name that some theme gives a colour. */
export function colourNames(): Set<string> {
  return new Set(rules.flatMap((rule) => [...rule.declarations.keys()]).filter((name) => name.startsWith("--")));
}

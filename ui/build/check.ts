// Checks one Fluent catalogue against what the page asks for, and against the plural rules of its language.
import { FluentBundle, FluentResource } from "@fluent/bundle";
import {
  type Entry,
  FluentParser,
  type FunctionReference,
  type Junk,
  type Message,
  type MessageReference,
  type Resource,
  type SelectExpression,
  type Term,
  type TermReference,
  type VariableReference,
  Visitor,
} from "@fluent/syntax";
import { counts } from "../src/words/say.ts";
import type { Contract } from "./contract.ts";

export type Problem = { line: number; message: string; problem: string };
/** By message, what it chooses plural forms by. */
export type Selections = ReadonlyMap<string, ReadonlySet<string>>;

const isCount = (variable: string): boolean => (counts as readonly string[]).includes(variable);

/** What is wrong with a catalogue; nothing when it is whole. `reference`: where English chooses a plural form. */
export function checkCatalogue(locale: string, source: string, contract: Contract, reference: Selections): Problem[] {
  const resource = new FluentParser().parse(source);
  const problems: Problem[] = [];
  const report = (at: { span?: { start: number } }, message: string, problem: string): void => {
    problems.push({ line: lineOf(source, at.span?.start ?? 0), message, problem });
  };

  const known = new Set(resource.body.filter(isNamed).map(nameOf));
  const seen = new Set<string>();
  for (const entry of resource.body) {
    if (entry.type === "Junk") {
      report(entry, junkName(entry), `cannot be read: ${entry.annotations.map(({ message }) => message).join("; ")}`);
    }
    if (!isNamed(entry)) continue;
    const name = nameOf(entry);
    if (seen.has(name)) report(entry.id, name, "stands there twice");
    seen.add(name);
    const asked = entry.type === "Message" ? contract.get(name) : new Set<string>();
    if (asked === undefined) report(entry.id, name, "is extra: the page never asks for it");
    else checkEntry(entry, asked, known, locale, reference.get(name) ?? new Set(), report);
  }

  const end = { span: { start: source.length } };
  for (const name of contract.keys()) if (!seen.has(name)) report(end, name, "is missing");
  // Only what reads well is tried: a broken message has been named already.
  if (problems.length === 0) tryAll(locale, source, resource, contract, report);
  return problems;
}

/** Where a catalogue chooses a plural form. */
export function selectionsOf(source: string): Selections {
  const selections = new Map<string, Set<string>>();
  for (const entry of new FluentParser().parse(source).body) {
    if (entry.type !== "Message") continue;
    selections.set(entry.id.name, new Set(partsOf(entry).selects.map(selectorOf).filter((name) => name !== null)));
  }
  return selections;
}

function isNamed(entry: Entry): entry is Message | Term {
  return entry.type === "Message" || entry.type === "Term";
}

type Report = (at: { span?: { start: number } }, message: string, problem: string) => void;

function checkEntry(
  entry: Message | Term,
  asked: ReadonlySet<string>,
  known: ReadonlySet<string>,
  locale: string,
  selectedInEnglish: ReadonlySet<string>,
  report: Report,
): void {
  const name = nameOf(entry);
  const parts = partsOf(entry);
  if (entry.value === null) report(entry.id, name, "says nothing");
  if (entry.attributes.length > 0) report(entry.id, name, "has attributes, which the page never shows");

  for (const variable of parts.variables) {
    if (!asked.has(variable.id.name)) report(variable, name, `knows no variable $${variable.id.name}`);
  }
  const shown = new Set(parts.variables.filter((variable) => !parts.selectors.has(variable)).map(({ id }) => id.name));
  for (const variable of asked) {
    if (!isCount(variable) && !shown.has(variable)) report(entry.id, name, `does not show $${variable}`);
    if (isCount(variable) && shown.has(variable)) {
      report(entry.id, name, `shows $${variable}, which only chooses a plural form: show the text that comes with it`);
    }
  }

  for (const reference of parts.references) {
    const called = reference.type === "TermReference" ? `-${reference.id.name}` : reference.id.name;
    if (!known.has(called)) report(reference, name, `refers to ${called}, which is not there`);
  }
  for (const called of parts.functions) report(called, name, `calls the function ${called.id.name}, which is not there`);

  for (const select of parts.selects) checkPlural(select, name, locale, report);
  const selected = new Set(parts.selects.map(selectorOf));
  for (const variable of selectedInEnglish) {
    if (categoriesOf(locale).length > 1 && !selected.has(variable)) report(entry.id, name, `chooses no plural form by $${variable}`);
  }
}

function checkPlural(select: SelectExpression, name: string, locale: string, report: Report): void {
  const selector = selectorOf(select);
  if (selector === null || !isCount(selector)) report(select, name, `chooses by something other than $${counts.join(", $")}`);
  const categories = categoriesOf(locale);
  const forms = select.variants.map(({ key }) => (key.type === "Identifier" ? key.name : null));
  for (const category of categories) {
    if (!forms.includes(category)) report(select, name, `has no plural form [${category}], which ${locale} needs`);
  }
  for (const [index, form] of forms.entries()) {
    const variant = select.variants[index];
    if (form === null || variant === undefined) continue;
    if (!categories.includes(form)) report(variant, name, `has a plural form [${form}], which ${locale} does not know`);
    if (forms.indexOf(form) !== index) report(variant, name, `has the plural form [${form}] twice`);
    if (variant.default && form !== "other") report(variant, name, `falls back to [${form}] instead of [other]`);
  }
}

/** Says every message once with every plural form: finds circles, and whatever the page's own parser reads otherwise. */
function tryAll(locale: string, source: string, resource: Resource, contract: Contract, report: Report): void {
  const bundle = new FluentBundle(locale);
  bundle.addResource(new FluentResource(source));
  for (const entry of resource.body) {
    if (entry.type !== "Message") continue;
    const pattern = bundle.getMessage(entry.id.name)?.value ?? null;
    const errors: Error[] = [];
    for (const count of [0, 1, 2, 3, 5, 11, 100, 1_000_000]) {
      const variables = [...(contract.get(entry.id.name) ?? [])];
      const values = Object.fromEntries(variables.map((variable) => [variable, isCount(variable) ? count : "x"]));
      if (pattern === null || bundle.formatPattern(pattern, values, errors).trim() === "") errors.push(new Error("says nothing"));
    }
    const [first] = errors;
    if (first !== undefined) report(entry.id, entry.id.name, `cannot be said: ${first.message}`);
  }
}

type Parts = {
  variables: VariableReference[];
  /** Those of the variables that a plural form is chosen by. */
  selectors: Set<VariableReference>;
  references: (MessageReference | TermReference)[];
  functions: FunctionReference[];
  selects: SelectExpression[];
};

function partsOf(entry: Message | Term): Parts {
  const parts: Parts = { variables: [], selectors: new Set(), references: [], functions: [], selects: [] };
  class Collector extends Visitor {
    visitVariableReference(node: VariableReference): void {
      parts.variables.push(node);
    }
    visitMessageReference(node: MessageReference): void {
      parts.references.push(node);
    }
    visitTermReference(node: TermReference): void {
      parts.references.push(node);
      this.genericVisit(node);
    }
    visitFunctionReference(node: FunctionReference): void {
      parts.functions.push(node);
      this.genericVisit(node);
    }
    visitSelectExpression(node: SelectExpression): void {
      parts.selects.push(node);
      if (node.selector.type === "VariableReference") parts.selectors.add(node.selector);
      this.genericVisit(node);
    }
  }
  new Collector().visit(entry);
  return parts;
}

function selectorOf(select: SelectExpression): string | null {
  return select.selector.type === "VariableReference" ? select.selector.id.name : null;
}

function categoriesOf(locale: string): string[] {
  return new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
}

function nameOf(entry: Message | Term): string {
  return entry.type === "Term" ? `-${entry.id.name}` : entry.id.name;
}

function junkName(junk: Junk): string {
  return /^[^=\n]*/.exec(junk.content)?.[0].trim() ?? "";
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}

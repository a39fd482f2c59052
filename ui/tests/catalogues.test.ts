// The check of the catalogues: passes ours, and finds each way in which one can be broken.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkFolder } from "../build/catalogues.ts";
import { checkCatalogue, selectionsOf } from "../build/check.ts";
import { type Contract, kioskContract, setUpContract, staffDeskContract } from "../build/contract.ts";

const ours = "src/words/catalogues";

const contract: Contract = new Map([
  ["hello", new Set<string>()],
  ["since", new Set(["time"])],
  ["taps", new Set(["count", "shown"])],
]);
const english = `hello = Hello
since = Since { $time }
taps = { $count ->
    [one] { $shown } tap
   *[other] { $shown } taps
}
`;
const reference = selectionsOf(english);
const problemsOf = (source: string, locale = "en"): string[] =>
  checkCatalogue(locale, source, contract, reference).map(({ line, message, problem }) => `${line}: ${message} ${problem}`);
const instead = (from: string, to: string): string => {
  if (!english.includes(from)) throw new Error(`the sample has no ${from}`);
  return english.replace(from, to);
};

describe("the check", () => {
  it("passes the pages' own catalogues", () => {
    expect(checkFolder(ours, kioskContract())).toEqual([]);
    expect(checkFolder("src/words/set-up/catalogues", setUpContract())).toEqual([]);
    expect(checkFolder("src/words/staff-desk/catalogues", staffDeskContract())).toEqual([]);
  });

  it("asks for every message with its variables", () => {
    const asked = kioskContract();
    expect(asked.size).toBeGreaterThan(80);
    expect([...(asked.get("waiting-since") ?? [])].sort()).toEqual(["count", "shown", "since"]);
    expect([...(asked.get("charge") ?? [])]).toEqual(["name"]);
    expect([...(asked.get("charge-with-price") ?? [])]).toEqual(["name", "price"]);
    expect([...(asked.get("sentence") ?? [])]).toEqual(["text"]);
  });

  it("passes a whole sample, and leaves grammar to the language", () => {
    expect(problemsOf(english)).toEqual([]);
    expect(problemsOf("hello = こんにちは\nsince = { $time } から\ntaps = { $shown } 件\n", "ja")).toEqual([]);
    expect(problemsOf(`-house = Tapdesk\n${instead("Hello", "Hello at { -house }")}`)).toEqual([]);
  });

  it.each([
    ["a missing message", instead("hello = Hello\n", ""), ["6: hello is missing"]],
    ["an extra message", `${english}more = More\n`, ["7: more is extra: the page never asks for it"]],
    ["a message that cannot be read", instead("{ $time }", "{ $time"), ["2: since cannot be read: Expected token: \"}\"", "7: since is missing"]],
    ["a line that is no message", `${english}Hello there\n`, ["7: Hello there cannot be read: Expected token: \"=\""]],
    ["a message that stands there twice", `${english}hello = Hi\n`, ["7: hello stands there twice"]],
    ["an unknown variable", instead("Hello", "Hello { $name }"), ["1: hello knows no variable $name"]],
    ["a lost variable", instead("Since { $time }", "Since then"), ["2: since does not show $time"]],
    ["a number shown as it is", instead("*[other] { $shown }", "*[other] { $count } { $shown }"), [
      "3: taps shows $count, which only chooses a plural form: show the text that comes with it",
    ]],
    ["a missing plural form", instead("    [one] { $shown } tap\n", ""), ["3: taps has no plural form [one], which en needs"]],
    ["a plural form of another language", instead("    [one]", "    [few] { $shown } taps\n    [one]"), [
      "4: taps has a plural form [few], which en does not know",
    ]],
    ["the same plural form twice", instead("    [one]", "    [one] x\n    [one]"), ["5: taps has the plural form [one] twice"]],
    ["a wrong form to fall back to", instead("    [one]", "   *[one]").replace("   *[other]", "    [other]"), [
      "4: taps falls back to [one] instead of [other]",
    ]],
    ["no plural form where English has one", `${english.slice(0, english.indexOf("taps"))}taps = { $shown } taps\n`, [
      "3: taps chooses no plural form by $count",
    ]],
    ["a choice by a text", instead("Since { $time }", "Since { $time } { $time ->\n   *[other] x\n }"), [
      "2: since chooses by something other than $count, $hours, $minutes",
      "2: since has no plural form [one], which en needs",
    ]],
    ["an unknown term", instead("Hello", "Hello { -brand }"), ["1: hello refers to -brand, which is not there"]],
    ["an unknown message", instead("Hello", "Hello { you }"), ["1: hello refers to you, which is not there"]],
    ["an unknown function", instead("{ $time }", "{ TIME($time) }"), ["2: since calls the function TIME, which is not there"]],
    ["an attribute", instead("hello = Hello", "hello = Hello\n    .title = Hi"), ["1: hello has attributes, which the page never shows"]],
    ["a message of attributes alone", instead("hello = Hello", "hello =\n    .title = Hi"), [
      "1: hello says nothing",
      "1: hello has attributes, which the page never shows",
    ]],
    ["a circle", instead("Hello", "{ hello }"), ["1: hello cannot be said: Cyclic reference"]],
    ["a message that brings a variable along", instead("Hello", "Hello { since }"), ["1: hello cannot be said: Unknown variable: $time"]],
    ["a blank message", instead("Hello", '{ "" }'), ["1: hello cannot be said: says nothing"]],
  ])("finds %s", (_kind, source, problems) => {
    expect(problemsOf(source)).toEqual(problems);
  });

  it("asks for all plural forms of the language, not of English", () => {
    expect(problemsOf(english, "pl")).toEqual([
      "3: taps has no plural form [few], which pl needs",
      "3: taps has no plural form [many], which pl needs",
    ]);
  });

  it("names file, line and message", () => {
    const folder = mkdtempSync(join(tmpdir(), "catalogues-"));
    try {
      const source = readFileSync(join(ours, "en.ftl"), "utf8");
      writeFileSync(join(folder, "en.ftl"), source);
      writeFileSync(join(folder, "sv.ftl"), source.replace("{ $time }", "{ $tid }"));
      const line = source.split("\n").findIndex((text) => text.startsWith("checked-in-at")) + 1;
      expect(checkFolder(folder, kioskContract())).toEqual([
        `${join(folder, "sv.ftl")}:${line}: checked-in-at knows no variable $tid`,
        `${join(folder, "sv.ftl")}:${line}: checked-in-at does not show $time`,
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

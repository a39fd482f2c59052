// The pseudo-locale is whole, longer and strange, and no part of the page.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { render } from "svelte/server";
import { describe, expect, it } from "vitest";
import { checkCatalogue, selectionsOf } from "../build/check.ts";
import { kioskContract } from "../build/contract.ts";
import { pseudoCatalogue, pseudoTag } from "../src/gallery/pseudo";
import { galleryNow, scenes } from "../src/gallery/scenes";
import Kiosk from "../src/screens/Kiosk.svelte";
import { catalogueFor, catalogueTags } from "../src/words";
import { plain } from "./plain";

const english = readFileSync("src/words/catalogues/en.ftl", "utf8");
const { words } = catalogueFor(pseudoTag);

describe("the pseudo-locale", () => {
  it("is a whole catalogue", () => {
    expect(checkCatalogue(pseudoTag, pseudoCatalogue(english), kioskContract(), selectionsOf(english))).toEqual([]);
  });

  it("is strange, a third longer, in brackets, and keeps what is put in", () => {
    expect(words.headline.refused).toBe("⟦Ñóţ çhééçķééd ííñ⟧");
    expect(plain(words.tile("…B2C3"))).toMatch(/…B2C3$/);
    const { words: plainWords } = catalogueFor("en");
    const growth = words.unavailable.queue_full.length / plainWords.unavailable.queue_full.length;
    expect(growth).toBeGreaterThan(1.25);
    expect(growth).toBeLessThan(1.5);
    expect(plain(words.passesLeft(2, "2"))).toMatch(/^2 p/);
  });

  it("leaves nothing in plain English on any screen", () => {
    for (const [name, scene] of Object.entries(scenes)) {
      const html = render(Kiosk, { props: { scene: { ...scene, language: pseudoTag }, now: galleryNow, accept: () => Promise.resolve() } }).body;
      const headline = /<h1[^>]*>([^<]*)/.exec(html)?.[1] ?? "";
      expect(headline, name).toMatch(/^⟦.*⟧$/);
      expect(html, name).not.toMatch(/>(Reader ready|Connected|Please see the desk|Language)</);
    }
  });

  it("is not among the page's languages", () => {
    expect(catalogueTags).not.toContain(pseudoTag);
    for (const folder of ["src/screens", "src/shared", "src/present", "src/words", "src"]) {
      const files = readdirSync(folder).filter((file) => /\.(ts|svelte)$/.test(file));
      for (const file of files) expect(readFileSync(`${folder}/${file}`, "utf8"), file).not.toMatch(/@fluent\/syntax|gallery\//);
    }
    expect(existsSync(`src/words/catalogues/${pseudoTag}.ftl`)).toBe(false);
  });
});

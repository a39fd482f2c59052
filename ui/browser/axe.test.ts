// axe-core in Chromium, on every scene: every theme in English and Arabic, the other languages on what differs most.
// AXE=all judges every scene in every theme and language, which takes minutes.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deskNames, nameOf, sceneNames, setUpNames, show, startGallery, themes, type Gallery, type Look } from "./gallery";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const others = ["es", "fr", "de", "pt", "it", "nl", "pl", "ca", "ja", "zh-Hans"];

let gallery: Gallery;
let page: Page;
beforeAll(async () => {
  gallery = await startGallery();
  page = await gallery.open([1280, 800]);
  await page.addScriptTag({ content: axe });
});
afterAll(() => gallery.close());

async function violations(look: Look): Promise<string[]> {
  await show(page, look);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run: (root: Document, options: object) => Promise<AxeResults> } }).axe.run(document, {
      // Every rule there is, best practices too; "incomplete" is what it could not judge.
      resultTypes: ["violations"],
    });
    return violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
  });
  return found.map((one) => `${nameOf(look)}: ${one}`);
}

async function judgeAll(looks: Look[]): Promise<void> {
  const found: string[] = [];
  for (const look of looks) found.push(...(await violations(look)));
  expect(found).toEqual([]);
}

const judged = process.env["AXE"] === "all" ? ["en", "ar", ...others] : ["en", "ar"];

describe.each(themes)("%s", (theme) => {
  it.each(judged)("has no violation on any scene in %s", async (language) => {
    const scenes = await sceneNames(page);
    await judgeAll(scenes.map((scene) => ({ scene, theme, language, text: 100 })));
  });

  it.each(judged)("has no violation at any step of the set-up in %s", async (language) => {
    const scenes = await setUpNames(page);
    await judgeAll(scenes.map((scene) => ({ scene, theme, language, text: 100 })));
  });
});

it("has no violation in any other language, nor with large text, nor with a brand", async () => {
  await judgeAll([
    ...others.map((language): Look => ({ scene: "checked_in_offer", theme: "light", language, text: 100 })),
    ...["set_up_code_needed", "set_up_rights_lacking"].flatMap((scene) =>
      others.map((language): Look => ({ scene, theme: "dark", language, text: 100 })),
    ),
    ...["set_up", "idle_sign_in_ends", "set_up_reader_down", "idle", "acknowledged", "refused_offer", "saved"].flatMap((scene) =>
      themes.map((theme): Look => ({ scene, theme, language: "en", text: 200 })),
    ),
    ...["idle", "acknowledged"].map((scene): Look => ({ scene, theme: "light", language: "en", text: 100, brand: true })),
  ]);
});

describe("the staff desk", () => {
  const shown = ["desk_failures", "desk_detail", "desk_confirm", "desk_overview_tables", "desk_health", "desk_end_kiosk", "desk_log"];

  it.each(["en", "ar"])("has no violation in any state in %s", async (language) => {
    const scenes = await deskNames(page);
    await judgeAll(scenes.map((scene): Look => ({ scene, theme: language === "en" ? "light" : "dark", language, text: 100 })));
  });

  it("has no violation in any other language, nor in another theme", async () => {
    await judgeAll([
      ...others.flatMap((language, index) => (index % 2 === 0 ? shown.slice(0, 3) : shown.slice(3)).map((scene): Look => ({ scene, theme: "light", language, text: 100 }))),
      ...shown.map((scene): Look => ({ scene, theme: "high_contrast", language: "en", text: 100 })),
    ]);
  });
});

it("would find violations", async () => {
  await show(page, { scene: "refused_offer", theme: "light", language: "en", text: 100 });
  await page.addStyleTag({ content: "[data-testid=reason] { color: #e8d8d8 !important }" });
  await page.evaluate(() => document.documentElement.removeAttribute("lang"));
  const found = await page.evaluate(async () => {
    const results = await (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run();
    return results.violations.map(({ id }) => id);
  });
  expect(found).toEqual(expect.arrayContaining(["color-contrast", "html-has-lang"]));
});

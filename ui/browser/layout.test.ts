// On every screen from 7 to 24 inches, with text of 100 and of 200 %: nothing is cut, nothing overlaps, fingers find their targets.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measure, type Measured } from "./measure";
import { deskNames, languages, nameOf, sceneNames, setUpNames, show, sizes, startGallery, type Gallery, type Look, type Size } from "./gallery";

const TOUCH = 56;
/** How much larger text of 200 % must be at least. Headline and name are the largest from the start: they leave room to the rest. */
const enlarged: Record<string, number> = { headline: 1.35, name: 1.25, fact: 1.5, reason: 1.5, action: 1.5 };
/** Scenes that hold so much that enlarged text cannot all be shown: it shrinks rather than being cut. */
const crowded = /long|unbroken|cjk|saved_offer/;
/** What a member must be able to read. */
const important = Object.keys(enlarged);

let gallery: Gallery;
beforeAll(async () => void (gallery = await startGallery()));
afterAll(() => gallery.close());

async function judge(page: Page, look: Look, size: Size): Promise<string[]> {
  const at = async (text: number): Promise<Measured> => {
    await show(page, { ...look, text });
    return page.evaluate(measure, [TOUCH, important] as [number, string[]]);
  };
  const [normal, large] = [await at(100), await at(200)];
  const full = (id: string): boolean => id === "headline" && large.headlineFills;
  const small = crowded.test(look.scene)
    ? []
    : Object.entries(normal.sizes)
        .filter(([id, px]) => !full(id) && (large.sizes[id] ?? 0) < (enlarged[id] ?? 1) * px - 0.1)
        .map(([id, px]) => `${id} grows only from ${px.toFixed(0)} to ${(large.sizes[id] ?? 0).toFixed(0)} px`);
  const name = nameOf(look, size);
  return [
    ...normal.faults.map((fault) => `${name}: ${fault}`),
    ...[...large.faults, ...small].map((fault) => `${name} at 200 %: ${fault}`),
  ];
}

describe.each(languages)("in %s", (language) => {
  it.each(sizes.filter(([width]) => language === "en" || width <= 1280))("fits %ix%i", async (...size: Size) => {
    const page = await gallery.open(size);
    const faults: string[] = [];
    for (const scene of await sceneNames(page)) {
      faults.push(...(await judge(page, { scene, theme: "light", language, text: 100 }, size)));
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });
});

/** The cramped and the two that tablets have; a step's long content may scroll inside its own part. */
const tablets: readonly Size[] = [[1024, 600], [600, 1024], [1280, 800], [800, 1280]];

describe.each(languages)("the set-up in %s", (language) => {
  it.each(tablets.filter(([width, height]) => language === "en" || Math.min(width, height) !== 800))("fits %ix%i", async (...size: Size) => {
    const page = await gallery.open(size);
    const faults: string[] = [];
    for (const scene of await setUpNames(page)) {
      for (const text of [100, 200]) {
        await show(page, { scene, theme: "light", language, text });
        const measured = await page.evaluate(measure, [TOUCH, important] as [number, string[]]);
        faults.push(...measured.faults.map((fault) => `${nameOf({ scene, theme: "light", language, text }, size)}: ${fault}`));
        const left = await page.evaluate(() => document.querySelector("[data-scrolls]")?.clientHeight ?? 0);
        // What scrolls must leave room to see what one does.
        if (left < 0.35 * size[1]) faults.push(`${scene} ${language} ${text} at ${size.join("x")}: ${left} px are left`);
      }
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });
});

it("finds what is cut, off the screen, overlapping or too small", async () => {
  const page = await gallery.open([1280, 800]);
  await show(page, { scene: "refused_offer", theme: "light", language: "en", text: 100 });
  await page.addStyleTag({
    content: "h1 { white-space: nowrap; font-size: 20rem !important } button { width: 40px; padding: 0 !important; min-width: 0 !important; margin-top: -9rem } footer { margin-inline-end: -50px }",
  });
  const { faults } = await page.evaluate(measure, [TOUCH, important] as [number, string[]]);
  for (const fault of ["cut", "off the screen", "small target", "overlap"]) expect(faults.join("\n")).toContain(fault);
  await page.context().close();
});

describe("the staff desk", () => {
  const deskSizes: readonly Size[] = [[1280, 800], [800, 1280], [1024, 600], [1920, 1080]];
  /** What differs most; all else is judged at one size. */
  const main = /^desk_(failures|detail|filters|confirm|overview_tables|health|health_ends|end_kiosk|log|long|act_check_in)$/;
  const tongues: Record<string, readonly string[]> = { "1280x800": ["en", "de"], "800x1280": ["de"], "1024x600": ["pl"], "1920x1080": ["ar"] };

  it.each(deskSizes.map((size) => [size.join("x"), size] as const))("fits %s", async (name, size) => {
    const page = await gallery.open(size);
    const faults: string[] = [];
    for (const scene of await deskNames(page)) {
      for (const language of tongues[name] ?? []) {
        if (!(main.test(scene) || (language === "en" && name === "1280x800"))) continue;
        const look: Look = { scene, theme: "light", language, text: 100 };
        await show(page, look);
        const found = await page.evaluate(measure, [TOUCH, []] as [number, string[]]);
        faults.push(...found.faults.filter((fault) => !coveredByDialog(fault, scene)).map((fault) => `${nameOf(look, size)}: ${fault}`));
      }
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });

  /** A dialog lies above the rest, as it is meant to. */
  const coveredByDialog = (fault: string, scene: string): boolean => fault.startsWith("overlap") && /confirm|done|outcome|set_up|end_kiosk/.test(scene);

  it.each([[1280, 800], [800, 1280]] as const)("keeps what can be pressed within reach with text of 200 % at %sx%s", async (...size) => {
    const page = await gallery.open(size);
    for (const scene of ["desk_failures", "desk_detail", "desk_health", "desk_health_ends", "desk_log"]) {
      await show(page, { scene, theme: "light", language: "de", text: 200 });
      const found = await page.evaluate(measure, [TOUCH, []] as [number, string[]]);
      expect(found.faults.filter((fault) => /small target|scrolls sideways/.test(fault))).toEqual([]);
      await page.getByTestId("lock").scrollIntoViewIfNeeded();
      await page.getByTestId("tab-log").click({ trial: true });
    }
    await page.context().close();
  });

  it.each([[1280, 800], [800, 1280], [800, 480]] as const)("shows a question and both answers with text of 200 % at %sx%s", async (...size) => {
    const page = await gallery.open(size);
    for (const language of ["de", "ar"]) {
      await show(page, { scene: "desk_end_kiosk", theme: "light", language, text: 200 });
      const hidden = await page.getByTestId("ask-end-kiosk").evaluate((dialog) => dialog.scrollHeight - dialog.clientHeight);
      expect(hidden, language).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });
});

// The sheet of preferences by keyboard alone, and the whole page with a shell that answers: what is chosen is seen and heard.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scenes } from "../src/gallery/scenes";
import { startingAppearance } from "../src/present/appearance";
import { askedOf, emit, openWithShell, serveBuilt, type Built } from "./built";
import { show, startGallery, themes, type Gallery } from "./gallery";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let gallery: Gallery;
beforeAll(async () => void (gallery = await startGallery()));
afterAll(() => gallery.close());

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const one = document.activeElement as HTMLElement;
    return one.dataset["testid"] ?? one.dataset["language"] ?? one.textContent?.trim() ?? "";
  });

describe("the sheet", () => {
  it("opens, is walked through and is left by keyboard; the focus returns to its button", async () => {
    const page = await gallery.open([1280, 800]);
    await show(page, { scene: "idle", theme: "light", language: "en", text: 100 });
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("preferences-open");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("en");
    const reached = new Set<string>();
    for (let step = 0; step < 20; step += 1) {
      reached.add(await focused(page));
      expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null)).toBe(true);
      await page.keyboard.press("Tab");
    }
    for (const one of ["ar", "de", "ja", "100%", "200%", "High contrast", "preferences-done"]) expect(reached).toContain(one);
    await page.locator('[data-language="ar"]').focus();
    await page.keyboard.press("Space");
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(["ar", "rtl"]);
    await page.keyboard.press("Escape");
    expect(await focused(page)).toBe("preferences-open");
    await page.context().close();
  });

  it("has no violation in any theme, and no target too small", async () => {
    const page = await gallery.open([600, 1024]);
    await page.addScriptTag({ content: axe });
    for (const theme of themes) {
      for (const language of ["en", "ar"]) {
        for (const text of [100, 200]) {
          await show(page, { scene: "idle", theme, language, text });
          await page.getByTestId("preferences-open").click();
          const found = await page.evaluate(async () => {
            const { run } = (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe;
            const small = [...document.querySelectorAll("dialog button")].filter((one) => {
              const { width, height } = one.getBoundingClientRect();
              return width < 56 || height < 56;
            });
            return [...(await run()).violations.map(({ id }) => id), ...small.map((one) => `small: ${one.textContent}`)];
          });
          expect(found, `${theme} ${language} ${text}`).toEqual([]);
          await page.keyboard.press("Escape");
        }
      }
    }
    await page.context().close();
  });
});

describe("the page with a shell", () => {
  let built: Built;
  beforeAll(async () => void (built = await serveBuilt("page")));
  afterAll(() => built.close());

  it("looks as the operator wants, obeys who stands there, speaks each verdict once, and forgets after a minute", async () => {
    const page = await openWithShell(
      built,
      "",
      {
        current_scene: scenes["idle"],
        appearance: { ...startingAppearance, theme: "dark", text_percent: 120, languages: ["en", "de"], speech: true },
      },
      { prepare: (fresh) => fresh.clock.install() },
    );
    const send = (name: string): Promise<void> => emit(page, "scene", scenes[name]);
    const spoken = async (): Promise<string[]> => (await askedOf(page, "speak")).map(({ text, language }) => `${String(language)}: ${String(text)}`);
    const look = (): Promise<(string | undefined)[]> =>
      page.evaluate(() => {
        const html = document.documentElement;
        return [html.lang, html.dataset["theme"], html.style.getPropertyValue("--text-percent")];
      });
    await page.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");
    expect(await look()).toEqual(["en", "dark", "120"]);

    await page.getByTestId("preferences-open").click();
    await page.locator('[data-language="de"]').click();
    await page.getByRole("button", { name: /^200/ }).click();
    await page.getByRole("button", { name: "Hoher Kontrast" }).click();
    expect(await look()).toEqual(["de", "high_contrast", "200"]);

    await send("acknowledged");
    await send("checked_in");
    await send("checked_in");
    await page.waitForSelector('[data-kind="checked_in"]');
    expect(await page.locator("dialog").count()).toBe(0);
    expect(await spoken()).toEqual(["de: Hallo! Ada. Eingecheckt: 09:40."]);

    await page.clock.fastForward(120_000);
    expect((await look())[0]).toBe("de");
    await send("idle");
    await page.waitForSelector('[data-stage="idle"]');
    await page.clock.fastForward(59_000);
    expect((await look())[0]).toBe("de");
    await page.clock.fastForward(1_500);
    expect(await look()).toEqual(["en", "dark", "120"]);
    await page.context().close();
  });
});

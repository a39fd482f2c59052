// The pad for a PIN in Chromium: by touch, by keyboard and by name; accessible in every theme; whole at every size.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { show, sizes, startGallery, themes, type Gallery } from "./gallery";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let gallery: Gallery;
beforeAll(async () => void (gallery = await startGallery()));
afterAll(() => gallery.close());

const look = { scene: "idle_pin", theme: "light", language: "en", text: 100 } as const;
const typed = (page: Page): Promise<string | null> => page.getByTestId("pin-dots").getAttribute("data-count");

describe("the pad", () => {
  it("is opened, typed at and left by keyboard alone", async () => {
    const page = await gallery.open([1280, 800]);
    await show(page, look);
    await page.getByTestId("pin-open").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("20417");
    expect(await typed(page)).toBe("5");
    await page.keyboard.press("Backspace");
    expect(await typed(page)).toBe("4");
    await page.keyboard.press("Enter");
    await page.getByText("That PIN is not right").waitFor();
    expect(await typed(page)).toBe("0");
    await page.keyboard.press("Escape");
    await page.getByTestId("pin-open").waitFor();
    await page.context().close();
  });

  it("asks for the name first where it is set so", async () => {
    const page = await gallery.open([800, 1280]);
    await show(page, { ...look, scene: "idle_name_and_pin" });
    await page.getByTestId("pin-open").tap();
    await page.getByTestId("pin-name").fill("ana");
    await page.getByTestId("pin-search").tap();
    await page.getByTestId("pin-member").first().tap();
    expect(await page.getByTestId("pin-pad").textContent()).toContain("Ana P.");
    for (const digit of [2, 0, 4, 1]) await page.getByTestId(`pin-${digit}`).tap();
    expect(await typed(page)).toBe("4");
    await page.context().close();
  });

  it("gives way to whoever taps", async () => {
    const page = await gallery.open([1280, 800]);
    await show(page, look);
    await page.getByTestId("pin-open").tap();
    await page.getByTestId("pin-pad").waitFor();
    await show(page, { ...look, scene: "acknowledged" });
    expect(await page.getByTestId("pin-pad").count()).toBe(0);
    await page.context().close();
  });

  it("asks staff for theirs from the sheet of preferences, and takes no shorter one", async () => {
    const page = await gallery.open([1280, 800]);
    await show(page, { ...look, scene: "idle" });
    await page.getByTestId("preferences-open").tap();
    expect(await page.getByTestId("about").textContent()).toMatch(/^Tapdesk 0\.1\.0 · configuration .12. · 3fa91c07$/);
    await page.getByTestId("staff-open").tap();
    expect(await page.getByTestId("pin-pad").textContent()).toContain("Staff PIN");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("pin-title");
    await page.keyboard.type("20417");
    expect(await page.getByTestId("pin-enter").isDisabled()).toBe(true);
    await page.keyboard.type("8");
    await page.getByTestId("pin-enter").tap();
    await page.getByText("That PIN is not right").waitFor();
    expect(await typed(page)).toBe("0");
    await show(page, { ...look, scene: "set_up" });
    expect(await page.getByTestId("pin-pad").count()).toBe(0);
    await page.context().close();
  });

  it("has no violation, no target too small, and nothing beyond the screen", async () => {
    const found: string[] = [];
    for (const size of sizes) {
      const page = await gallery.open(size);
      await page.addScriptTag({ content: axe });
      for (const theme of themes) {
        for (const [language, text] of [["en", 100], ["ar", 100], ["de", 200]] as const) {
          await show(page, { ...look, theme, language, text });
          await page.getByTestId("pin-open").click();
          const wrong = await page.evaluate(async () => {
            const { run } = (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe;
            const pad = document.querySelector<HTMLElement>("[data-testid=pin-pad]");
            const small = [...(pad?.querySelectorAll("button") ?? [])].filter((one) => {
              const { width, height, left, right, top, bottom } = one.getBoundingClientRect();
              const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
              return width < 56 || height < 56 || !inside;
            });
            return [...(await run()).violations.map((one) => one.id), ...small.map((one) => one.textContent?.trim())];
          });
          if (wrong.length > 0) found.push(`${size.join("x")} ${theme} ${language} ${text}: ${wrong.join(", ")}`);
          await show(page, { ...look, scene: "acknowledged" });
        }
      }
      await page.context().close();
    }
    expect(found).toEqual([]);
  });
});

// Who cannot touch, see or tell colours: keyboard and switch, screen reader, the system's own colours, less motion.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sceneNames, setUpNames, show, startGallery, themes, type Gallery } from "./gallery";

const controls = "main :is(button, a[href], input, select, textarea, [role=button], [tabindex='0']):not(:disabled)";

let gallery: Gallery;
let page: Page;
beforeAll(async () => void (gallery = await startGallery()));
afterAll(() => gallery.close());
beforeEach(async () => void (page = await gallery.open([1280, 800])));
afterEach(() => page.context().close());

const english = (scene: string) => ({ scene, theme: "light", language: "en", text: 100 }) as const;
const accepted = (): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { gallery: { accepted: () => string[] } }).gallery.accepted());

describe("a keyboard", () => {
  it("reaches every control of every scene, in order, and is never kept", async () => {
    await page.evaluate(() => {
      const kept: string[] = [];
      Object.assign(window, { kept });
      window.addEventListener("keydown", (event) => void (event.defaultPrevented && kept.push(event.key)));
    });
    const focused = (): Promise<number> =>
      page.evaluate((all) => [...document.querySelectorAll(all)].findIndex((one) => one === document.activeElement), controls);
    const wrong: string[] = [];
    for (const scene of [...(await sceneNames(page)), ...(await setUpNames(page))]) {
      await show(page, english(scene));
      // The first key only wakes a screen that is off.
      if ((await page.getByTestId("screen-off").count()) > 0) await page.keyboard.press("Shift");
      const count = await page.locator(controls).count();
      // Twice around, wherever the last scene left the focus; -1 is the page itself, which a browser may stop at between.
      const way = [await focused()];
      for (let presses = 0; presses < 2 * count; presses += 1) {
        await page.keyboard.press("Tab");
        way.push(await focused());
      }
      const missed = Array.from({ length: count }, (_, index) => index).filter((index) => !way.includes(index));
      const next = (from: number): number[] => (from === count - 1 ? [-1, 0] : [from + 1]);
      const jumps = way.slice(1).filter((to, index) => !next(way[index] ?? -1).includes(to));
      if (missed.length + jumps.length > 0) wrong.push(`${scene}: ${way.join(" ")}`);
    }
    expect(wrong).toEqual([]);
    expect(await page.evaluate(() => (window as unknown as { kept: string[] }).kept)).toEqual([]);
  });

  it.each(["Enter", "Space"])("activates the offer with %s, once", async (key) => {
    await show(page, english("checked_in_offer"));
    await page.keyboard.press("Tab");
    await page.keyboard.press(key);
    await page.keyboard.press(key);
    expect(await accepted()).toEqual(["entry-1"]);
  });

  it.each(themes)("shows where it is: %s", async (theme) => {
    await show(page, { ...english("refused_offer"), theme });
    await page.keyboard.press("Tab");
    const button = page.getByTestId("offer");
    const { width, style, colour, ground } = await button.evaluate((one) => {
      const { outlineWidth, outlineStyle, outlineColor } = getComputedStyle(one);
      const page = getComputedStyle(one.closest(".verdict") ?? one).backgroundColor;
      return { width: Number.parseFloat(outlineWidth), style: outlineStyle, colour: outlineColor, ground: page };
    });
    expect(style).toBe("solid");
    expect(width).toBeGreaterThanOrEqual(3);
    expect(colour).not.toBe(ground);
  });
});

describe("a screen reader", () => {
  it("is told each outcome once, whole, and nothing again when only something else changes", async () => {
    await show(page, english("idle"));
    await page.evaluate(() => {
      const region = document.querySelector("[role=status]");
      const said: string[] = [];
      Object.assign(window, { said });
      if (region === null) return;
      let last = "";
      new MutationObserver(() => {
        const text = region.textContent?.trim() ?? "";
        if (text !== last && text !== "") said.push(text);
        last = text;
      }).observe(region, { childList: true, characterData: true, subtree: true });
    });
    const said = (): Promise<string[]> => page.evaluate(() => (window as unknown as { said: string[] }).said);
    await show(page, english("acknowledged"));
    await show(page, english("checked_in"));
    // The same outcome with a button, and in another theme: nothing new to say.
    await show(page, { ...english("checked_in"), theme: "dark" });
    await show(page, english("refused_inactive"));
    // Without the marks that keep a name's direction apart, which nobody hears.
    expect((await said()).map((text) => text.replace(/[\u2066-\u2069]/g, ""))).toEqual([
      "Tile read",
      "Welcome. Ada. Checked in at 09:40.",
      "Not checked in. Ada. Your membership is not active. Please see the desk.",
    ]);
  });

  it("finds every verdict's words in the one live region", async () => {
    for (const scene of await sceneNames(page)) {
      await show(page, english(scene));
      const { regions, spoken, headline } = await page.evaluate(() => ({
        regions: document.querySelectorAll("[aria-live]").length,
        spoken: document.querySelector("[role=status]")?.textContent ?? "",
        headline: document.querySelector("h1")?.textContent ?? "",
      }));
      expect(regions, scene).toBe(1);
      if (!scene.startsWith("idle")) expect(spoken.split(headline).length - 1, `${scene}: ${spoken}`).toBe(1);
    }
  });
});

describe("the system's wishes", () => {
  it("for its own colours: marks, fields and words stay visible", async () => {
    const forced = await gallery.open([1280, 800], { forcedColours: true });
    for (const scene of ["checked_in", "refused_offer", "unknown_tile", "saved", "unavailable_service"]) {
      await show(forced, english(scene));
      const colours = await forced.evaluate(() => {
        const body = document.querySelector(".mark :is(.body, .strike)");
        const field = document.querySelector(".field") ?? document.body;
        return {
          mark: body === null ? "" : getComputedStyle(body).fill,
          ground: getComputedStyle(field.closest(".verdict") ?? field).backgroundColor,
          word: getComputedStyle(document.querySelector("h1") ?? field).color,
          edge: [...document.querySelectorAll(".verdict, .field")].some((one) => Number.parseFloat(getComputedStyle(one).borderTopWidth) > 0),
        };
      });
      expect(colours.mark, scene).not.toBe(colours.ground);
      expect(colours.word, scene).not.toBe(colours.ground);
      expect(colours.edge, scene).toBe(true);
    }
    await forced.context().close();
  });

  it("for less motion: nothing moves; and an idle screen never does", async () => {
    await show(page, english("checked_in"));
    const lengths = await page.evaluate(() => document.getAnimations().map((one) => one.effect?.getComputedTiming().activeDuration ?? 0));
    expect(lengths.filter((length) => Number(length) > 0)).toEqual([]);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await show(page, english("idle"));
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  it("for dark, and for more contrast: followed at once", async () => {
    await page.evaluate(() => (window as unknown as { gallery: { show: (query: string) => void } }).gallery.show("scene=idle&theme=system"));
    const becomes = async (theme: string): Promise<void> => {
      await page.waitForFunction((expected) => document.documentElement.dataset["theme"] === expected, theme, { timeout: 5000 });
    };
    await page.emulateMedia({ colorScheme: "light" });
    await becomes("light");
    await page.emulateMedia({ colorScheme: "dark" });
    await becomes("dark");
    await page.emulateMedia({ contrast: "more" });
    await becomes("high_contrast");
  });
});

// The screen that is off: wholly black, back at once for whoever comes, and their first touch presses nothing.
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { scenes } from "../src/gallery/scenes";
import { startingAppearance } from "../src/present/appearance";
import { emit, openWithShell, serveBuilt, type Built } from "./built";
import { show, startGallery, type Gallery } from "./gallery";

const off = { ...scenes["idle"], screen_off: true };
const black = (page: Page): Promise<boolean> => page.getByTestId("screen-off").isVisible();

/** How many of the screen's pixels are not #000. */
async function lit(page: Page): Promise<number> {
  const { data } = PNG.sync.read(await page.screenshot());
  let count = 0;
  for (let at = 0; at < data.length; at += 4) if (((data[at] ?? 0) | (data[at + 1] ?? 0) | (data[at + 2] ?? 0)) !== 0) count += 1;
  return count;
}

describe("it is wholly black", () => {
  let gallery: Gallery;
  beforeAll(async () => void (gallery = await startGallery()));
  afterAll(() => gallery.close());

  it.each([
    [800, 480, false],
    [600, 1024, false],
    [1280, 800, true],
  ] as const)("at %ix%i, with the system's own colours: %s", async (width, height, forcedColours) => {
    const page = await gallery.open([width, height], { forcedColours });
    for (const [theme, language, text] of [["light", "en", 100], ["dark", "ar", 200], ["high_contrast", "en", 100]] as const) {
      await show(page, { scene: "idle_screen_off", theme, language, text });
      // A ring of focus must not be seen either.
      await page.getByTestId("preferences-open").focus();
      expect(await lit(page), theme).toBe(0);
    }
    await show(page, { scene: "refused_screen_off", theme: "high_contrast", language: "en", text: 100 });
    expect(await lit(page)).toBeGreaterThan(1000);
    await page.context().close();
  });
});

describe("the page with a shell", () => {
  let built: Built;
  let page: Page;
  beforeAll(async () => void (built = await serveBuilt("screen-off")));
  afterAll(() => built.close());
  afterEach(() => page.context().close());

  /** Black, with somebody's way in to press below it. */
  async function open(scene: object = off): Promise<{ x: number; y: number }> {
    page = await openWithShell(
      built,
      "",
      { current_scene: scenes["idle"], appearance: startingAppearance },
      { viewport: { width: 800, height: 480 }, prepare: (fresh) => fresh.clock.install() },
    );
    const box = await page.getByTestId("preferences-open").boundingBox();
    await emit(page, "scene", scene);
    await page.getByTestId("screen-off").waitFor();
    return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  }
  const sheet = (): Promise<boolean> => page.getByTestId("preferences-done").isVisible();
  const stays = async (milliseconds: number): Promise<boolean> => {
    await page.clock.fastForward(milliseconds);
    return !(await black(page));
  };

  it("shows no pointer", async () => {
    const { x, y } = await open();
    expect(await page.evaluate(([left, top]) => getComputedStyle(document.elementFromPoint(left ?? 0, top ?? 0) as Element).cursor, [x, y])).toBe("none");
  });

  it.each(["acknowledged", "checked_in", "refused", "unknown_tile", "saved", "unavailable_journal", "out_of_order", "set_up"])("is back with %s, and for a minute more", async (name) => {
    await open();
    await emit(page, "scene", { ...scenes[name], screen_off: true });
    // In the very same frame.
    expect(await black(page)).toBe(false);
    expect(await stays(600_000)).toBe(true);
    await emit(page, "scene", off);
    expect([await stays(59_000), await stays(1_500)]).toEqual([true, false]);
  });

  it("is woken by a finger, which presses nothing; the next one does", async () => {
    const { x, y } = await open();
    await page.touchscreen.tap(x, y);
    expect([await black(page), await sheet()]).toEqual([false, false]);
    await page.touchscreen.tap(x, y);
    expect(await sheet()).toBe(true);
    // Whoever comes after the minute finds it black, and nothing open.
    await page.locator('[data-language="ja"]').tap();
    expect([await stays(59_000), await stays(1_500)]).toEqual([true, false]);
    expect([await sheet(), await page.evaluate(() => document.documentElement.lang)]).toEqual([false, "en"]);
    await page.touchscreen.tap(x, y);
    expect([await black(page), await sheet()]).toEqual([false, false]);
  });

  it("is woken by a finger that is slow, or is taken away, and keeps nothing of the press after it", async () => {
    const { x, y } = await open();
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchEnd" | "touchCancel") =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchStart" ? [{ x, y }] : [] });
    await touch("touchStart");
    expect(await black(page)).toBe(false);
    await touch("touchCancel");
    await page.getByTestId("preferences-open").press("Enter");
    expect(await sheet()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await stays(61_000)).toBe(false);
    await touch("touchStart");
    await page.clock.fastForward(2_000);
    await touch("touchEnd");
    expect(await sheet()).toBe(false);
    await page.mouse.click(x, y);
    expect(await sheet()).toBe(true);
  });

  it("is woken by a mouse: by its button, which presses nothing, and by its movement", async () => {
    const { x, y } = await open();
    await page.mouse.move(x, y);
    await page.mouse.click(x, y);
    expect([await black(page), await sheet()]).toEqual([false, false]);
    await page.mouse.click(x, y);
    expect(await sheet()).toBe(true);
    expect(await stays(61_000)).toBe(false);
    await page.mouse.move(x - 40, y - 40);
    expect([await black(page), await sheet()]).toEqual([false, false]);
    expect(await stays(61_000)).toBe(false);
    await page.mouse.wheel(0, 50);
    await expect.poll(() => black(page)).toBe(false);
  });

  it("stays black below a pointer that rests, though a web view may tell of it as of a movement", async () => {
    const { x, y } = await open();
    await page.evaluate(() => window.addEventListener("pointermove", ({ screenX, screenY }) => void Object.assign(window, { last: { screenX, screenY } })));
    for (const by of [0, 5, 10]) await page.mouse.move(x - by, y);
    expect(await stays(61_000)).toBe(false);
    const tell = (by: number): Promise<void> =>
      page.evaluate((more) => {
        const { screenX, screenY } = (window as unknown as { last: { screenX: number; screenY: number } }).last;
        document.body.dispatchEvent(new PointerEvent("pointermove", { screenX: screenX + more, screenY, bubbles: true }));
      }, by);
    await tell(0);
    expect(await black(page)).toBe(true);
    await tell(1);
    expect(await black(page)).toBe(false);
  });

  it.each(["Enter", " ", "Escape", "a"])("is woken by the key %j, which presses nothing, however long it is held", async (key) => {
    await open();
    await page.getByTestId("preferences-open").focus();
    for (let times = 0; times < 3; times += 1) await page.keyboard.down(key);
    await page.keyboard.up(key);
    expect([await black(page), await sheet()]).toEqual([false, false]);
    await page.keyboard.press("Enter");
    expect(await sheet()).toBe(true);
  });

  it("is woken by what a screen reader presses, which presses nothing either", async () => {
    await open();
    const press = (): Promise<void> => page.getByTestId("preferences-open").evaluate((button) => (button as HTMLElement).click());
    await press();
    expect([await black(page), await sheet()]).toEqual([false, false]);
    await press();
    expect(await sheet()).toBe(true);
  });

  it("leaves what a screen reader hears alone", async () => {
    await open();
    expect(await page.locator("main").ariaSnapshot()).toContain('button "');
    expect(await page.getByRole("status").count()).toBe(1);
    await emit(page, "scene", { ...scenes["checked_in"], screen_off: true });
    expect(await page.getByRole("status").textContent()).toContain("Welcome");
  });

  it("is dark after waking where quiet hours hold too", async () => {
    const { x, y } = await open({ ...off, quiet: true });
    await page.touchscreen.tap(x, y);
    expect(await black(page)).toBe(false);
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
  });

  it("ends with the hours", async () => {
    await open();
    await emit(page, "scene", scenes["idle"]);
    expect(await black(page)).toBe(false);
    expect(await stays(600_000)).toBe(true);
  });
});

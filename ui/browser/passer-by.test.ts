// What somebody alone with a page can do to it: nothing but use it. And each page answers the shell whenever that asks.
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { appearanceOf } from "../src/gallery/appearances";
import { health } from "../src/gallery/desk-samples";
import { scenes } from "../src/gallery/scenes";
import { setUps } from "../src/gallery/set-ups";
import { deskView } from "../src/gallery/staff-desks";
import { emit, openWithShell, serveBuilt, type Built } from "./built";

const pages: Record<string, Record<string, unknown>> = {
  "index.html": { current_scene: scenes["idle_name_and_pin"], appearance: appearanceOf("idle_branded") },
  "set-up.html": { set_up_view: setUps["set_up_language"], appearance: appearanceOf("idle") },
  "staff-desk.html": { staff_desk_view: deskView, staff_health: health, appearance: appearanceOf("idle") },
};

let built: Built;
let page: Page;
beforeAll(async () => void (built = await serveBuilt("passer-by")));
afterAll(() => built.close());
afterEach(() => page.context().close());

/** As it is drawn from its samples, or from none. */
async function open(path: string, answers = pages[path] ?? {}): Promise<void> {
  page = await openWithShell(built, path, answers);
  await page.locator("main").waitFor();
}

/** What the shell asks, in the page's own thread. */
const runs = (): Promise<unknown> => page.evaluate("window.tapdeskRuns === true");

describe.each(Object.keys(pages))("the shell's question: %s", (path) => {
  it("is answered by the page", async () => {
    await open(path);
    expect(await runs()).toBe(true);
  });

  it("is answered though nothing can be drawn", async () => {
    await open(path, {});
    expect(await runs()).toBe(true);
  });

  it("is not answered by a page whose script does not come", async () => {
    await open(path);
    await page.route("**/*.js", (route) => route.abort());
    await page.reload();
    expect(await runs()).toBe(false);
  });
});

it("a scene that cannot be drawn is out of order, and the page goes on", async () => {
  await open("index.html");
  await emit(page, "scene", { ...scenes["idle"], reader: null });
  await page.locator("main[data-stage=out_of_order]").waitFor();
  expect(await runs()).toBe(true);
  await emit(page, "scene", scenes["idle"]);
  await page.locator("main[data-stage=idle]").waitFor();
});

/** Notes of each such event whether the page kept what comes of it from happening. */
async function note(names: string[]): Promise<() => Promise<[name: string, prevented: boolean][]>> {
  await page.evaluate((all) => {
    const noted: [string, boolean][] = [];
    Object.assign(window, { noted });
    for (const name of all) {
      window.addEventListener(name, (event) => void noted.push([event instanceof KeyboardEvent ? event.key : name, event.defaultPrevented]), { passive: true });
    }
  }, names);
  return () => page.evaluate(() => (window as unknown as { noted: [string, boolean][] }).noted.splice(0));
}

describe.each(Object.keys(pages))("at %s", (path) => {
  it("no key reloads, searches, prints, zooms or goes back", async () => {
    await open(path);
    const noted = await note(["keydown"]);
    const presses = ["F5", "F3", "F7", "F12", "Control+r", "Control+Shift+R", "Control+p", "Control+f", "Control+u", "Control+s", "Control+Minus", "Control+Equal", "Control+0", "Alt+ArrowLeft", "Alt+ArrowRight", "Backspace"];
    for (const press of presses) await page.keyboard.press(press);
    const held = ["Control", "Shift", "Alt"];
    const kept = (await noted()).filter(([key]) => !held.includes(key));
    expect(kept.filter(([, prevented]) => !prevented)).toEqual([]);
    expect(kept).toHaveLength(presses.length);
    // What a page is used by goes its way.
    for (const press of ["Tab", "Shift", "Escape"]) await page.keyboard.press(press);
    expect((await noted()).map(([, prevented]) => prevented)).toEqual([false, false, false]);
  });

  it("neither menu, wheel, mouse button nor pinch does anything", async () => {
    await open(path);
    const noted = await note(["contextmenu", "wheel", "mouseup"]);
    const middle = [640, 400] as const;
    await page.mouse.move(...middle);
    await page.mouse.wheel(0, 100);
    await expect.poll(noted).toEqual([["wheel", false]]);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -100);
    await page.keyboard.up("Control");
    await expect.poll(noted).toEqual([["wheel", true]]);
    await page.mouse.click(...middle, { button: "right" });
    expect(await noted()).toContainEqual(["contextmenu", true]);
    const session = await page.context().newCDPSession(page);
    for (const type of ["mousePressed", "mouseReleased"] as const) {
      await session.send("Input.dispatchMouseEvent", { type, x: middle[0], y: middle[1], button: "back", clickCount: 1 });
    }
    await expect.poll(noted).toContainEqual(["mouseup", true]);
    expect(await scaleAfterPinch()).toBe(1);
    // Two taps in a row zoom where this is "manipulation" or "auto" and the page is wider than the screen.
    expect(await page.evaluate(() => [document.documentElement, document.body].map((one) => getComputedStyle(one).touchAction))).toEqual(["pan-x pan-y", "pan-x pan-y"]);
  });

  it("a file that is dropped is not opened", async () => {
    await open(path);
    const noted = await note(["dragenter", "dragover", "drop"]);
    await dropFile();
    const came = await noted();
    expect(came.filter(([, prevented]) => !prevented)).toEqual([]);
    expect(came.map(([name]) => name)).toContain("drop");
  });
});

const drawnTwice = (): Promise<void> =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

async function scaleAfterPinch(): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const apart = (by: number) => [{ x: 640 - by, y: 400, id: 0 }, { x: 640 + by, y: 400, id: 1 }];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: apart(50) });
  for (let by = 60; by < 300; by += 20) await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: apart(by) });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await drawnTwice();
  return page.evaluate(() => window.visualViewport?.scale ?? 0);
}

async function dropFile(): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [fileURLToPath(import.meta.url)], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) await session.send("Input.dispatchDragEvent", { type, x: 640, y: 400, data });
}

describe("at the kiosk", () => {
  const selected = async (): Promise<string> => {
    const box = await page.getByTestId("headline").boundingBox();
    const [x, y] = [(box?.x ?? 0) + 4, (box?.y ?? 0) + 10];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 300, y + 60, { steps: 4 });
    await page.mouse.up();
    const dragged = await page.evaluate(() => String(getSelection()));
    await page.mouse.dblclick(x + 20, y + 10);
    const pressed = await page.evaluate(() => String(getSelection()));
    await page.keyboard.press("Control+a");
    return [dragged, pressed, await page.evaluate(() => String(getSelection()))].join("");
  };

  it("no text is selected, and no picture dragged", async () => {
    await open("index.html");
    expect(await selected()).toBe("");
    const noted = await note(["dragstart"]);
    const box = await page.getByTestId("logo").boundingBox();
    await page.mouse.move((box?.x ?? 0) + 10, (box?.y ?? 0) + 10);
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200, { steps: 5 });
    await page.mouse.up();
    expect(await noted()).toEqual([["dragstart", true]]);
  });

  it("typing into a field stays whole", async () => {
    await open("index.html");
    await page.getByTestId("pin-open").click();
    const name = page.getByTestId("pin-name");
    await name.click();
    await page.keyboard.type("Ana Bx");
    await page.keyboard.press("Backspace");
    expect(await name.inputValue()).toBe("Ana B");
    await page.keyboard.press("Control+Backspace");
    expect(await name.inputValue()).toBe("Ana ");
    await page.keyboard.press("Control+z");
    expect(await name.inputValue()).not.toBe("Ana ");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+x");
    expect(await name.inputValue()).toBe("");
    for (let times = 0; times < 2; times += 1) await page.keyboard.press("Control+v");
    expect(await name.inputValue()).toMatch(/^(Ana.*)\1$/);
  });

  it("would find text that can be selected", async () => {
    await open("index.html");
    await page.evaluate(() => document.body.style.setProperty("user-select", "text"));
    expect(await selected()).not.toBe("");
  });
});

it("a page that does not care is zoomed, and would open the file", async () => {
  page = await (await built.browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true })).newPage();
  await page.setContent("<main>Anything</main>");
  expect(await scaleAfterPinch()).toBeGreaterThan(1.5);
  const noted = await note(["dragenter", "dragover"]);
  await dropFile();
  expect((await noted()).map(([, prevented]) => prevented)).not.toContain(true);
});

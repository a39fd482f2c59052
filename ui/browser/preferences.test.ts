// The sheet of preferences by keyboard alone, and the whole page with a shell that answers: what is chosen is seen and heard.
import { createRequire } from "node:module";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, preview, type PreviewServer } from "vite";
import { scenes } from "../src/gallery/scenes";
import { show, startGallery, themes, type Gallery, target } from "./gallery";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const root = fileURLToPath(new URL("..", import.meta.url));

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
  const outDir = `${target}page-${process.pid}`;
  let server: PreviewServer;
  beforeAll(async () => {
    const common = { root, logLevel: "error", configFile: `${root}vite.config.ts` } as const;
    await build({ ...common, build: { outDir, emptyOutDir: true } });
    server = await preview({ ...common, build: { outDir }, preview: { port: 0, strictPort: false, host: "127.0.0.1" } });
  });
  afterAll(async () => {
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  });

  it("looks as the operator wants, obeys who stands there, speaks each verdict once, and forgets after a minute", async () => {
    const page = await gallery.browser.newPage();
    await page.clock.install();
    await page.addInitScript(
      ([first, appearance]) => {
        const shell = { spoken: [] as string[], send: (_scene: unknown): void => undefined };
        const answers: Record<string, (args: Record<string, unknown>) => unknown> = {
          current_scene: () => first,
          appearance: () => appearance,
          speak: ({ text, language }) => void shell.spoken.push(`${String(language)}: ${String(text)}`),
          "plugin:event|listen": ({ handler }) => {
            shell.send = (scene) => (handler as (event: unknown) => void)({ event: "scene", id: 1, payload: scene });
            return 1;
          },
        };
        Object.assign(window, {
          shell,
          __TAURI_INTERNALS__: {
            transformCallback: (callback: unknown) => callback,
            invoke: async (command: string, args: Record<string, unknown>) => answers[command]?.(args),
          },
        });
      },
      [
        scenes["idle"],
        { theme: "dark", text_percent: 120, languages: ["en", "de"], colours: null, logo: null, banner: null, idle: {}, charge: null, renew: null, speech: true },
      ],
    );
    await page.goto(server.resolvedUrls?.local[0] ?? "");
    const send = (name: string): Promise<void> =>
      page.evaluate((scene) => (window as unknown as { shell: { send: (scene: unknown) => void } }).shell.send(scene), scenes[name]);
    const spoken = (): Promise<string[]> => page.evaluate(() => (window as unknown as { shell: { spoken: string[] } }).shell.spoken);
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
    await page.close();
  });
});

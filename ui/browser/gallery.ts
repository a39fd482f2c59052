// The gallery in Chromium: builds it once, serves it, and shows any scene in any look without loading the page anew.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { build, preview, type PreviewServer } from "vite";

export type Size = readonly [width: number, height: number];
export type Look = {
  scene: string;
  theme: "light" | "dark" | "high_contrast";
  language: string;
  /** Percent. */
  text: number;
  brand?: boolean;
};
export type Gallery = {
  browser: Browser;
  address: string;
  /** A fresh page of this size with the gallery on it. */
  open: (size: Size, options?: OpenOptions) => Promise<Page>;
  close: () => Promise<void>;
};
export type OpenOptions = { scale?: number; forcedColours?: boolean };

export const themes = ["light", "dark", "high_contrast"] as const;
export const languages = ["en", "de", "ja", "ar"] as const;
/** 7 to 24 inches, both ways up. */
export const sizes: readonly Size[] = [
  [600, 1024],
  [1024, 600],
  [1280, 800],
  [800, 1280],
  [1920, 1080],
  [1080, 1920],
  [2560, 1440],
];

const root = fileURLToPath(new URL("..", import.meta.url));
/** Where everything that is drawn goes; ignored by git. */
export const target = fileURLToPath(new URL("../../target/", import.meta.url));

/** Debian's names first. */
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export function findBrowser(): string {
  const found = [process.env["CHROMIUM"], ...browsers].find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error("Chromium is missing: install the package chromium, or name it in CHROMIUM");
  return found;
}

export async function startGallery(): Promise<Gallery> {
  const outDir = `${target}gallery-${process.pid}`;
  const common = { root, logLevel: "error", configFile: `${root}vite.config.ts` } as const;
  await build({
    ...common,
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: `${root}gallery.html` } },
  });
  const server = await preview({ ...common, build: { outDir }, preview: { port: 0, strictPort: false, host: "127.0.0.1" } });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox", "--force-color-profile=srgb"] });
  const address = `${addressOf(server)}gallery.html`;
  return {
    browser,
    address,
    open: (size, options = {}) => open(browser, address, size, options),
    close: async () => {
      await browser.close();
      await server.close();
      const { rm } = await import("node:fs/promises");
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

function addressOf(server: PreviewServer): string {
  const [address] = server.resolvedUrls?.local ?? [];
  if (address === undefined) throw new Error("the gallery is not served");
  return address;
}

async function open(browser: Browser, address: string, [width, height]: Size, options: OpenOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: "reduce",
    forcedColors: options.forcedColours === true ? "active" : "none",
    hasTouch: true,
  });
  const page = await context.newPage();
  await page.goto(`${address}?scene=idle`);
  await page.waitForFunction(() => "gallery" in window);
  return page;
}

/** Shows a scene; resolves when it is laid out and painted. */
export async function show(page: Page, look: Look): Promise<void> {
  const query = new URLSearchParams({ scene: look.scene, theme: look.theme, language: look.language, text: String(look.text) });
  if (look.brand === true) query.set("brand", "");
  await page.evaluate(async (text) => {
    (window as unknown as { gallery: { show: (query: string) => void } }).gallery.show(text);
    await document.fonts.ready;
    await new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
  }, query.toString());
  // A sample of the staff desk presses its own way to what it shows.
  if (look.scene.startsWith("desk_")) await page.locator("[data-settled=true]").waitFor();
}

export async function sceneNames(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { gallery: { scenes: string[] } }).gallery.scenes);
}

/** The samples of the set-up: scenes of the same gallery. */
export async function setUpNames(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { gallery: { setUps: string[] } }).gallery.setUps);
}

/** The samples of the staff desk: scenes of the same gallery. */
export async function deskNames(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { gallery: { desks: string[] } }).gallery.desks);
}

export const nameOf = (look: Look, size?: Size): string =>
  [look.scene, look.theme, size?.join("x"), look.language, look.text === 100 ? null : `text${look.text}`]
    .filter((part) => part != null)
    .join("-");

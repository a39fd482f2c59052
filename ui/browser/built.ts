// The pages as they are built, served under the app's own content security policy, for Chromium; and a shell that answers them from samples.
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { build, preview } from "vite";
import { findBrowser, target } from "./gallery";

export type Built = {
  browser: Browser;
  /** Where the pages are, with a slash at its end. */
  address: string;
  close: () => Promise<void>;
};

const root = fileURLToPath(new URL("..", import.meta.url));
const configuration = JSON.parse(readFileSync(new URL("../../src-tauri/tauri.conf.json", import.meta.url), "utf8")) as { app: { security: { csp: string } } };

/** `name`: of the folder they are built into. */
export async function serveBuilt(name: string): Promise<Built> {
  const outDir = `${target}${name}-${process.pid}`;
  const common = { root, logLevel: "error", configFile: `${root}vite.config.ts` } as const;
  await build({ ...common, build: { outDir, emptyOutDir: true } });
  const server = await preview({
    ...common,
    build: { outDir },
    preview: { port: 0, strictPort: false, host: "127.0.0.1", headers: { "Content-Security-Policy": configuration.app.security.csp } },
  });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
  return {
    browser,
    address: server.resolvedUrls?.local[0] ?? "",
    close: async () => {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

export type Asked = { command: string; args: Record<string, unknown> };
/** In the page, as `window.shell`. */
export type PageShell = {
  asked: Asked[];
  /** Tells the page of something. */
  emit: (event: string, payload?: unknown) => void;
};

export type PageOptions = BrowserContextOptions & {
  /** Before the page is loaded. */
  prepare?: (page: Page) => Promise<void>;
};

/** Opens a page whose commands are answered so, by their names; those that are not named with nothing. */
export async function openWithShell(built: Built, path: string, answers: Record<string, unknown>, { prepare, ...options }: PageOptions = {}): Promise<Page> {
  const page = await (await built.browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true, ...options })).newPage();
  await prepare?.(page);
  await page.addInitScript((known) => {
    const handlers: { event: string; handler: (event: unknown) => void }[] = [];
    const shell: PageShell = {
      asked: [],
      emit: (event, payload) => handlers.filter((one) => one.event === event).forEach(({ handler }) => handler({ event, id: 1, payload })),
    };
    const invoke = (command: string, args: Record<string, unknown> = {}): Promise<unknown> => {
      if (command === "plugin:event|listen") return Promise.resolve(handlers.push(args as (typeof handlers)[number]));
      shell.asked.push({ command, args });
      return Promise.resolve(known[command]);
    };
    Object.assign(window, { shell, __TAURI_INTERNALS__: { transformCallback: (callback: unknown) => callback, invoke } });
  }, answers);
  await page.goto(`${built.address}${path}`);
  return page;
}

export const emit = (page: Page, event: string, payload?: unknown): Promise<void> =>
  page.evaluate(([name, what]) => (window as unknown as { shell: PageShell }).shell.emit(name as string, what), [event, payload]);

/** What the page asked this command with, in turn. */
export const askedOf = (page: Page, command: string): Promise<Asked["args"][]> =>
  page.evaluate((name) => (window as unknown as { shell: PageShell }).shell.asked.filter((one) => one.command === name).map(({ args }) => args), command);

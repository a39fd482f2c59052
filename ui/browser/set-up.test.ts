// The set-up as a person goes through it: by keyboard alone with every wrong turn, and by touch with the on-screen keyboard.
import { createRequire } from "node:module";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { build, preview, type PreviewServer } from "vite";
import type { SetUpView } from "../src/bindings/set_up";
import { setUps } from "../src/gallery/set-ups";
import { fakeShell, type ShellInPage } from "./shell";
import { show, startGallery, target, themes, type Gallery } from "./gallery";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const root = fileURLToPath(new URL("..", import.meta.url));
const outDir = `${target}set-up-${process.pid}`;

let gallery: Gallery;
let server: PreviewServer;
let page: Page;
beforeAll(async () => {
  gallery = await startGallery();
  const common = { root, logLevel: "error", configFile: `${root}vite.config.ts` } as const;
  await build({ ...common, build: { outDir, emptyOutDir: true } });
  server = await preview({ ...common, build: { outDir }, preview: { port: 0, strictPort: false, host: "127.0.0.1" } });
});
afterAll(async () => {
  await server.close();
  await gallery.close();
  rmSync(outDir, { recursive: true, force: true });
});
afterEach(() => page.context().close());

const done = setUps["set_up_summary"] as SetUpView;
const fresh = setUps["set_up_language"] as SetUpView;

async function openPage(start: SetUpView): Promise<void> {
  page = await gallery.browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(fakeShell, { start, done });
  await page.goto(`${server.resolvedUrls?.local[0] ?? ""}set-up.html`);
  await page.getByTestId("next").or(page.getByTestId("finish")).waitFor();
}

const inShell = <Found>(ask: (shell: ShellInPage) => Found): Promise<Found> =>
  page.evaluate(`(${ask.toString()})(window.shell)`) as Promise<Found>;
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const one = document.activeElement as HTMLElement;
    return one.dataset["testid"] ?? one.tagName.toLowerCase();
  });
const atStep = (step: string): Promise<unknown> => page.locator(`main[data-step=${step}][aria-busy=false]`).waitFor();
const problem = (kind: string): Promise<unknown> => page.locator(`[role=alert][data-problem=${kind}]`).waitFor();

/** With Tab alone, as far as it takes. */
async function reach(testid: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused()) === testid) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${testid} is not reached by Tab`);
}
async function press(testid: string): Promise<void> {
  await reach(testid);
  await page.keyboard.press("Enter");
}
async function typeAt(testid: string, text: string): Promise<void> {
  await reach(testid);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}
/** Nothing on the page holds it: no text, no attribute, no field. */
async function expectNowhere(secret: string): Promise<void> {
  const kept = await page.evaluate((text) => {
    const fields = [...document.querySelectorAll<HTMLInputElement>("input, textarea")].map((one) => one.value);
    return [document.documentElement.outerHTML, ...fields].some((one) => one.includes(text));
  }, secret);
  expect(kept).toBe(false);
}

describe("by keyboard alone", () => {
  it("goes through every step and every wrong turn, and leaves no secret behind", async () => {
    await openPage(fresh);
    expect(await focused()).toBe("h1");
    await page.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");
    await press("language-de");
    await page.getByRole("heading", { name: "Sprache" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
    await press("language-en");
    await page.getByRole("heading", { name: "Language" }).waitFor();
    await press("next");
    await atStep("sign_in");
    expect(await focused()).toBe("h1");
    expect(await page.getByTestId("next").isDisabled()).toBe(true);
    expect(await page.getByTestId("said").textContent()).toBe("Sign in to go on.");
    expect(await page.getByTestId("code").count()).toBe(0);

    for (const kind of ["no_api_access", "account_inactive", "must_reset_password", "unreachable", "gateway", "throttled", "not_permitted", "key_store"]) {
      await typeAt("email", `${kind}@example.org`);
      await typeAt("password", "s3cret-one");
      await page.keyboard.press("Enter");
      await problem(kind);
      expect(await focused()).toBe("problem");
      await expectNowhere("s3cret-one");
    }
    await typeAt("email", "desk@example.org");
    await typeAt("password", "wr0ng-one");
    await page.keyboard.press("Enter");
    await problem("sign_in_refused");
    expect(await focused()).toBe("password");
    await expectNowhere("wr0ng-one");
    expect(await page.getByTestId("code").count()).toBe(1);

    await typeAt("password", "s3cret-one");
    await page.keyboard.press("Enter");
    await problem("code_needed");
    expect(await focused()).toBe("password");
    await typeAt("password", "s3cret-one");
    await typeAt("code", "402719");
    await press("sign-in");
    await page.getByTestId("account").waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("desk@example.org");
    for (const secret of ["s3cret-one", "402719"]) await expectNowhere(secret);
    expect(await inShell((shell) => shell.actions.filter((one) => one.do === "sign_in").at(-1))).toEqual({
      do: "sign_in", email: "desk@example.org", password: "s3cret-one", code: "402719",
    });

    await press("next");
    await atStep("location");
    expect(await page.getByTestId("next").isDisabled()).toBe(true);
    await press("location-12");
    await problem("taps_wait");
    await press("location-9");
    await press("next");
    await atStep("rights");
    expect(await page.getByTestId("role-Checkin-Create").getAttribute("data-state")).toBe("unknown");
    await press("try-writes");
    await page.locator("[data-testid=role-Checkin-Create][data-state=held]").waitFor();
    await press("copy");
    // No clipboard here: what is to be copied is selected.
    expect(await page.getByTestId("roles-list").evaluate((one: HTMLTextAreaElement) => one.selectionEnd - one.selectionStart)).toBeGreaterThan(50);
    await press("next");

    await atStep("reader");
    await press("reader-connection-2");
    await typeAt("reader-other", "pn532_uart:/dev/ttyUSB9:115200");
    await page.keyboard.press("Enter");
    await page.locator("[data-testid=reader-state][data-state=down]").waitFor();
    await press("reader-connection-0");
    await page.locator("[data-testid=reader-state][data-state=up]").waitFor();
    await inShell((shell) => shell.change({ reader: { ...shell.view.reader, tile: "…B2C3", count: 1 } }));
    await page.locator('[data-testid=reader-tile][data-tile="…B2C3"]').waitFor();
    await press("next");

    await atStep("policy");
    await press("names-none");
    await press("offline-all");
    expect(await page.getByTestId("offline-all").getAttribute("aria-pressed")).toBe("true");
    await press("next");

    await atStep("staff_pin");
    expect(await page.getByTestId("next").isDisabled()).toBe(true);
    const enterTwice = async (one: string, other: string): Promise<void> => {
      await page.keyboard.type(one);
      expect(await page.getByTestId("staff-pin-dots").getAttribute("data-count")).toBe(String(one.length));
      await press("staff-pin-enter");
      await page.locator("[data-testid=staff-pin-dots][data-again]").waitFor();
      await page.keyboard.type(other);
      await press("staff-pin-enter");
    };
    await enterTwice("204178", "204179");
    await problem("pins_differ");
    await enterTwice("123456", "123456");
    await problem("weak_pin");
    await enterTwice("204178", "204178");
    await page.locator("[data-testid=staff-pin][data-state=new]").waitFor();
    for (const secret of ["204178", "204179", "123456"]) await expectNowhere(secret);
    await press("next");

    await atStep("test_tap");
    for (const test of [{ found: "unknown", tile: "…B2C3" }, { found: "member", tile: "…B2C3", name: "Ada", direction: "in" }]) {
      await page.evaluate((next) => (window as unknown as { shell: ShellInPage }).shell.change({ test: next } as Partial<SetUpView>), test);
      await page.locator(`[data-testid=test-result][data-found=${test.found}]`).waitFor();
    }
    await press("next");

    await atStep("summary");
    await press("summary-policy");
    await atStep("policy");
    await press("names-full");
    await inShell((shell) => shell.change({ step: "summary" }));
    await atStep("summary");
    expect(await page.getByTestId("summary-policy").textContent()).toContain("Full name");
    await press("back");
    await atStep("test_tap");
    await press("next");
    await press("finish");
    await problem("configuration");
    await press("finish");
    await page.waitForFunction(() => (window as unknown as { shell: ShellInPage }).shell.finished);
  });

  it("keeps what there is, or signs in anew, and leaves only when asked twice", async () => {
    await openPage({ ...done, step: "sign_in", account: { email: "desk@example.org", administrator: false, kept: true }, staff_pin: "kept" });
    await press("sign-in-again");
    expect(await focused()).toBe("password");
    expect(await page.getByTestId("email").inputValue()).toBe("desk@example.org");
    await inShell((shell) => shell.change({ step: "staff_pin" }));
    await atStep("staff_pin");
    await press("staff-pin-other");
    await page.getByTestId("staff-pin-dots").waitFor();
    await inShell((shell) => shell.change({ step: "policy" }));
    await inShell((shell) => shell.change({ step: "staff_pin" }));
    await press("staff-pin-keep");
    await atStep("test_tap");
    await press("leave");
    expect(await focused()).toBe("leave-no");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("leave");
    expect(await inShell((shell) => shell.actions.some((one) => one.do === "leave"))).toBe(false);
    await page.keyboard.press("Enter");
    await press("leave-yes");
    await page.waitForFunction(() => (window as unknown as { shell: ShellInPage }).shell.actions.some((one) => one.do === "leave"));
  });

  it("asks one thing at a time, says that it takes a moment, and says so when nobody answers", async () => {
    await openPage(fresh);
    await inShell((shell) => void (shell.holds = true));
    await press("next");
    await page.keyboard.press("Enter");
    await page.locator("main[aria-busy=true]").waitFor();
    await page.getByText("One moment").waitFor();
    await inShell((shell) => shell.release());
    await atStep("sign_in");
    expect(await inShell((shell) => shell.actions.length)).toBe(1);
    await inShell((shell) => void (shell.breaks = true));
    await press("back");
    await problem("failed");
    expect(await focused()).toBe("problem");
    await inShell((shell) => void (shell.breaks = false));
    await press("back");
    await atStep("language");
    expect(await page.getByTestId("problem").count()).toBe(0);
  });
});

describe("the on-screen keyboard", () => {
  beforeEach(async () => void (page = await gallery.open([600, 1024])));
  const look = (theme: (typeof themes)[number] = "light") => ({ scene: "set_up_sign_in", theme, language: "en", text: 100 }) as const;
  const tapAll = async (keys: string[]): Promise<void> => {
    for (const key of keys) await page.locator(`[data-key="${key}"]`).tap();
  };

  it("comes by touch alone, types where the cursor is, and goes with the step", async () => {
    await show(page, look());
    await page.getByTestId("email").click();
    expect(await page.getByTestId("keyboard").count()).toBe(0);
    await page.getByTestId("email").tap();
    await page.getByTestId("keyboard").waitFor();
    await tapAll(["shift", "A", "d", "a", "@", "x", ".", "-", "_", "backspace"]);
    expect(await page.getByTestId("email").inputValue()).toBe("Ada@x.-");
    expect(await focused()).toBe("email");
    await page.getByTestId("email").evaluate((one: HTMLInputElement) => one.setSelectionRange(1, 3));
    await tapAll(["e"]);
    expect(await page.getByTestId("email").inputValue()).toBe("Ae@x.-");

    await page.getByTestId("password").tap();
    await tapAll(["p", "symbols", "7", "#", "more", "€", "symbols", "letters", "space", "q"]);
    expect(await page.getByTestId("password").inputValue()).toBe("p7#€ q");
    expect(await page.getByTestId("email").inputValue()).toBe("Ae@x.-");
    // What is typed hidden is shown nowhere else.
    expect(await page.evaluate(() => document.documentElement.outerHTML.includes("p7#€"))).toBe(false);
    expect(await page.getByTestId("sign-in").isEnabled()).toBe(true);
    await tapAll(["hide"]);
    expect(await page.getByTestId("keyboard").count()).toBe(0);
    await page.getByTestId("keyboard-open").tap();
    await page.getByTestId("keyboard").waitFor();
    await show(page, { ...look(), scene: "set_up_policy" });
    expect(await page.getByTestId("keyboard").count()).toBe(0);
  });

  it("begins with digits at the code, and takes no more than the field does", async () => {
    await show(page, { ...look(), scene: "set_up_code_needed" });
    await page.getByTestId("code").tap();
    await tapAll(["4", "0", "2", "7", "1", "9", "9"]);
    expect(await page.getByTestId("code").inputValue()).toBe("402719");
  });

  it("has keys of 56 px on every screen, in sight of the field, and no violation in any theme", async () => {
    const wrong: string[] = [];
    for (const [width, height] of [[600, 1024], [1024, 600], [1280, 800]] as const) {
      await page.setViewportSize({ width, height });
      await page.addScriptTag({ content: axe });
      for (const theme of themes) {
        await show(page, look(theme));
        await page.getByTestId("password").tap();
        await page.getByTestId("keyboard").waitFor();
        const found = await page.evaluate(async () => {
          const { run } = (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe;
          const keys = [...document.querySelectorAll<HTMLElement>("[data-testid=keyboard] button")];
          const small = keys.filter((key) => {
            const { width, height, left, right, bottom } = key.getBoundingClientRect();
            return width < 56 || height < 56 || left < 0 || right > innerWidth || bottom > innerHeight;
          });
          const field = document.querySelector("[data-testid=password]")?.getBoundingClientRect();
          const keyboard = document.querySelector("[data-testid=keyboard]")?.getBoundingClientRect();
          const hidden = field === undefined || keyboard === undefined || field.bottom > keyboard.top + 1 ? ["the field is hidden"] : [];
          return [...(await run()).violations.map((one) => one.id), ...small.map((one) => one.dataset["key"] ?? "?"), ...hidden];
        });
        if (found.length > 0) wrong.push(`${width}x${height} ${theme}: ${found.join(", ")}`);
        await show(page, { ...look(theme), scene: "set_up_language" });
      }
    }
    expect(wrong).toEqual([]);
  });
});

// The staff desk's page as it is built, opened in Chromium for the tests of a file.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { DeskView } from "../src/bindings/staff_desk";
import { deskView, sampleDesk } from "../src/gallery/staff-desks";
import type { Desk } from "../src/staff-desk/desk";
import { serveBuilt, type Built } from "./built";
import { fakeDeskShell, type DeskShell } from "./desk-shell";

export type OpenDesk = { page: Page; shell: DeskShell };

export type StaffDesk = {
  /** A fresh page, as soon as its frame is there. */
  openDesk: (desk?: Desk, view?: DeskView) => Promise<void>;
  /** What the page has asked of this command, by its arguments. */
  asked: (command: string) => Record<string, unknown>[];
};

/** Serves the page to the tests of a file, one open at a time; `opened` is handed each. After each test the page must have kept its security policy. */
export function staffDesk(opened: (desk: OpenDesk) => void): StaffDesk {
  let built: Built;
  let open: OpenDesk;
  beforeAll(async () => {
    built = await serveBuilt("staff-desk");
  });
  afterAll(() => built.close());
  afterEach(async () => {
    expect(open.shell.violations).toEqual([]);
    await open.page.context().close();
  });
  return {
    openDesk: async (desk = sampleDesk(), view = deskView) => {
      const context = await built.browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true });
      const page = await context.newPage();
      open = { page, shell: await fakeDeskShell(page, desk, view) };
      await page.goto(`${built.address}staff-desk.html`);
      await page.getByTestId("lock").waitFor();
      opened(open);
    },
    asked: (command) => open.shell.asked.filter((one) => one.command === command).map(({ args }) => args),
  };
}

// The staff desk's page as it is built, opened in Chromium.
import type { Page } from "playwright-core";
import type { DeskView } from "../src/bindings/staff_desk";
import type { Desk } from "../src/staff-desk/desk";
import { serveBuilt } from "./built";
import { fakeDeskShell, type DeskShell } from "./desk-shell";

export type ServedDesk = {
  /** A fresh page, as soon as its frame is there. */
  open: (desk: Desk, view: DeskView) => Promise<{ page: Page; shell: DeskShell }>;
  close: () => Promise<void>;
};

export async function serveDesk(): Promise<ServedDesk> {
  const { browser, address, close } = await serveBuilt("staff-desk");
  return {
    open: async (desk, view) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true });
      const page = await context.newPage();
      const shell = await fakeDeskShell(page, desk, view);
      await page.goto(`${address}staff-desk.html`);
      await page.getByTestId("lock").waitFor();
      return { page, shell };
    },
    close,
  };
}

// What the staff's page does when frames and answers come while a person is at work: late, twice, or all the time.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { AuditPage, FailureBlock, Happened } from "../src/bindings/staff_desk";
import { audit, blockOf } from "../src/gallery/desk-samples";
import { deskView, sampleDesk } from "../src/gallery/staff-desks";
import { staffDesk } from "./desk-page";
import type { DeskShell } from "./desk-shell";

let page: Page;
let shell: DeskShell;
const { openDesk, asked } = staffDesk((desk) => ({ page, shell } = desk));

describe("frames of the shell", () => {
  it("do not put off the lock, however many come", async () => {
    await openDesk(sampleDesk(), { ...deskView, idle_lock_s: 17 });
    let waiting = 0;
    const announced = async (): Promise<number> => {
      await shell.change({ waiting: (waiting += 1) });
      return page.getByTestId("locks-in").count();
    };
    await expect.poll(announced, { timeout: 6000, interval: 100 }).toBe(1);
  });

  it("draw no chart anew, and neither does the next minute", async () => {
    await openDesk();
    await page.getByTestId("tab-overview").click();
    await expect.poll(() => page.locator("[data-drawn=true] svg").count()).toBe(5);
    await page.locator(".chart svg").evaluateAll((all) => all.forEach((one) => one.setAttribute("data-first", "")));
    await shell.change({ waiting: 7 });
    await page.getByTestId("waiting").waitFor();
    expect(await page.locator(".chart svg[data-first]").count()).toBe(5);
    // Back on the screen, the clock is renewed as at a full minute.
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await page.locator(".chart svg[data-first]").count()).toBe(5);
  });
});

describe("answers that are late", () => {
  it("make the list as long as it turns out to be", async () => {
    const short = (block: number): Partial<FailureBlock> => (block === 3 ? { rows: blockOf(3, 200).rows.slice(0, 30), hidden: 20 } : {});
    await openDesk(sampleDesk(0, { failures: (_query, block) => Promise.resolve(blockOf(block, 200, short(block))) }));
    await page.getByTestId("row").first().waitFor();
    await page.getByTestId("rows").evaluate((element) => void (element.scrollTop = element.scrollHeight));
    await page.getByTestId("hidden").waitFor();
    // As high as its rows: the last one stands at the very end.
    const heights = await page.getByTestId("rows").evaluate((box) => [box.scrollHeight, (box.querySelector<HTMLElement>("[role=row]")?.offsetHeight ?? 0) * 182]);
    expect(heights[0]).toBe(heights[1]);
    await expect.poll(() => page.getByTestId("row-waits").count()).toBe(0);
  });

  it("leave a preset in place that is being asked for when a column is pressed", async () => {
    await openDesk(sampleDesk(120, { failures: (query, block) => (query.unknown_tiles ? new Promise<FailureBlock>(() => undefined) : Promise.resolve(blockOf(block, 120))) }));
    await page.getByTestId("row").first().waitFor();
    await page.getByTestId("preset-unknown").click();
    await page.getByTestId("sort-member").click();
    await expect.poll(() => asked("staff_failures").at(-1)).toMatchObject({ query: { unknown_tiles: true, order: "member", ascending: true } });
  });

  it("do not add an older page to a log that was asked for anew meanwhile", async () => {
    let answer = (_page: AuditPage): void => undefined;
    const older = new Promise<AuditPage>((done) => (answer = done));
    const numbered = (by: number): AuditPage => ({ ...audit, lines: audit.lines.map((line) => ({ ...line, number: line.number + by })) });
    const newest = [numbered(0), numbered(1)];
    await openDesk(sampleDesk(0, { audit: (before) => (before === null ? Promise.resolve(newest.shift() ?? audit) : older) }));
    await page.getByTestId("tab-log").click();
    await page.getByTestId("log-older").click();
    await page.getByTestId("log-again").click();
    await page.locator("[data-testid=audit-line][data-number='13']").waitFor();
    answer(numbered(-5));
    await page.locator("main[aria-busy=false]").waitFor();
    const numbers = await page.getByTestId("audit-line").evaluateAll((all) => all.map((one) => Number(one.dataset["number"])));
    expect(numbers).toEqual([13, 12, 11, 10, 9]);
  });

  it("do not add an older page to what happened that was asked for anew meanwhile", async () => {
    let answer = (_events: Happened[]): void => undefined;
    const older = new Promise<Happened[]>((done) => (answer = done));
    const before = (number: number): Happened[] => Array.from({ length: 200 }, (_, place) => ({ at: deskView.told?.at ?? "", kind: "began", number: number - 1 - place }));
    const newest = [before(1001), before(1002)];
    await openDesk(sampleDesk(0, { events: (number) => (number === null ? Promise.resolve(newest.shift() ?? []) : older) }));
    await page.getByTestId("tab-health").click();
    await page.getByTestId("recorder-older").click();
    await page.getByTestId("recorder-newest").click();
    await page.locator("[data-testid=event][data-number='1001']").waitFor();
    answer(before(801));
    await page.locator("main[aria-busy=false]").waitFor();
    expect(await page.getByTestId("event").count()).toBe(200);
  });
});

describe("a time that is being chosen", () => {
  it("counts with its first day already", async () => {
    await openDesk();
    await page.getByTestId("tab-overview").click();
    await page.getByTestId("span-days").click();
    await page.getByTestId("days-from-day").fill("2026-03-01");
    await expect.poll(() => asked("staff_charts").at(-1)).toEqual({ span: { kind: "days", from: "2026-03-01", to: "2026-03-01" } });
  });

  it("has an hour to choose as soon as it has a day", async () => {
    await openDesk();
    await page.getByTestId("tab-health").click();
    const [hour, minute] = [page.getByTestId("recorder-until-hour"), page.getByTestId("recorder-until-minute")];
    await hour.waitFor();
    expect([await hour.isDisabled(), await minute.isDisabled()]).toEqual([true, true]);
    await page.getByTestId("recorder-until-day").fill("2026-03-06");
    await hour.selectOption("09");
    expect([await hour.inputValue(), await minute.inputValue()]).toEqual(["09", "59"]);
  });
});

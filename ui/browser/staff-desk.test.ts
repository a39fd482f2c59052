// The staff desk as a person uses it, under the app's own content security policy: by keyboard alone, by touch, and over a million rows.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { FailureRow } from "../src/bindings/staff_desk";
import { blockOf, charts } from "../src/gallery/desk-samples";
import { deskView, sampleDesk } from "../src/gallery/staff-desks";
import { staffDesk } from "./desk-page";
import type { DeskShell } from "./desk-shell";

let page: Page;
let shell: DeskShell;
const { openDesk, asked } = staffDesk((desk) => ({ page, shell } = desk));
const blocksAsked = (): number[] => asked("staff_failures").map(({ block }) => block as number);
const focused = (): Promise<string> =>
  page.evaluate(() => (document.activeElement as HTMLElement).dataset["testid"] ?? document.activeElement?.tagName ?? "");

/** With Tab alone, as far as it takes. */
async function reach(testid: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await focused()) === testid) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${testid} is not reached by Tab`);
}

describe("by keyboard alone", () => {
  it("checks somebody in by hand, once, and takes it back", async () => {
    await openDesk();
    await page.getByTestId("row").first().waitFor();
    await reach("row");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByTestId("act-check-in").waitFor();
    expect(await focused()).toBe("detail-title");
    expect(await page.getByTestId("detail-title").textContent()).toBe("Ada Lovelace");
    expect(await page.getByTestId("lacking-correct").getAttribute("data-role")).toBe("FailedCheckin-Edit");
    expect(await page.getByTestId("act-correct").count()).toBe(0);
    await reach("act-check-in");
    await page.keyboard.press("Enter");
    await reach("note");
    await page.keyboard.type("Forgot the tile");
    await reach("look");
    await page.keyboard.press("Enter");
    await page.getByTestId("changes").waitFor();
    expect(asked("staff_prepare")).toEqual([{ act: { act: "check_in", coworker: 1337, at: null, note: "Forgot the tile", failure: 2_000_000 } }]);
    expect(asked("staff_carry_out")).toEqual([]);
    expect(await page.getByTestId("changes").locator("tbody tr").allInnerTexts()).toHaveLength(3);
    await reach("confirm");
    await page.evaluate(() => {
      const button = document.querySelector<HTMLElement>("[data-testid=confirm]");
      for (let presses = 0; presses < 5; presses += 1) button?.click();
    });
    await reach("undo");
    expect(asked("staff_carry_out")).toEqual([{ plan: 7 }]);
    await page.keyboard.press("Enter");
    await page.locator("dialog[data-stage=undone]").waitFor();
    expect(asked("staff_undo")).toEqual([{ number: 13 }]);
    await reach("dialog-close");
    await page.keyboard.press("Enter");
    await page.getByTestId("act-check-in").waitFor();
    await reach("detail-close");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("row");
  });

  it("goes through the tabs, and out", async () => {
    await openDesk();
    await page.getByTestId("row").first().waitFor();
    await reach("tab-failures");
    for (const tab of ["overview", "health", "log", "failures"]) {
      await page.keyboard.press("ArrowRight");
      await page.getByTestId(`panel-${tab}`).waitFor();
      expect(await focused()).toBe(`tab-${tab}`);
    }
    await page.getByTestId("set-up").click();
    await page.keyboard.press("Escape");
    expect(asked("staff_set_up")).toEqual([]);
    await page.getByTestId("set-up").click();
    await page.getByTestId("set-up-yes").click();
    await page.getByTestId("set-up-no").click();
    expect(asked("staff_set_up")).toHaveLength(1);
    await page.getByTestId("lock").click();
    expect(asked("staff_lock")).toHaveLength(1);
  });
});

describe("the end of the kiosk", () => {
  const endable = { ...deskView, ends_kiosk: true };
  const ended = (): number => asked("staff_end_kiosk").length;

  it("is not offered where it cannot be ended", async () => {
    await openDesk();
    await page.getByTestId("tab-health").click();
    await page.getByTestId("versions").waitFor();
    expect(await page.getByTestId("end-kiosk").count()).toBe(0);
  });

  it("is asked for by keyboard, said plainly, and done once", async () => {
    await openDesk(sampleDesk(), endable);
    await reach("tab-failures");
    for (let tab = 0; tab < 2; tab += 1) await page.keyboard.press("ArrowRight");
    await page.getByTestId("versions").waitFor();
    await reach("end-kiosk");
    await page.keyboard.press("Enter");
    expect(await page.getByTestId("ask-end-kiosk").textContent()).toMatch(/No tile is read until .* The machine behind it is then open to whoever stands here/);
    await page.keyboard.press("Escape");
    await page.getByTestId("ask-end-kiosk").waitFor({ state: "detached" });
    // Escape gives the focus back to the button.
    expect(await focused()).toBe("end-kiosk");
    expect(ended()).toBe(0);
    await page.keyboard.press("Space");
    await reach("end-kiosk-yes");
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("Enter");
    await expect.poll(ended).toBe(1);
    expect(await page.getByTestId("end-kiosk-yes").isDisabled()).toBe(true);
  });

  it.each(["en", "ar"])("is asked for by touch in %s, and refused in words", async (language) => {
    await openDesk(sampleDesk(120, { endKiosk: () => Promise.reject({ kind: "ended" }) }), { ...endable, language });
    await page.getByTestId("tab-health").tap();
    await page.getByTestId("end-kiosk").tap();
    for (const testid of ["end-kiosk-no", "end-kiosk-yes"]) {
      const box = await page.getByTestId(testid).boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), testid).toBeGreaterThanOrEqual(56);
    }
    await page.getByTestId("end-kiosk-no").tap();
    expect(ended()).toBe(0);
    await page.getByTestId("end-kiosk").tap();
    await page.getByTestId("end-kiosk-yes").tap();
    await page.locator("[data-testid=health] [data-problem=ended]").waitFor();
    expect(ended()).toBe(1);
    expect(await page.getByTestId("ask-end-kiosk").count()).toBe(0);
  });
});

describe("acts", () => {
  it("says plainly that nobody knows, and offers no second try", async () => {
    await openDesk(sampleDesk(120, { carryOut: () => Promise.reject({ kind: "unknown", detail: "timed out" }) }));
    await page.locator('[data-key="record-2000000"]').click();
    await page.getByTestId("act-check-in").click();
    await page.getByTestId("look").click();
    await page.getByTestId("confirm").click();
    await page.locator("dialog [data-problem=unknown]").waitFor();
    expect(await page.locator("dialog button").evaluateAll((all) => all.map((one) => one.dataset["testid"]))).toEqual(["dialog-close"]);
  });

  it("links a tile by touch, with the keyboard on the screen", async () => {
    await openDesk();
    await page.locator('[data-key="record-1999997"]').tap();
    await page.getByTestId("act-link-tile").tap();
    await page.getByTestId("member-search").tap();
    for (const key of ["a", "d", "a"]) await page.locator(`[data-testid=keyboard] [data-key=${key}]`).tap();
    await page.getByTestId("found").first().tap();
    await page.getByTestId("field-key_fob").check();
    await page.getByTestId("look").tap();
    await page.getByTestId("confirm").waitFor();
    expect(asked("staff_members").at(-1)).toEqual({ text: "ada" });
    expect(asked("staff_prepare")).toEqual([{ act: { act: "link_tile", entry: "01J-tap", coworker: 1337, field: "key_fob" } }]);
  });

  it("keeps what can be done in reach, however long the reason is", async () => {
    const long = (row: FailureRow): FailureRow => ({ ...row, description: "No reason ".repeat(10_000) });
    const desk = sampleDesk();
    await openDesk({
      ...desk,
      failures: async (query, block) => ((found) => ({ ...found, rows: found.rows.map(long) }))(await desk.failures(query, block)),
      failure: async (key) => ((found) => ({ ...found, row: long(found.row) }))(await desk.failure(key)),
    });
    await page.getByTestId("row").nth(4).tap();
    await page.getByTestId("acts").waitFor();
    const seen = await page.getByTestId("acts").evaluate((acts) => acts.getBoundingClientRect().bottom <= window.innerHeight);
    expect(seen).toBe(true);
    await reach("detail-reason");
  });

  it("closes at a given time of the location's clock, and dismisses with a reason", async () => {
    await openDesk(sampleDesk(), { ...deskView, time_zone: "Asia/Tokyo" });
    await page.locator('[data-key="tap-01J-needs"]').click();
    await page.getByTestId("act-close-checkin").click();
    await page.getByTestId("when-at").check();
    await page.getByTestId("at-day").fill("2026-03-06");
    await page.getByTestId("at-hour").selectOption("18");
    await page.getByTestId("at-minute").selectOption("05");
    await page.getByTestId("look").click();
    await page.getByTestId("dialog-back").click();
    expect(asked("staff_prepare").at(-1)).toEqual({ act: { act: "close_checkin", coworker: 1338, checkin: 9001, at: "2026-03-06T09:05:00.000Z" } });
    await page.getByTestId("act-back").click();
    await page.getByTestId("act-dismiss").click();
    expect(await page.getByTestId("look").isDisabled()).toBe(true);
    await page.getByTestId("reason-test").check();
    await page.getByTestId("look").click();
    await page.getByTestId("confirm").waitFor();
    expect(asked("staff_prepare").at(-1)).toEqual({ act: { act: "dismiss", entry: "01J-needs", reason: "test", note: "" } });
  });
});

describe("the list", () => {
  const million = sampleDesk(1_000_000, { failures: (_query, block) => Promise.resolve(blockOf(block, 1_000_000)) });

  it("asks for what is in view, draws little, and keeps little, over a million rows", async () => {
    await openDesk(million);
    await page.getByTestId("row").first().waitFor();
    expect(blocksAsked()).toEqual([0]);
    expect(await page.getByTestId("count").getAttribute("data-count")).toBe("1000002");
    const box = page.getByTestId("rows");
    for (const part of [0.5, 0.25, 0.9, 0.1]) {
      const before = blocksAsked().length;
      await box.evaluate((element, share) => void (element.scrollTop = (element.scrollHeight - element.clientHeight) * share), part);
      await page.waitForFunction(() => document.querySelector("[data-testid=row-waits]") === null);
      const fresh = blocksAsked().slice(before);
      const near = Math.floor((1_000_002 * part) / 50);
      expect(fresh.length).toBeLessThanOrEqual(2);
      for (const block of fresh) expect(Math.abs(block - near)).toBeLessThanOrEqual(2);
      expect(await page.getByTestId("row").count()).toBeLessThan(40);
    }
    await box.evaluate((element) => void (element.scrollTop = element.scrollHeight));
    await page.locator('[data-key="record-1000001"]').waitFor();
    const last = await page.locator('[data-key="record-1000001"]').boundingBox();
    const frame = await box.boundingBox();
    expect(Math.abs((last?.y ?? 0) + (last?.height ?? 0) - (frame?.y ?? 0) - (frame?.height ?? 0))).toBeLessThan(3);
    expect(Number(await box.getAttribute("data-kept"))).toBeLessThanOrEqual(8);
    // By wheel, a step is a step, however long the list is.
    const index = async (): Promise<number> => Number(await page.getByTestId("row").first().getAttribute("data-index"));
    const at = await index();
    await box.hover();
    await page.mouse.wheel(0, -520);
    await page.waitForFunction((was) => Number(document.querySelector<HTMLElement>("[data-testid=row]")?.dataset["index"]) < was, at);
    expect(at - (await index())).toBeLessThanOrEqual(11);
    await page.locator("[data-testid=row]").last().focus();
    await page.keyboard.press("Home");
    await page.locator('[data-key="tap-01J-needs"]').waitFor();
  });

  it("follows new failures: by itself at the top, by a press further down", async () => {
    let records = 500;
    await openDesk(sampleDesk(0, { failures: (_query, block) => Promise.resolve(blockOf(block, records)) }));
    await page.getByTestId("row").first().waitFor();
    records = 501;
    await shell.change({ failures: 2 });
    await page.locator("[data-testid=count][data-count='503']").waitFor();
    await page.getByTestId("rows").evaluate((element) => void (element.scrollTop = 4000));
    // The rows there, and none that are still to come: until then the list may take itself to be at the top.
    await page.waitForFunction(() => {
      const index = document.querySelector<HTMLElement>("[data-testid=row]")?.dataset["index"];
      return Number(index) > 0 && document.querySelector("[data-testid=row-waits]") === null;
    });
    records = 504;
    await shell.change({ failures: 3 });
    await page.locator("[data-testid=fresh][data-count='3']").click();
    await page.locator("[data-testid=count][data-count='506']").waitFor();
    expect(await page.getByTestId("rows").evaluate((element) => element.scrollTop)).toBe(0);
  });

  it("asks with presets, every filter, and the order of a column", async () => {
    await openDesk();
    await page.getByTestId("preset-unknown").click();
    await page.getByTestId("sort-member").click();
    await page.getByTestId("filters").click();
    for (const name of ["member", "location", "tariff", "teams", "description", "mac_addresses"]) await page.getByTestId(`filter-${name}`).fill(`part of ${name}`);
    await page.getByTestId("filter-coworker").fill("1337");
    await page.getByTestId("filter-source").selectOption("4");
    await page.getByTestId("filter-attempted").selectOption("between");
    await page.getByTestId("filter-attempted-from-day").fill("2026-03-01");
    await page.getByTestId("filter-attempted-from-hour").selectOption("09");
    await page.getByTestId("filter-created").selectOption("days");
    await page.getByTestId("filter-created-from-day").fill("2026-02-01");
    await page.getByTestId("filter-created-to-day").fill("2026-02-28");
    await page.getByTestId("filter-updated").selectOption("month");
    await page.getByTestId("filter-attempted_local").selectOption("today");
    await page.getByTestId("filters-show").click();
    await page.getByTestId("list").waitFor();
    expect(asked("staff_failures").at(-1)).toEqual({
      block: 0,
      query: {
        attempted: { kind: "between", from: "2026-03-01T09:00:00", to: null },
        attempted_local: { kind: "today" },
        created: { kind: "days", from: "2026-02-01", to: "2026-02-28" },
        updated: { kind: "month" },
        coworker: 1337,
        member: "part of member",
        location: "part of location",
        source: 4,
        mac_addresses: "part of mac_addresses",
        teams: "part of teams",
        tariff: "part of tariff",
        description: "part of description",
        unknown_tiles: true,
        order: "member",
        ascending: true,
      },
    });
  });

  it("shows markup of the service as it came, and saves what is asked for", async () => {
    await openDesk();
    await page.getByText("<b>Ask the desk</b> & renew.").first().waitFor();
    await page.getByTestId("export").click();
    await page.getByTestId("exported").waitFor();
    const [saved] = asked("staff_export") as { export: { what: string; columns: string[] } }[];
    expect(saved?.export.what).toBe("failures");
    expect(saved?.export.columns).toHaveLength(15);
  });
});

describe("the overview", () => {
  it("draws charts under the policy, each with a table of the same counts, and prints the tables", async () => {
    await openDesk();
    await page.getByTestId("tab-overview").click();
    const counts: Record<string, number[]> = {
      "failures-by-reason": charts.failures_by_reason.map(({ count }) => count),
      "failures-by-hour": charts.failures_by_hour,
      "arrivals-by-hour": charts.arrivals_by_hour,
      "checkins-by-source": charts.checkins_by_source.map(({ count }) => count),
      "unknown-tiles-by-day": charts.unknown_tiles_by_day.map(({ count }) => count),
    };
    for (const [id, expected] of Object.entries(counts)) {
      const chart = page.getByTestId(`chart-${id}`);
      await chart.locator("svg text").first().waitFor();
      expect(await chart.locator("td.number").evaluateAll((all) => all.map((one) => Number(one.dataset["count"])))).toEqual(expected);
      // What is written beside the bars are the counts too.
      const drawn = await chart.locator("svg text").allTextContents();
      for (const count of expected.filter((one) => one > 0)) expect(drawn).toContain(count.toLocaleString("en-GB"));
    }
    expect(await page.getByTestId("counted-arrivals-by-hour").textContent()).toMatch(/1,240.*5,200/);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByTestId("table-arrivals-by-hour").isVisible()).toBe(true);
    expect((await page.getByTestId("table-arrivals-by-hour").boundingBox())?.height).toBeGreaterThan(200);
    for (const control of ["lock", "print", "tab-log", "present-filter"]) expect(await page.getByTestId(control).isVisible()).toBe(false);
    expect(await page.locator(".chart").first().isVisible()).toBe(false);
  });
});

it("would find what the policy forbids", async () => {
  await openDesk();
  await page.evaluate(() => document.body.setAttribute("style", "color: red"));
  await expect.poll(() => shell.violations.length).toBeGreaterThan(0);
  shell.violations = [];
});

describe("staff being there", () => {
  it("is told at most every five seconds, and the lock is announced", async () => {
    await openDesk(sampleDesk(), { ...deskView, idle_lock_s: 16 });
    await page.getByTestId("row").first().waitFor();
    for (let touches = 0; touches < 5; touches += 1) await page.getByTestId("location").click();
    expect(asked("staff_touch")).toHaveLength(1);
    await page.getByTestId("locks-in").waitFor({ timeout: 5000 });
    await page.getByTestId("location").click();
    expect(await page.getByTestId("locks-in").count()).toBe(0);
  });
});

// What the staff's page decides by itself: where rows stand, what is asked, what is said, and that nothing is done twice.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Act, FailureQuery, HealthCheck } from "../src/bindings/staff_desk";
import { charts, detailOf, localRows, preparation, recordAt } from "../src/gallery/desk-samples";
import { paintedOnce, type Painted } from "../src/present/painted";
import { actOf, freshDraft, isOffered } from "../src/staff-desk/acts";
import { BLOCK, Positions } from "../src/staff-desk/blocks";
import { Flow } from "../src/staff-desk/flow.svelte";
import { deskFormats } from "../src/staff-desk/formats";
import { FailureList } from "../src/staff-desk/list.svelte";
import { figuresOf } from "../src/staff-desk/overview/figures";
import { presentCheck, presentFigure, presentMoment, presentPassState, presentReason, presentValue, presentWho } from "../src/staff-desk/present";
import { problemOf } from "../src/staff-desk/problem";
import { emptyQuery, filtersSet, isPreset, presets, reordered, spanOf } from "../src/staff-desk/query";
import { HIGHEST, Scrolling } from "../src/staff-desk/scrolling";
import { StaffThere, TELL_MS } from "../src/staff-desk/staff-there.svelte";
import { staffDeskCatalogueFor, staffDeskTags, type StaffDeskWords } from "../src/words/staff-desk";
import { blockOf } from "../src/gallery/desk-samples";
import { forbidden } from "./forbidden";
import { plain } from "./plain";

const en = staffDeskCatalogueFor("en");
const formats = deskFormats(en.locale, "Europe/London");
const now = new Date("2026-03-06T09:41:00Z");
const saying = { words: en.words, formats, now };

describe("where rows stand", () => {
  it("finds each row, though blocks are longer or shorter than their records", () => {
    const positions = new Positions(170);
    expect([positions.blocks, positions.rows]).toEqual([4, 170]);
    expect(positions.saw(0, 53)).toBe(3);
    expect(positions.saw(2, 48)).toBe(-2);
    expect(positions.saw(2, 48)).toBe(0);
    expect(positions.rows).toBe(171);
    const all = Array.from({ length: positions.rows }, (_, row) => positions.find(row));
    expect(all.filter(({ block }) => block === 0)).toHaveLength(53);
    expect(all.filter(({ block }) => block === 1)).toHaveLength(50);
    expect(all.filter(({ block }) => block === 2)).toHaveLength(48);
    expect(all.filter(({ block }) => block === 3)).toHaveLength(20);
    for (const [row, { block, place }] of all.entries()) expect(positions.start(block) + place).toBe(row);
    expect(positions.between(52, 53)).toEqual([0, 1]);
    expect(positions.between(-5, 10_000)).toEqual([0, 1, 2, 3]);
  });

  it("has a block even where only the kiosk knows something", () => {
    const positions = new Positions(0);
    positions.saw(0, 2);
    expect([positions.blocks, positions.rows]).toEqual([1, 2]);
    expect(positions.find(1)).toEqual({ block: 0, place: 1 });
  });

  it("reaches both ends of a list higher than a browser can lay out, and steps by steps", () => {
    const [height, view] = [1_000_000 * 52, 600];
    const scrolling = new Scrolling();
    expect(Scrolling.laidOut(height)).toBe(HIGHEST);
    expect(scrolling.scrolled(HIGHEST - view, height, view)).toBe(height - view);
    expect(scrolling.scrolled(0, height, view)).toBe(0);
    const middle = scrolling.scrolled(HIGHEST / 2, height, view);
    expect(middle / height).toBeCloseTo(0.5, 2);
    expect(scrolling.scrolled(HIGHEST / 2 + 100, height, view)).toBe(middle + 100);
    const placed = scrolling.place(middle + 100, height, view);
    expect(scrolling.scrolled(placed + 10, height, view)).toBe(middle + 110);
    const short = new Scrolling();
    expect([short.scrolled(320, 5000, view), short.strained]).toEqual([320, false]);
  });

  it("keeps a few blocks, counts what was added, and heeds no answer to an earlier question", async () => {
    const asked: number[] = [];
    let records = 5000;
    const late: (() => void)[] = [];
    const list = new FailureList((query: FailureQuery, block) => {
      asked.push(block);
      const answer = blockOf(block, records);
      return query.member === "late" ? new Promise((done) => late.push(() => done({ ...answer, records: 1 }))) : Promise.resolve(answer);
    }, emptyQuery);
    await list.load(emptyQuery);
    for (let block = 0; block < 20; block += 1) {
      list.show([block]);
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(asked).toEqual(Array.from({ length: 20 }, (_, block) => block));
    expect(list.blocksKept).toBe(8);
    expect(list.rows).toBe(5002);
    expect(list.row(19 * BLOCK + 2)?.key).toEqual(recordAt(19 * BLOCK).key);
    expect(list.row(5 * BLOCK)).toBeNull();
    records = 5003;
    await list.look();
    expect([list.added, list.rows]).toEqual([3, 5002]);
    const outdated = list.load({ ...emptyQuery, member: "late" });
    await list.load(emptyQuery);
    late.forEach((answer) => answer());
    await outdated;
    expect([list.count, list.query.member]).toEqual([5005, ""]);
  });
});

describe("what is asked", () => {
  it("knows its presets, and how many filters are set", () => {
    expect(isPreset(reordered(presets.week, "member"), presets.week)).toBe(true);
    expect(isPreset({ ...presets.week, member: "a" }, presets.week)).toBe(false);
    expect([filtersSet(emptyQuery), filtersSet(presets.unknown), filtersSet({ ...emptyQuery, source: 0 })]).toEqual([0, 2, 1]);
    expect(reordered(emptyQuery, "attempted").ascending).toBe(true);
    expect(reordered(emptyQuery, "member")).toMatchObject({ order: "member", ascending: true });
    expect(reordered(reordered(emptyQuery, "member"), "member").ascending).toBe(false);
  });

  it("says spans as the shell reads them, either end open", () => {
    expect(spanOf("any", "2026-03-01T00:00", null)).toBeNull();
    expect(spanOf("week", null, null)).toEqual({ kind: "week" });
    expect(spanOf("days", "2026-03-01T00:00", null)).toEqual({ kind: "days", from: "2026-03-01", to: "2026-03-01" });
    expect(spanOf("between", null, "2026-03-01T09:30")).toEqual({ kind: "between", from: null, to: "2026-03-01T09:30:59" });
    expect(spanOf("between", null, null)).toBeNull();
  });
});

describe("times", () => {
  it("turns the location's clock into instants, over both changes of the clocks", () => {
    expect(formats.instant("2026-03-06T09:41")).toBe("2026-03-06T09:41:00.000Z");
    expect(formats.instant("2026-07-06T09:41")).toBe("2026-07-06T08:41:00.000Z");
    expect(formats.instant("2026-03-29T03:30")).toBe("2026-03-29T02:30:00.000Z");
    expect(formats.instant("2026-10-25T03:30")).toBe("2026-10-25T03:30:00.000Z");
    expect(deskFormats("en-GB", "Asia/Kathmandu").instant("2026-03-06T00:15")).toBe("2026-03-05T18:30:00.000Z");
    expect(formats.instant("never")).toBeNull();
  });

  it("shows them in the location's zone, with the day where it is another", () => {
    const tokyo = deskFormats("en-GB", "Asia/Tokyo");
    expect(tokyo.moment("2026-03-06T09:14:00Z", now)).toBe("18:14");
    expect(plain(tokyo.moment("2026-03-05T09:14:00Z", now))).toMatch(/5 Mar,? 18:14/);
    expect(plain(tokyo.wallClock("2026-03-05T09:14:00"))).toMatch(/5 Mar 2026,? 09:14/);
    expect([tokyo.today(new Date("2026-03-05T20:00:00Z")), tokyo.timeOfDay(now)]).toEqual(["2026-03-06", "18:41"]);
    expect(plain(formats.duration(90_061))).toBe("1 day 1 hr");
    expect(plain(formats.milliseconds(1234))).toBe("1.2 ms");
  });
});

describe("acts", () => {
  const known = detailOf(recordAt(0));
  const unknown = detailOf(recordAt(3));
  const local = detailOf(localRows[0]!);

  it("are made only of what is there", () => {
    expect(actOf(freshDraft("check_in", known), known)).toEqual({ act: "check_in", coworker: 1337, at: null, note: "", failure: 2_000_000 });
    expect(actOf(freshDraft("check_in", unknown), unknown)).toBeNull();
    expect(actOf(freshDraft("close_checkin", known), known)).toEqual({ act: "close_checkin", coworker: 1337, checkin: 9001, at: null });
    expect(actOf(freshDraft("link_tile", unknown), unknown)).toBeNull();
    expect(actOf(freshDraft("correct", unknown), unknown)).toBeNull();
    expect(actOf({ ...freshDraft("correct", unknown), description: "  Lost tile " }, unknown)).toEqual({ act: "correct", failure: 1_999_997, coworker: null, description: "Lost tile" });
    expect(actOf(freshDraft("retry", local), local)).toEqual({ act: "retry", entry: "01J-needs" });
    expect(actOf(freshDraft("dismiss", local), local)).toBeNull();
  });

  it("are not offered without what they are about", () => {
    expect(isOffered({ act: "correct", lacking: null }, local)).toBe(false);
    expect(isOffered({ act: "link_tile", lacking: null }, known)).toBe(false);
    expect(isOffered({ act: "link_tile", lacking: null }, unknown)).toBe(true);
  });

  it("are carried out once, however often it is pressed", async () => {
    const carried: number[] = [];
    const flow = new Flow({
      prepare: () => Promise.resolve(preparation),
      carryOut: (plan) => {
        carried.push(plan);
        return Promise.resolve({ number: 1, checkin: null, stored_source: null, undoable: false });
      },
      undo: () => Promise.reject(new Error("not to be asked")),
    });
    const act: Act = { act: "retry", entry: "x" };
    await Promise.all([flow.prepare(act), flow.prepare(act)]);
    await Promise.all([flow.confirm(), flow.confirm(), flow.confirm()]);
    expect([carried, flow.now.stage]).toEqual([[7], "done"]);
    await flow.undo();
    expect(flow.now.stage).toBe("done");
  });

  it.each([
    [{ kind: "changed" }, "changed", true],
    [{ kind: "unknown", detail: "timed out" }, "unknown", false],
    // The shell is gone: whether it was done is not known either.
    ["the shell is gone", "unknown", false],
  ])("that fail with %j are told as %s", async (error, kind, again) => {
    const flow = new Flow({ prepare: () => Promise.resolve(preparation), carryOut: () => Promise.reject(error), undo: () => Promise.reject(error) });
    await flow.prepare({ act: "retry", entry: "x" });
    await flow.confirm();
    expect(flow.now).toMatchObject({ stage: "failed", again, problem: { kind } });
  });

  it("that may not be carried out are not", async () => {
    const flow = new Flow({ prepare: () => Promise.resolve({ ...preparation, possible: false }), carryOut: () => Promise.reject(new Error("asked")), undo: () => Promise.reject(new Error("asked")) });
    await flow.prepare({ act: "retry", entry: "x" });
    await flow.confirm();
    expect(flow.now.stage).toBe("prepared");
  });
});

describe("staff being there", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is told at most every five seconds, the last touch too, and the lock is announced in time", () => {
    let told = 0;
    const there = new StaffThere(() => (told += 1), () => 60);
    const end = there.run();
    for (let touches = 0; touches < 10; touches += 1) there.touched();
    expect(told).toBe(1);
    vi.advanceTimersByTime(TELL_MS);
    expect(told).toBe(2);
    vi.advanceTimersByTime(60_000 - TELL_MS - 15_001);
    expect(there.left).toBeNull();
    vi.advanceTimersByTime(1);
    expect(there.left).toBe(15);
    vi.advanceTimersByTime(5_000);
    expect(there.left).toBe(10);
    there.touched();
    expect(there.left).toBeNull();
    vi.advanceTimersByTime(60_000);
    expect(there.left).toBe(0);
    end();
  });

  it("no longer announces a lock that was put off", () => {
    let seconds = 15;
    const there = new StaffThere(() => undefined, () => seconds);
    const end = there.run();
    expect(there.left).toBe(15);
    end();
    seconds = 60;
    const endAnew = there.run();
    expect(there.left).toBeNull();
    endAnew();
  });
});

describe("what is painted", () => {
  it("is told once for each tap and kind, two frames on, and never for what was replaced", () => {
    let frames: (() => void)[] = [];
    const step = (): void => {
      const due = frames;
      frames = [];
      due.forEach((then) => then());
    };
    const told: Painted[] = [];
    const tell = paintedOnce((what) => told.push(what), (then) => void frames.push(then));
    tell({ entry: "a", kind: "acknowledged" });
    step();
    expect(told).toEqual([]);
    step();
    tell({ entry: "a", kind: "refused" });
    tell({ entry: "a", kind: "checked_in" });
    step();
    step();
    tell({ entry: "a", kind: "checked_in" });
    tell(null);
    step();
    step();
    expect(told.map(({ kind }) => kind)).toEqual(["acknowledged", "checked_in"]);
  });
});

describe("what is said", () => {
  it("names the member, or else the tile, and leaves the service's words as they came", () => {
    expect(presentWho(recordAt(0), saying)).toBe("Ada Lovelace");
    expect(plain(presentWho(recordAt(3), saying))).toBe("Tile …B2C3");
    expect(plain(presentWho({ ...recordAt(0), member: null }, saying))).toBe("Member 1337");
    expect(presentWho(localRows[1]!, saying)).toBe("Nobody known");
    expect(presentReason({ ...recordAt(0), description: " <i>x</i> &amp; " }, saying)).toBe("<i>x</i> &amp;");
    expect(presentReason({ ...recordAt(0), description: null }, saying)).toBe("No reason given");
    expect(presentReason(localRows[1]!, saying)).toBe("Unusable tile");
  });

  it("makes what will be written readable, and leaves the rest as it is", () => {
    expect(plain(presentValue("FromTime", "2026-07-06T09:41:00Z", saying))).toMatch(/6 Jul(y)? 2026.*10:41:00/);
    expect(presentValue("Source", "1", saying)).toBe("1 (Manual)");
    expect(presentValue("AccessCardId", "…B2C3", saying)).toBe("…B2C3");
  });

  it("names how a pass stands", () => {
    const pass = { name: null, valid: false, remaining_uses: null, total_uses: null, expires: null, used: false, cancelled: null, pay_as_you_go: false, here: true };
    const said = [pass, { ...pass, valid: true }, { ...pass, used: true }, { ...pass, expires: "2026-01-01T00:00:00Z" }, { ...pass, cancelled: "2026-01-01T00:00:00Z" }, { ...pass, here: false }];
    expect(said.map((one) => presentPassState(one, saying))).toEqual(["Not valid now", "Valid", "Used up", "Expired", "Cancelled", "For another location"]);
  });

  it("tells problems of the desk from a shell that failed", () => {
    expect(problemOf({ kind: "gone" })).toEqual({ kind: "gone" });
    expect(problemOf("no such command")).toEqual({ kind: "failed", detail: "no such command" });
    expect(problemOf(new Error("x"))).toEqual({ kind: "failed", detail: "x" });
    expect(problemOf({ kind: "nobody knows this kind" })).toEqual({ kind: "failed", detail: "" });
  });

  it("has the counts of every chart, and says where not all were counted", () => {
    const figures = figuresOf(charts, saying);
    expect(figures.map(({ rows }) => rows.map(({ count }) => count))).toEqual([
      charts.failures_by_reason.map(({ count }) => count),
      charts.failures_by_hour,
      charts.arrivals_by_hour,
      charts.checkins_by_source.map(({ count }) => count),
      charts.unknown_tiles_by_day.map(({ count }) => count),
    ]);
    expect(figures.map(({ partly }) => partly !== null)).toEqual([false, false, true, true, false]);
    expect(figures[2]?.rows[9]?.label).toBe("09:00");
  });
});

describe("an update", () => {
  const update = (state: HealthCheck["state"], moment: string | null): HealthCheck => ({ what: "update", state, figure: null, moment, detail: "0.2.0" });

  it.each<[HealthCheck["state"], string | null, string, string | null]>([
    ["good", null, "The newest version is in use.", null],
    ["attention", "2026-03-07T03:00:00Z", "An update is ready. It is installed by itself; the kiosk is away for a moment then.", "Installation: 7 Mar, 03:00"],
    ["attention", "2026-03-06T23:00:00Z", "An update is ready. It is installed by itself; the kiosk is away for a moment then.", "Installation: 23:00"],
    ["attention", null, "An update is ready. Ask IT to install it.", null],
    ["problem", null, "An update could not be installed; the kiosk runs on with the version before. Ask IT to look at it.", null],
  ])("%s, %s: says what to do, and when it is installed", (state, moment, text, when) => {
    expect(presentCheck(update(state, moment), saying)).toBe(text);
    const shown = presentMoment(update(state, moment), saying);
    expect(shown === null ? null : plain(shown)).toBe(when);
  });

  it("is the only one that asks for somebody where no time is known", () => {
    const check: HealthCheck = { ...update("attention", null), what: "configuration" };
    expect(presentCheck(check, saying)).toBe(en.words.health.configuration.state.attention);
  });
});

describe("the fleet's file", () => {
  const check: HealthCheck = { what: "fleet", state: "problem", figure: 1041, moment: "2026-03-06T23:00:00Z", detail: null };

  it("says its version, how it stands, and when it was looked at", () => {
    expect(presentFigure(check, saying)).toBe(en.words.figureVersion("1041"));
    expect(presentCheck(check, saying)).toBe("The newest one did not work here; the one before was put back. Ask IT to look at it.");
    expect(plain(presentMoment(check, saying) ?? "")).toBe("Last looked at: 23:00");
  });
});

/** Every text, with samples for what it takes. */
function texts(part: unknown): string[] {
  if (typeof part === "string") return [part];
  if (typeof part === "function") return [part(1, "1", "1", "1"), part(2, "2", "2", "2")].flatMap((one) => (typeof one === "string" ? [one] : texts(one)));
  if (part !== null && typeof part === "object") return Object.values(part).flatMap(texts);
  return [];
}

describe("the words", () => {
  const languages = ["en", "es", "fr", "de", "pt", "it", "nl", "pl", "ca", "ja", "zh-Hans", "ar"];
  const wordsIn = (tag: string): StaffDeskWords => staffDeskCatalogueFor(tag).words;

  it("are there in every language", () => {
    expect([...staffDeskTags].sort()).toEqual([...languages].sort());
  });

  it.each(languages)("%s: none was left in English, none speaks of access or of something denied", (tag) => {
    const said = texts(wordsIn(tag));
    const english = texts(en.words);
    expect(said.length).toBe(english.length);
    const sentences = said.filter((text, index) => /\p{L}{3}.* .*\p{L}{3}/u.test(text) && text === english[index]);
    expect(tag === "en" ? [] : sentences).toEqual([]);
    // The service's property has this name; nobody can translate it.
    const own = said.map((text) => text.replace("AccessCardId", ""));
    expect(own.filter((text) => forbidden[tag]?.test(text))).toEqual([]);
  });

  it.each(languages)("%s: tells the states of each thing apart", (tag) => {
    const words = wordsIn(tag);
    for (const { state } of Object.values(words.health)) expect(new Set(Object.values(state)).size).toBe(3);
    for (const group of [words.act, words.audit, words.dismiss, words.verdict, words.tabs, words.link, words.state, words.kind, words.memberState]) {
      const said = Object.values(group).filter((one) => typeof one === "string");
      expect(new Set(said).size).toBe(said.length);
    }
  });
});

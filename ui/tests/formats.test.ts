// Times in the location's zone, durations in words.
import { describe, expect, it } from "vitest";
import { createFormats } from "../src/present/formats";
import { untilNextMinute } from "../src/shared/clock.svelte";
import { catalogueFor } from "../src/words";
import { plain } from "./plain";

const en = catalogueFor("en").words;
const british = createFormats("en-GB", "Europe/London", en);

describe("formats", () => {
  it.each([
    [0, "less than a minute"],
    [-5, "less than a minute"],
    [Number.NaN, "less than a minute"],
    [1, "1 min"],
    [59, "59 min"],
    [60, "1 h"],
    [80, "1 h 20 min"],
    [1505, "25 h 5 min"],
  ])("says %s minutes as %s", (minutes, said) => {
    expect(plain(british.duration(minutes))).toBe(said);
  });

  it("shows the location's time, summer and winter", () => {
    expect(british.clock(new Date("2026-01-15T09:14:00Z"))).toEqual({ digits: "09:14", period: null });
    expect(british.clock(new Date("2026-07-15T09:14:00Z"))).toEqual({ digits: "10:14", period: null });
    const tokyo = createFormats("en-GB", "Asia/Tokyo", en);
    expect(tokyo.date(new Date("2026-03-06T20:00:00Z"))).toMatch(/Saturday,? 7 March/);
  });

  it("sets am and pm apart", () => {
    const american = createFormats("en-US", "America/New_York", en);
    expect(american.clock(new Date("2026-03-06T19:05:00Z"))).toEqual({ digits: "02:05", period: "PM" });
  });

  it("names the day only when it is another one, in the location's zone", () => {
    const now = new Date("2026-03-06T09:41:00Z");
    expect(british.moment("2026-03-06T09:14:00Z", now)).toBe("09:14");
    expect(plain(british.moment("2026-03-05T21:10:00Z", now))).toMatch(/Thu,? 21:10/);
    expect(plain(british.moment("2026-02-20T21:10:00Z", now))).toMatch(/20 Feb,? (at )?21:10/);
    const sydney = createFormats("en-GB", "Australia/Sydney", en);
    expect(sydney.moment("2026-03-05T21:10:00Z", now)).toBe("08:10");
  });

  it("shows from when to when", () => {
    expect(plain(british.range("2026-03-06T08:20:58Z", 80))).toMatch(/^08:20 ?– ?09:40$/);
    expect(plain(british.range("2026-03-05T21:10:00Z", 750))).toMatch(/Thu.*21:10.*Fri.*09:40/);
    expect(british.range("never", 80)).toBeNull();
  });

  it("uses the machine's zone when there is none, or none known", () => {
    const instant = new Date("2026-03-06T09:41:00Z");
    const machine = createFormats("en-GB", null, en).clock(instant);
    expect(createFormats("en-GB", "Mars/Olympus_Mons", en).clock(instant)).toEqual(machine);
  });
});

describe("the clock", () => {
  it("wakes once, just after the next full minute", () => {
    expect(untilNextMinute(Date.parse("2026-03-06T09:41:00.000Z"))).toBe(60_020);
    expect(untilNextMinute(Date.parse("2026-03-06T09:41:59.500Z"))).toBe(520);
  });
});

// What was chosen at the kiosk is forgotten after a minute, and never in the middle of a verdict.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LINGER_MS, Preferences } from "../src/preferences.svelte";

const almost = LINGER_MS - 1;

describe("preferences", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function inJapanese(): Preferences {
    const preferences = new Preferences();
    preferences.follow("idle");
    preferences.show();
    preferences.choose({ language: "ja" });
    preferences.choose({ textPercent: 150 });
    return preferences;
  }

  it("are forgotten a minute after the last touch, and the sheet is closed", () => {
    const preferences = inJapanese();
    vi.advanceTimersByTime(almost);
    expect(preferences.chosen).toMatchObject({ language: "ja", textPercent: 150 });
    expect(preferences.open).toBe(true);
    preferences.touch();
    vi.advanceTimersByTime(almost);
    expect(preferences.chosen.language).toBe("ja");
    vi.advanceTimersByTime(1);
    expect(preferences.chosen).toEqual({ language: null, textPercent: null, highContrast: null, speech: null });
    expect(preferences.open).toBe(false);
  });

  it("close the sheet for a tap, and keep what was chosen", () => {
    const preferences = inJapanese();
    preferences.follow("acknowledged");
    expect(preferences.open).toBe(false);
    expect(preferences.chosen.language).toBe("ja");
  });

  it("are never forgotten in the middle of a verdict, but a minute after it", () => {
    const preferences = inJapanese();
    vi.advanceTimersByTime(almost);
    preferences.follow("acknowledged");
    preferences.follow("verdict");
    vi.advanceTimersByTime(10 * LINGER_MS);
    expect(preferences.chosen.language).toBe("ja");
    preferences.follow("idle");
    vi.advanceTimersByTime(almost);
    expect(preferences.chosen.language).toBe("ja");
    vi.advanceTimersByTime(1);
    expect(preferences.chosen.language).toBeNull();
  });

  it("count a touch during the verdict, such as on its button, and then the verdict's end", () => {
    const preferences = inJapanese();
    preferences.follow("verdict");
    preferences.touch();
    vi.advanceTimersByTime(5_000);
    preferences.follow("idle");
    vi.advanceTimersByTime(almost);
    expect(preferences.chosen.language).toBe("ja");
    vi.advanceTimersByTime(1);
    expect(preferences.chosen.language).toBeNull();
  });

  it("do not last through a rush of other members", () => {
    const preferences = inJapanese();
    preferences.follow("verdict");
    preferences.follow("idle");
    for (let member = 0; member < 4; member += 1) {
      vi.advanceTimersByTime(15_000 - 4_000);
      expect(preferences.chosen.language).toBe("ja");
      preferences.follow("verdict");
      vi.advanceTimersByTime(4_000);
      // The minute may be over, but not the verdict.
      expect(preferences.chosen.language).toBe("ja");
      preferences.follow("idle");
    }
    vi.advanceTimersByTime(0);
    expect(preferences.chosen.language).toBeNull();
  });

  it("are forgotten on a kiosk that went out of order, too", () => {
    const preferences = inJapanese();
    preferences.follow("out_of_order");
    expect(preferences.open).toBe(false);
    vi.advanceTimersByTime(LINGER_MS);
    expect(preferences.chosen.language).toBeNull();
  });

  it("need no timer where there is nothing to forget", () => {
    const preferences = new Preferences();
    preferences.follow("idle");
    preferences.touch();
    preferences.follow("verdict");
    preferences.follow("idle");
    expect(vi.getTimerCount()).toBe(0);
  });
});

// When the screen is black, and for how long it is not.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Awake } from "../src/awake.svelte";
import type { Scene } from "../src/bindings/door";
import { scenes } from "../src/gallery/scenes";
import { AWAKE_MS, blackFrom } from "../src/present/screen-off";

const sample = (name: string, screen_off = true): Scene => ({ ...(scenes[name] as Scene), screen_off });
const idle = sample("idle");

describe("the screen", () => {
  it.each<[name: string, screen_off: boolean, from: number | null]>([
    ["idle", true, 5_000 + AWAKE_MS],
    ["idle_offline", true, 5_000 + AWAKE_MS],
    ["idle_reader_down", true, 5_000 + AWAKE_MS],
    ["idle_closed", true, 5_000 + AWAKE_MS],
    ["acknowledged", true, null],
    ["checked_in", true, null],
    ["refused", true, null],
    ["unavailable_journal", true, null],
    ["out_of_order", true, null],
    ["set_up", true, null],
    ["idle", false, null],
    ["checked_in", false, null],
    ["out_of_order", false, null],
  ])("%s, in hours when it is off: %s; black from %s", (name, screen_off, from) => {
    expect(blackFrom(sample(name, screen_off), 5_000)).toBe(from);
  });

  it("is black at once where nobody was ever seen", () => {
    expect(blackFrom(idle, Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe("awake", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const after = (milliseconds: number, awake: Awake): boolean => {
    vi.advanceTimersByTime(milliseconds);
    return awake.black;
  };

  it("is nobody when the kiosk starts: black as soon as the hours are known", () => {
    const awake = new Awake();
    expect(awake.black).toBe(false);
    awake.follow(idle);
    expect(awake.black).toBe(true);
  });

  it("tells of touches in the hours when the screen is off, at most every five seconds", () => {
    const tell = vi.fn<() => void>();
    const awake = new Awake(tell);
    awake.follow(sample("idle", false));
    awake.touch();
    expect(tell).not.toHaveBeenCalled();
    awake.follow(idle);
    awake.touch();
    vi.advanceTimersByTime(4_999);
    awake.touch();
    expect(tell).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    awake.touch();
    expect(tell).toHaveBeenCalledTimes(2);
  });

  it("lasts a minute after the last touch, also one before the hours began", () => {
    const awake = new Awake();
    awake.follow(sample("idle", false));
    awake.touch();
    vi.advanceTimersByTime(20_000);
    awake.follow(idle);
    expect(after(AWAKE_MS - 20_001, awake)).toBe(false);
    awake.touch();
    expect(after(AWAKE_MS - 1, awake)).toBe(false);
    expect(after(1, awake)).toBe(true);
    awake.touch();
    expect(awake.black).toBe(false);
  });

  it.each(["acknowledged", "refused", "out_of_order", "set_up"])("lasts as long as there is something to say, and a minute more: %s", (name) => {
    const awake = new Awake();
    awake.follow(idle);
    awake.follow(sample(name));
    expect(awake.black).toBe(false);
    expect(after(10 * AWAKE_MS, awake)).toBe(false);
    awake.follow(idle);
    expect(after(AWAKE_MS - 1, awake)).toBe(false);
    expect(after(1, awake)).toBe(true);
  });

  it("is not prolonged by scenes in which nobody is told anything", () => {
    const awake = new Awake();
    awake.touch();
    awake.follow(idle);
    vi.advanceTimersByTime(AWAKE_MS - 10);
    awake.follow(sample("idle_offline"));
    expect(after(10, awake)).toBe(true);
    awake.follow(idle);
    expect(awake.black).toBe(true);
  });

  it("ends with the hours, and needs no timer where nothing is to change", () => {
    const awake = new Awake();
    awake.follow(idle);
    expect(vi.getTimerCount()).toBe(0);
    awake.follow(sample("idle", false));
    expect(awake.black).toBe(false);
    awake.touch();
    expect(vi.getTimerCount()).toBe(0);
    awake.follow(sample("refused"));
    expect(vi.getTimerCount()).toBe(0);
  });
});

// The pad: its keys, its lock, and that it shows no digit.
import { render } from "svelte/server";
import { describe, expect, it } from "vitest";
import type { PinView, Scene } from "../src/bindings/door";
import { galleryNow, scenes } from "../src/gallery/scenes";
import { createFormats } from "../src/present/formats";
import { digitOf, layout, minutesLocked, pressed, type Key } from "../src/present/pin";
import Kiosk from "../src/screens/Kiosk.svelte";
import PinPad from "../src/screens/PinPad.svelte";
import { catalogueFor } from "../src/words";
import { plain } from "./plain";

const en = catalogueFor("en").words;
const wrong = () => Promise.resolve("wrong" as const);
const door = { enterPin: wrong, enterStaffPin: wrong, findMembers: () => Promise.resolve([]) };
const formats = createFormats("en-GB", "Europe/London", en);

function pad(pin: PinView): string {
  const props = {
    title: en.pin.title,
    lockedUntil: pin.locked_until,
    enterPin: door.enterPin,
    findMembers: pin.mode === "name_and_pin" ? door.findMembers : null,
  };
  return render(PinPad, { props: { ...props, now: galleryNow, words: en, formats, close: () => {} } }).body;
}

function kiosk(name: string, pin: PinView): string {
  const scene = scenes[name] as Scene;
  const props = { scene: { ...scene, pin }, now: galleryNow, accept: () => Promise.resolve(), pad: door };
  return render(Kiosk, { props }).body;
}

describe("the pad", () => {
  it("types, takes back and clears, and takes no more digits than a PIN has", () => {
    const keys: Key[] = [{ digit: 0 }, { digit: 7 }, { digit: 3 }, "backspace", { digit: 9 }];
    expect(keys.reduce(pressed, "")).toBe("079");
    expect(pressed("079", "clear")).toBe("");
    expect(pressed("", "backspace")).toBe("");
    expect(pressed("123456789012", { digit: 3 })).toBe("123456789012");
  });

  it("has each digit once, as a telephone has them", () => {
    expect(layout.map((key) => (key !== null && typeof key === "object" ? key.digit : key))).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9],
      "backspace",
      0,
      null,
    ]);
  });

  it("knows a keyboard's digits, whatever it writes", () => {
    expect(digitOf({ key: "7", code: "Digit7" })).toBe(7);
    expect(digitOf({ key: "7", code: "Numpad7" })).toBe(7);
    expect(digitOf({ key: "\u0667", code: "Digit7" })).toBe(7);
    expect(digitOf({ key: "7", code: "" })).toBe(7);
    for (const key of ["a", "F7", "Enter"]) expect(digitOf({ key, code: key })).toBeNull();
  });

  it("says how long it is locked, never too short", () => {
    const after = (seconds: number): string => new Date(galleryNow.getTime() + seconds * 1000).toISOString();
    expect(minutesLocked(null, galleryNow)).toBeNull();
    expect(minutesLocked(after(30), galleryNow)).toBe(0.5);
    expect(minutesLocked(after(61), galleryNow)).toBe(2);
    expect(minutesLocked(after(900), galleryNow)).toBe(15);
    expect(minutesLocked(after(-5), galleryNow)).toBe(0);
    expect(plain(pad({ mode: "pin", locked_until: after(240) }))).toContain("Too many tries: wait 4 min");
  });

  it("asks for the name first where that is set", () => {
    const alone = pad({ mode: "pin", locked_until: null });
    expect(alone).toContain(en.pin.title);
    expect(alone).toContain('data-testid="pin-0"');
    expect(alone).not.toContain('data-testid="pin-name"');
    const named = pad({ mode: "name_and_pin", locked_until: null });
    expect(named).toContain(en.pin.whoAreYou);
    expect(named).toContain('data-testid="pin-name"');
    expect(named).not.toContain('data-testid="pin-0"');
  });

  it("is offered on the idle screen alone, where it is set and taps can be stored", () => {
    const on: PinView = { mode: "pin", locked_until: null };
    expect(kiosk("idle", on)).toContain('data-testid="pin-open"');
    expect(kiosk("idle", { mode: "off", locked_until: null })).not.toContain("pin-open");
    for (const name of Object.keys(scenes).filter((name) => scenes[name]?.stage.stage !== "idle")) {
      expect(kiosk(name, on), name).not.toContain("pin-open");
    }
    expect(kiosk("idle_storage_fails", on)).not.toContain("pin-open");
  });
});

// What the kiosk page says to staff: the end of the sign-in, a configuration that waits, which program runs, and their pad.
import { render } from "svelte/server";
import { describe, expect, it } from "vitest";
import type { Scene } from "../src/bindings/door";
import { galleryNow, scenes } from "../src/gallery/scenes";
import { Preferences } from "../src/preferences.svelte";
import { presentAbout } from "../src/present/about";
import { createFormats } from "../src/present/formats";
import { presentSignInEnd } from "../src/present/status";
import Kiosk from "../src/screens/Kiosk.svelte";
import { catalogueFor } from "../src/words";
import { plain } from "./plain";

const { words: en, locale } = catalogueFor("en");
const formats = createFormats(locale, "Europe/London", en);
const idle = scenes["idle"] as Scene;
const wrong = () => Promise.resolve("wrong" as const);
const pad = { enterPin: wrong, enterStaffPin: wrong, findMembers: () => Promise.resolve([]) };

function draw(scene: Scene, prepare: (preferences: Preferences) => void = () => undefined): string {
  const preferences = new Preferences();
  prepare(preferences);
  const html = render(Kiosk, { props: { scene, now: galleryNow, accept: () => Promise.resolve(), pad, preferences } }).body;
  preferences.forget();
  return plain(html);
}

describe("the end of the sign-in", () => {
  const after = (hours: number): string | null => {
    const ends = new Date(galleryNow.getTime() + hours * 3_600_000).toISOString();
    const said = presentSignInEnd({ ...idle.link, sign_in_ends: ends }, galleryNow, en, formats);
    return said === null ? null : plain(said);
  };

  it("is told in days, then in hours, and never later than it is", () => {
    expect([75, 47.9, 24, 23.9, 1.5, 0.2, -3].map(after)).toEqual([
      "Sign-in ends in 3 days: staff, sign in again",
      "Sign-in ends in 1 day: staff, sign in again",
      "Sign-in ends in 1 day: staff, sign in again",
      "Sign-in ends in 23 hours: staff, sign in again",
      "Sign-in ends in 1 hour: staff, sign in again",
      "Sign-in ends in 1 hour: staff, sign in again",
      "Sign-in ends in 1 hour: staff, sign in again",
    ]);
  });

  it("is not told while it is far, nor once it is past", () => {
    expect(presentSignInEnd(idle.link, galleryNow, en, formats)).toBeNull();
    expect(presentSignInEnd({ ...idle.link, state: "signed_out", sign_in_ends: "2026-03-09T08:00:00Z" }, galleryNow, en, formats)).toBeNull();
    expect(presentSignInEnd({ ...idle.link, sign_in_ends: "soon" }, galleryNow, en, formats)).toBeNull();
  });

  it("stands in the status line, beside a configuration that waits", () => {
    const html = draw(scenes["idle_sign_in_ends"] as Scene);
    expect(html).toMatch(/data-testid="sign-in-ends"/);
    expect(html).toContain("New configuration not taken over");
    expect(draw(idle)).not.toMatch(/data-testid="(sign-in-ends|not-taken)"/);
  });
});

describe("the sheet of preferences", () => {
  const open = (preferences: Preferences): void => preferences.show();

  it("ends with the program and its configuration", () => {
    expect(plain(presentAbout(idle.about, en))).toBe("Tapdesk 0.1.0 \u00b7 configuration 12 \u00b7 3fa91c07");
    expect(presentAbout({ ...idle.about, configuration: null }, en)).toBe("Tapdesk 0.1.0 \u00b7 3fa91c07");
    expect(draw(idle, open)).toContain("Tapdesk 0.1.0");
  });

  it("has the staff's button only where they have a PIN", () => {
    expect(draw(idle, open)).toContain('data-testid="staff-open"');
    expect(draw({ ...idle, staff: { has_pin: false, locked_until: null } }, open)).not.toContain("staff-open");
  });
});

describe("the staff's pad", () => {
  const open = (preferences: Preferences): void => preferences.askStaff();

  it("asks for their PIN, says how long it is locked, and gives way to a tap", () => {
    expect(draw(idle, open)).toContain("Staff PIN");
    const locked = { has_pin: true, locked_until: new Date(galleryNow.getTime() + 240_000).toISOString() };
    expect(draw({ ...idle, staff: locked }, open)).toContain("Too many tries: wait 4 min");
    expect(draw(scenes["acknowledged"] as Scene, open)).not.toContain('data-testid="pin-pad"');
    expect(draw({ ...idle, staff: { has_pin: false, locked_until: null } }, open)).not.toContain('data-testid="pin-pad"');
  });

  it("is closed by the first stage that is not idle", () => {
    const preferences = new Preferences();
    preferences.askStaff();
    preferences.follow("acknowledged");
    expect(preferences.staff).toBe(false);
  });
});

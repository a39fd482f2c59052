// What the idle screen says, and which of several things wins.
import { describe, expect, it } from "vitest";
import type { Scene } from "../src/bindings/door";
import { scenes } from "../src/gallery/scenes";
import { createFormats } from "../src/present/formats";
import { presentIdle } from "../src/present/idle";
import { catalogueFor } from "../src/words";
import { plain } from "./plain";

const en = catalogueFor("en").words;
const formats = createFormats("en-GB", "Europe/London", en);
const now = new Date("2026-03-06T09:41:00Z");
const own = { headline: "Hello", hint: "Tap in" };
const calm = scenes["idle"]!;
const say = (scene: Partial<Scene>) => presentIdle({ ...calm, ...scene }, own, now, en, formats);

const down = { reader: { state: "down", name: null, why: "gone" } } as const;
const full = { trouble: { storage: "full", clock_seconds: null } };
const closed = { closed: { opens: "2026-03-09T08:00:00Z" } };
const charge = { charge: { name: "Day pass", price: "18.5", currency: "GBP" } };

describe("the idle screen", () => {
  it.each([
    ["all is well", {}, "Hello", "Tap in"],
    ["closed", closed, "Closed", "Opens Mon 08:00"],
    ["closed for good", { closed: { opens: null } }, "Closed", null],
    ["the reader is down", { ...down, ...closed }, "Reader not connected", "Please see the desk"],
    ["taps cannot be stored", { ...full, ...down, ...closed }, "Taps cannot be stored", "Please see the desk"],
  ] as const)("%s", (_case, scene, headline, hint) => {
    const said = say(scene);
    expect([said.headline, said.hint === null ? null : plain(said.hint)]).toEqual([headline, hint]);
  });

  it("announces a charge before anybody taps, and never beside trouble", () => {
    expect(say(charge).notes.map(plain)).toEqual(["Without a pass, a visit is charged as Day pass, £18.50"]);
    expect(say({ ...charge, ...closed }).notes).toHaveLength(2);
    expect(say({ ...charge, ...down }).notes).toEqual([]);
    const odd = { charge: { name: "Day pass", price: "1e999", currency: "no currency" } };
    expect(say(odd).notes.map(plain)).toEqual(["Without a pass, a visit is charged as Day pass"]);
    expect(say({ charge: { name: null, price: null, currency: null } }).notes).toEqual(["Without a pass, a visit is charged"]);
  });

  it("says how many are in only where that is known", () => {
    expect(say({}).present).toBeNull();
    expect(plain(say({ present: 12 }).present!)).toBe("12 in now");
  });
});

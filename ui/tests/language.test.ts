// Which language is spoken, what is offered, and how the page looks then.
import { describe, expect, it } from "vitest";
import type { Appearance } from "../src/bindings/door";
import { shownAppearance, startingAppearance } from "../src/present/appearance";
import { languageShown, languagesOffered, nearest, sameLanguage } from "../src/present/language";
import { ownName } from "../src/present/own-name";
import { catalogueTags } from "../src/words";

describe("the language shown", () => {
  it.each([
    // chosen, kiosk's, shown
    [null, "en", "en"],
    [null, "de-AT", "de-AT"],
    ["ja", "en", "ja"],
    ["en", "de", "en"],
    // No catalogue: as if nobody had asked.
    ["sv", "de", "de"],
    ["zh-TW", "de", "de"],
    ["not a tag", "de", "de"],
    ["", "de", "de"],
    // The kiosk's region stays where none is asked for.
    ["en", "en-US", "en-US"],
    ["en-GB", "en-US", "en-GB"],
    ["de", "en-US", "de"],
    // What the kiosk asks for is passed on as it is: catalogueFor speaks English then.
    [null, "sv", "sv"],
  ])("chosen %s, kiosk %s: %s", (chosen, kiosk, shown) => {
    expect(languageShown({ chosen, kiosk })).toBe(shown);
  });

  it("offers what it can speak, once", () => {
    expect(languagesOffered(["en", "sv", "ar", "en", "zh-TW", "zh-Hans"])).toEqual(["en", "ar", "zh-Hans"]);
  });

  it("finds the very tag, or else the nearest", () => {
    expect(nearest(["en", "en-US"], "en-US")).toBe("en-US");
    expect(nearest(["de", "en"], "en-US")).toBe("en");
    expect(nearest(["de", "zh-Hans"], "zh-Hant")).toBeUndefined();
    expect(nearest([], "en")).toBeUndefined();
  });

  it("calls each language by its own name", () => {
    expect(["en", "es", "fr", "de", "pt", "it", "nl", "pl", "ca", "ja", "zh-Hans", "ar"].map(ownName)).toEqual([
      "English", "Español", "Français", "Deutsch", "Português", "Italiano", "Nederlands", "Polski", "Català", "日本語", "简体中文", "العربية",
    ]);
    expect(new Set(catalogueTags.map(ownName)).size).toBe(catalogueTags.length);
  });

  it("knows one language by two tags", () => {
    expect(sameLanguage("en", "en-US")).toBe(true);
    expect(sameLanguage("zh", "zh-Hans")).toBe(true);
    expect(sameLanguage("zh-Hans", "zh-Hant")).toBe(false);
    expect(sameLanguage("pt", "es")).toBe(false);
    expect(sameLanguage("not a tag", "en")).toBe(false);
  });
});

describe("how the page looks", () => {
  const nothing = { language: null, textPercent: null, highContrast: null, speech: null };
  const operator: Appearance = { ...startingAppearance, theme: "dark", text_percent: 120, speech: true };

  it("is dark in quiet hours, unless somebody needs more contrast", () => {
    const light: Appearance = { ...operator, theme: "light" };
    expect(shownAppearance(light, nothing, true).theme).toBe("dark");
    expect(shownAppearance({ ...light, theme: "high_contrast" }, nothing, true).theme).toBe("high_contrast");
    expect(shownAppearance(light, { ...nothing, highContrast: true }, true).theme).toBe("high_contrast");
  });

  it("is the operator's, but for what was chosen", () => {
    expect(shownAppearance(operator, nothing)).toMatchObject({ theme: "dark", text_percent: 120, speech: true });
    const chosen = { ...nothing, textPercent: 200, highContrast: true, speech: false };
    expect(shownAppearance(operator, chosen)).toMatchObject({ theme: "high_contrast", text_percent: 200, speech: false });
    expect(shownAppearance(operator, { ...nothing, highContrast: false }).theme).toBe("dark");
  });

  it("can leave a high contrast that the operator has", () => {
    expect(shownAppearance({ ...operator, theme: "high_contrast" }, { ...nothing, highContrast: false }).theme).toBe("system");
  });

  it("never speaks where the operator has no speech", () => {
    expect(shownAppearance({ ...operator, speech: false }, { ...nothing, speech: true }).speech).toBe(false);
  });
});

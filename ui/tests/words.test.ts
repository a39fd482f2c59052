// The catalogue says everything, and never what a kiosk must not say.
import { describe, expect, it } from "vitest";
import { catalogueFor } from "../src/words";
import { en } from "../src/words/en";

function messages(part: unknown): string[] {
  if (typeof part === "string") return [part];
  // Plural and singular: the count is the only number any message takes.
  if (typeof part === "function") return [part(1, "1", "09:14"), part(2, "2", null)].map(String);
  if (part !== null && typeof part === "object") return Object.values(part).flatMap(messages);
  return [];
}

describe("words", () => {
  it("has no empty message", () => {
    expect(messages(en).length).toBeGreaterThan(40);
    for (const message of messages(en)) expect(message.trim()).not.toBe("");
  });

  it("never speaks of access, nor of something denied", () => {
    expect(messages(en).join("\n")).not.toMatch(/access|denied|forbidden|unauthori[sz]ed/i);
  });

  it("counts taps", () => {
    expect(en.waiting(1, "1", null)).toBe("1 tap waiting");
    expect(en.waiting(2, "2", "09:14")).toBe("2 taps waiting since 09:14");
    expect(en.needsStaff(1, "1")).toBe("1 tap needs staff");
    expect(en.needsStaff(3, "3")).toBe("3 taps need staff");
  });

  it("gives each verdict a headline of its own", () => {
    const headlines = Object.values(en.headline);
    expect(new Set(headlines).size).toBe(headlines.length);
    expect(en.headline.refused).toBe("Not checked in");
  });
});

describe("catalogueFor", () => {
  it("keeps the region that was asked for", () => {
    expect(catalogueFor("en-US")).toMatchObject({ language: "en-US", locale: "en-US", direction: "ltr" });
    expect(catalogueFor("en")).toMatchObject({ language: "en", locale: "en-GB" });
  });

  it("speaks English, and says so, where a language has no catalogue or no sense", () => {
    for (const tag of ["de-AT", "ar", "", "not a tag"]) {
      expect(catalogueFor(tag)).toMatchObject({ words: en, language: "en", direction: "ltr" });
    }
  });
});

// Which theme is shown, and how far text may be enlarged.
import { describe, expect, it } from "vitest";
import { clampText, resolveTheme } from "../src/shared/appearance";

const plain = { dark: false, moreContrast: false, forcedColours: false };

describe("resolveTheme", () => {
  it("shows what was chosen, whatever the system prefers", () => {
    const everything = { dark: true, moreContrast: true, forcedColours: true };
    for (const theme of ["light", "dark", "high_contrast"] as const) expect(resolveTheme(theme, everything)).toBe(theme);
  });

  it("follows the system where that was chosen", () => {
    expect(resolveTheme("system", plain)).toBe("light");
    expect(resolveTheme("system", { ...plain, dark: true })).toBe("dark");
    expect(resolveTheme("system", { ...plain, dark: true, moreContrast: true })).toBe("high_contrast");
    expect(resolveTheme("system", { ...plain, forcedColours: true })).toBe("high_contrast");
  });
});

describe("clampText", () => {
  it("keeps to what the layouts are made for", () => {
    expect([50, 100, 150.4, 200, 900, Number.NaN].map(clampText)).toEqual([100, 100, 150, 200, 200, 100]);
  });
});

// How the page looks: theme, text size and brand, set on the root element. What they do is the style sheets' part.

/** `system`: light or dark as the system prefers, and high contrast where it asks for more contrast. */
export type Theme = "light" | "dark" | "high_contrast" | "system";

/** A brand's colours for the idle and the acknowledged screen, each "#rrggbb"; their contrast is checked already. */
export type BrandColours = { field: string; field_ink: string; accent: string };

/** What the system says it prefers. */
export type Preferences = { dark: boolean; moreContrast: boolean; forcedColours: boolean };

export const SMALLEST_TEXT = 100;
export const LARGEST_TEXT = 200;
/** From here on layouts stack and secondary things go. */
const LARGE_TEXT = 130;

const queries = {
  dark: "(prefers-color-scheme: dark)",
  moreContrast: "(prefers-contrast: more)",
  forcedColours: "(forced-colors: active)",
} as const;

/** The theme that is really shown. */
export function resolveTheme(theme: Theme, prefers: Preferences): Exclude<Theme, "system"> {
  if (theme !== "system") return theme;
  if (prefers.moreContrast || prefers.forcedColours) return "high_contrast";
  return prefers.dark ? "dark" : "light";
}

/** Text size in percent, within what the layouts are made for. */
export function clampText(percent: number): number {
  return Number.isFinite(percent) ? Math.min(LARGEST_TEXT, Math.max(SMALLEST_TEXT, Math.round(percent))) : SMALLEST_TEXT;
}

let unfollow: (() => void) | undefined;

/** Shows the page so from now on; `colours` null means Tapdesk's own. With `system`, a change of the system is followed. */
export function applyAppearance(theme: Theme, percent: number, colours: BrandColours | null): void {
  const root = document.documentElement;
  const text = clampText(percent);
  // Through the style object, since the content security policy forbids style attributes.
  root.style.setProperty("--text-percent", String(text));
  root.dataset["text"] = text >= LARGE_TEXT ? "large" : "normal";
  for (const [property, colour] of [
    ["--brand-field", colours?.field],
    ["--brand-field-ink", colours?.field_ink],
    ["--brand-accent", colours?.accent],
  ] as const) {
    if (colour === undefined) root.style.removeProperty(property);
    else root.style.setProperty(property, colour);
  }
  unfollow?.();
  unfollow = undefined;
  if (theme === "system") unfollow = followSystem(root);
  else root.dataset["theme"] = theme;
}

function followSystem(root: HTMLElement): () => void {
  const dark = matchMedia(queries.dark);
  const moreContrast = matchMedia(queries.moreContrast);
  const forcedColours = matchMedia(queries.forcedColours);
  const show = (): void => {
    root.dataset["theme"] = resolveTheme("system", {
      dark: dark.matches,
      moreContrast: moreContrast.matches,
      forcedColours: forcedColours.matches,
    });
  };
  show();
  const lists = [dark, moreContrast, forcedColours];
  for (const list of lists) list.addEventListener("change", show);
  return () => {
    for (const list of lists) list.removeEventListener("change", show);
  };
}

// How the page looks, from what the operator set and what somebody at the kiosk asked for.
import type { Appearance } from "../bindings/door";
import type { Chosen } from "../preferences.svelte";
import { catalogueTags } from "../words";

/** Until the shell has said more. */
export const startingAppearance: Appearance = {
  theme: "system",
  text_percent: 100,
  languages: [...catalogueTags],
  colours: null,
  logo: null,
  banner: null,
  idle: {},
  renewal: null,
  speech: false,
};

export type ShownAppearance = Pick<Appearance, "theme" | "text_percent" | "colours" | "speech">;

/** Speech can be turned off at the kiosk, and on only where the operator has it. */
export function shownAppearance(appearance: Appearance, chosen: Chosen, quiet = false): ShownAppearance {
  // Quiet hours are dark; who needs more contrast keeps it.
  const operators = quiet && appearance.theme !== "high_contrast" ? "dark" : appearance.theme;
  return {
    theme: shownTheme(operators, chosen.highContrast),
    text_percent: chosen.textPercent ?? appearance.text_percent,
    colours: appearance.colours,
    speech: appearance.speech && (chosen.speech ?? true),
  };
}

/** Turned off where the operator has it on, high contrast gives way to what the system prefers. */
function shownTheme(theme: Appearance["theme"], highContrast: boolean | null): Appearance["theme"] {
  if (highContrast === null) return theme;
  if (highContrast) return "high_contrast";
  return theme === "high_contrast" ? "system" : theme;
}

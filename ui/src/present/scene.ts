// Scenes the page makes itself, for when the shell has not spoken yet or cannot.
import type { Scene, Stage } from "../bindings/door";

export const startingScene: Scene = {
  location: { name: null, time_zone: null },
  language: "en",
  reader: { state: "starting", name: null, why: null },
  link: { state: "connecting", why: null, saves_taps: true, sign_in_ends: null },
  queue: { waiting: 0, needs_staff: 0, oldest: null },
  trouble: { storage: null, clock_seconds: null },
  present: null,
  closed: null,
  charge: null,
  quiet: false,
  screen_off: false,
  pin: { mode: "off", locked_until: null },
  staff: { has_pin: false, locked_until: null },
  about: { program: "", configuration: null, fingerprint: "", not_taken: null },
  stage: { stage: "idle" },
};

/** The page itself is out of order: what it cannot know stays at its starting values. */
export function brokenScene(detail: string): Scene {
  return { ...startingScene, stage: { stage: "out_of_order", detail } };
}

/** The entry a stage is about, if any. */
export function entryOf(stage: Stage): string | undefined {
  return stage.stage === "acknowledged" || stage.stage === "verdict" ? stage.entry : undefined;
}

/** The verdict's kind, if the stage is one. */
export function kindOf(stage: Stage): string | undefined {
  return stage.stage === "verdict" ? stage.verdict.kind : undefined;
}

// When the screen is black: in the hours that the operator set, while nobody is there and the kiosk has nothing to say.
import type { Scene } from "../bindings/door";

/** How long the picture stays after the last touch, or after what the kiosk said. */
export const AWAKE_MS = 60_000;

/** What of a scene decides. */
export type Watched = Pick<Scene, "screen_off" | "stage">;

/** Whether the kiosk tells somebody something: a tap, its verdict, that it is out of order. */
export function speaks({ stage }: Watched): boolean {
  return stage.stage !== "idle";
}

/** From when on the screen is black, by the clock of `lastSeen`, milliseconds; null where it stays on whatever the time. */
export function blackFrom(scene: Watched, lastSeen: number): number | null {
  return scene.screen_off && !speaks(scene) ? lastSeen + AWAKE_MS : null;
}

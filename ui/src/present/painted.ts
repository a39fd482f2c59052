// Tells when what a tap became stands on the screen: once for each tap and kind, so that it can be measured.
import type { Stage } from "../bindings/door";

export type Painted = { entry: string; kind: string };

/** What of a scene is measured; null for scenes that no tap brought. */
export function whatIsPainted(stage: Stage): Painted | null {
  switch (stage.stage) {
    case "acknowledged":
      return { entry: stage.entry, kind: "acknowledged" };
    case "verdict":
      return { entry: stage.entry, kind: stage.verdict.kind };
    default:
      return null;
  }
}

/** Two frames on, it has been painted; a scene that was replaced before never was. */
export function paintedOnce(tell: (what: Painted) => void, frame: (then: () => void) => void = requestAnimationFrame): (what: Painted | null) => void {
  /** Those of the last tap: an earlier one never comes back. */
  let entry: string | null = null;
  let told = new Set<string>();
  let shown: Painted | null = null;
  return (what) => {
    shown = what;
    if (what === null || (what.entry === entry && told.has(what.kind))) return;
    frame(() =>
      frame(() => {
        if (shown?.entry !== what.entry || shown.kind !== what.kind) return;
        if (what.entry !== entry) [entry, told] = [what.entry, new Set()];
        if (told.has(what.kind)) return;
        told.add(what.kind);
        tell(what);
      }),
    );
  };
}

// What somebody asked for at the kiosk, and when it is forgotten: the next one finds the operator's settings.
import type { Stage } from "./bindings/door";

/** How long a choice outlives the last touch, or the verdict that came after it. */
export const LINGER_MS = 60_000;

/** Null: nothing was chosen, the operator's setting holds. */
export type Chosen = {
  language: string | null;
  textPercent: number | null;
  highContrast: boolean | null;
  speech: boolean | null;
};

const nothing: Chosen = { language: null, textPercent: null, highContrast: null, speech: null };

export class Preferences {
  chosen = $state.raw<Chosen>(nothing);
  /** Whether the sheet is open. */
  open = $state(false);
  /** Whether the pad for the staff's PIN is open: its button stands in the sheet. */
  staff = $state(false);

  /** By the clock that nobody sets. */
  #forgetAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Somebody's verdict is on its way or on the screen. */
  #busy = false;
  /** Only the first verdict after a touch is taken for the verdict of who touched: in a rush, choices would never end. */
  #awaitsVerdict = false;

  choose(choice: Partial<Chosen>): void {
    this.chosen = { ...this.chosen, ...choice };
    this.touch();
  }

  show(): void {
    this.open = true;
    this.touch();
  }

  close(): void {
    this.open = false;
  }

  /** Leaves the sheet for the staff's pad. */
  askStaff(): void {
    this.close();
    this.staff = true;
  }

  leaveStaff(): void {
    this.staff = false;
  }

  /** Somebody touched the screen or pressed a key. */
  touch(): void {
    this.#awaitsVerdict = true;
    this.#forgetLater();
  }

  /** A verdict always wins: it closes the sheet, and is never changed while it is read. */
  follow(stage: Stage["stage"]): void {
    const wasBusy = this.#busy;
    this.#busy = stage === "acknowledged" || stage === "verdict";
    if (stage !== "idle") {
      this.close();
      this.leaveStaff();
    }
    if (this.#busy) clearTimeout(this.#timer);
    else if (wasBusy && this.#awaitsVerdict) {
      this.#awaitsVerdict = false;
      this.#forgetLater();
    } else if (wasBusy) this.#wait();
  }

  /** Back to the operator's settings. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#awaitsVerdict = false;
    this.chosen = nothing;
    this.open = false;
  }

  #forgetLater(): void {
    this.#forgetAt = performance.now() + LINGER_MS;
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    // An idle kiosk must rest: no timer where there is nothing to forget.
    if (this.#busy || (this.chosen === nothing && !this.open)) return;
    this.#timer = setTimeout(() => this.forget(), Math.max(0, this.#forgetAt - performance.now()));
  }
}

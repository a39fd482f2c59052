// Whether staff are there: tells the shell while they touch, type or scroll, and says how long until the desk locks itself.

/** The shell is told at most so often. */
export const TELL_MS = 5_000;
/** So long before it locks, it says so. */
const HINT_S = 15;

export class StaffThere {
  /** Seconds until it locks, while that is to be said; else null. */
  left = $state<number | null>(null);

  readonly #tell: () => void;
  readonly #lockAfter: () => number;
  #touched = performance.now();
  #told = Number.NEGATIVE_INFINITY;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: () => void, lockAfterSeconds: () => number) {
    this.#tell = tell;
    this.#lockAfter = lockAfterSeconds;
  }

  touched(): void {
    this.#touched = performance.now();
    this.#count();
    if (this.#telling !== undefined) return;
    const wait = this.#told + TELL_MS - this.#touched;
    if (wait <= 0) this.#tellNow();
    // The last touch counts too, or the shell would lock earlier than is said.
    else this.#telling = setTimeout(() => this.#tellNow(), wait);
  }

  /** Counts from now on; returns a function that ends it. */
  run(): () => void {
    this.#touched = performance.now();
    this.#count();
    return () => {
      clearTimeout(this.#timer);
      clearTimeout(this.#telling);
      this.#telling = undefined;
    };
  }

  #tellNow(): void {
    this.#telling = undefined;
    this.#told = performance.now();
    this.#tell();
  }

  #count(): void {
    clearTimeout(this.#timer);
    const leftMs = this.#touched + this.#lockAfter() * 1000 - performance.now();
    const hintMs = HINT_S * 1000;
    if (leftMs > hintMs) {
      this.left = null;
      this.#timer = setTimeout(() => this.#count(), leftMs - hintMs);
      return;
    }
    this.left = Math.max(0, Math.ceil(leftMs / 1000));
    if (this.left > 0) this.#timer = setTimeout(() => this.#count(), leftMs - (this.left - 1) * 1000);
  }
}

// While the screen is black, the first touch, key or movement only wakes it: nothing of that press reaches what lies below.

/** All that a press is made of, and what a pointer does besides. */
const names = [
  "pointerdown",
  "pointermove",
  "pointerup",
  "pointercancel",
  "touchstart",
  "touchend",
  "mousedown",
  "mouseup",
  "click",
  "dblclick",
  "auxclick",
  "wheel",
  "keydown",
  "keypress",
  "keyup",
] as const;

export type Somebody = {
  /** Whether the screen is black. */
  isBlack: () => boolean;
  /** Somebody is there. */
  seen: () => void;
};

export class FirstTouch {
  readonly #somebody: Somebody;
  /** The key that woke, while it is held. */
  #key: string | null = null;
  /** Whether the press that woke may still bring events: until its click, or until the next press begins. */
  #pressed = false;
  /** Where the pointer was last: a web view tells of a movement too when only what lies below has changed. */
  #at: string | null = null;

  constructor(somebody: Somebody) {
    this.#somebody = somebody;
  }

  /** Listens before all others; returns a function that ends it. */
  run(): () => void {
    const listener = (event: Event): void => {
      if (!this.#keeps(event)) return;
      event.stopImmediatePropagation();
      if (event.cancelable) event.preventDefault();
    };
    // Not passive: a touch that is prevented brings no click.
    for (const name of names) window.addEventListener(name, listener, { capture: true, passive: false });
    return () => names.forEach((name) => window.removeEventListener(name, listener, { capture: true }));
  }

  /** Whether the page below must not hear of it. */
  #keeps(event: Event): boolean {
    if (event instanceof KeyboardEvent) return this.#keepsKey(event);
    if (event.type === "pointermove") return this.#keepsMovement(event as PointerEvent);
    if (this.#somebody.isBlack()) {
      this.#pressed = true;
      this.#somebody.seen();
      return true;
    }
    if (event.type === "pointerdown" && (event as PointerEvent).isPrimary) {
      this.#pressed = false;
      this.#somebody.seen();
    }
    if (!this.#pressed || event.type === "wheel") return false;
    if (event.type === "click") {
      this.#pressed = false;
      // Without a count it is a keyboard's, or a screen reader's: another press than that which woke.
      return (event as MouseEvent).detail !== 0;
    }
    return true;
  }

  #keepsKey(event: KeyboardEvent): boolean {
    const key = event.code === "" ? event.key : event.code;
    if (event.type === "keydown") {
      const wakes = this.#somebody.isBlack();
      if (wakes) this.#key = key;
      else if (!event.repeat) this.#key = null;
      this.#somebody.seen();
    }
    const kept = key === this.#key;
    if (event.type === "keyup" && kept) this.#key = null;
    return kept;
  }

  #keepsMovement(event: PointerEvent): boolean {
    const at = `${event.screenX} ${event.screenY}`;
    const moved = this.#at !== null && this.#at !== at;
    this.#at = at;
    const black = this.#somebody.isBlack();
    if (moved) this.#somebody.seen();
    return black;
  }
}

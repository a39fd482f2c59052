// Whether the screen is black now: told the scenes and the touches, it keeps the time between.
import { blackFrom, speaks, type Watched } from "./present/screen-off";
import { startingScene } from "./present/scene";

/** The shell is told of touches no oftener than this; it keeps the light for a minute after each. */
const TELL_EVERY_MS = 5_000;

export class Awake {
  black = $state(false);
  #scene: Watched = startingScene;
  /** By the clock that nobody sets. */
  #lastSeen = Number.NEGATIVE_INFINITY;
  #toldAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #tell: () => void;

  /** `tell`: somebody touched the screen in the hours when it is off. */
  constructor(tell: () => void = () => undefined) {
    this.#tell = tell;
  }

  /** Somebody touched the screen, pressed a key or moved the pointer. */
  touch(): void {
    this.#lastSeen = performance.now();
    if (this.#scene.screen_off && this.#lastSeen - this.#toldAt >= TELL_EVERY_MS) {
      this.#toldAt = this.#lastSeen;
      this.#tell();
    }
    this.#decide();
  }

  /** A new scene: who was told something was there until it left the screen. */
  follow(scene: Watched): void {
    if (speaks(this.#scene)) this.#lastSeen = performance.now();
    this.#scene = scene;
    this.#decide();
  }

  #decide(): void {
    clearTimeout(this.#timer);
    const from = blackFrom(this.#scene, this.#lastSeen);
    const left = from === null ? null : from - performance.now();
    this.black = left !== null && left <= 0;
    // An idle kiosk must rest: no timer where nothing is to change.
    if (left !== null && left > 0) this.#timer = setTimeout(() => this.#decide(), left);
  }
}

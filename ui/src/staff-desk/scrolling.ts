// Scrolls a list that is higher than a browser can lay out (about 33 million pixels): what is scrolled stands for the list.

/** What a browser is given to scroll at most. */
export const HIGHEST = 8_000_000;

export class Scrolling {
  /** How far the list is beyond what is scrolled. */
  #offset = 0;
  #last = 0;

  /** The height that is laid out for a list of this height. */
  static laidOut = (height: number): number => Math.min(height, HIGHEST);

  /** Where the list is, after the browser scrolled to `top`. Small steps are steps of the list; jumps go by its share. */
  scrolled(top: number, height: number, view: number): number {
    const jumped = Math.abs(top - this.#last) > view;
    const end = Scrolling.laidOut(height) - view;
    if (jumped || top <= 0 || top >= end - 1) this.#offset = share(top, height, view) - top;
    this.#last = top;
    return clamp(top + this.#offset, height, view);
  }

  /** Where the browser is to scroll to, so that the list is at `top` and can go on either way. */
  place(top: number, height: number, view: number): number {
    const most = Math.max(0, height - view);
    const wanted = clamp(top, height, view);
    const laid = Math.max(0, Scrolling.laidOut(height) - view);
    this.#last = most === 0 ? 0 : Math.round((wanted / most) * laid);
    this.#offset = wanted - this.#last;
    return this.#last;
  }

  /** Whether the browser has less room to one side than the list has. */
  get strained(): boolean {
    return this.#offset !== 0;
  }
}

function share(top: number, height: number, view: number): number {
  const [laid, most] = [Scrolling.laidOut(height) - view, height - view];
  return laid <= 0 ? 0 : (Math.max(0, Math.min(top, laid)) / laid) * most;
}

/** No further than the list goes. */
export const clamp = (top: number, height: number, view: number): number => Math.max(0, Math.min(top, Math.max(0, height - view)));

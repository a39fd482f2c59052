// Shrinks a block's type until its content fits its box, so that a kiosk never needs to scroll.
import type { Attachment } from "svelte/attachments";

const SMALLEST = 0.2;
/** Below this a very long word is broken rather than made smaller still. */
const SMALLEST_WHOLE_WORDS = 0.5;
const STEPS = 8;

/**
 * Sets `--fit` (1 down to 0.2) on the block; its type sizes multiply by it, above a readable floor of their own.
 * Words too long for a line shrink first and break last (`data-break-words`, see base.css).
 * `content` is what is shown: a change of it measures anew.
 */
export function fit(content: unknown): Attachment<HTMLElement> {
  void content;
  return (block) => {
    const measure = (): void => {
      delete block.dataset["breakWords"];
      if (shrink(block, SMALLEST_WHOLE_WORDS)) return;
      block.dataset["breakWords"] = "";
      shrink(block, SMALLEST);
    };
    // The box around it, whose size does not depend on the type's: measuring must not call itself.
    const observer = new ResizeObserver(measure);
    observer.observe(block.closest("main") ?? block);
    // The text size and the language's font: both are set on the root element, and change no box.
    const watcher = new MutationObserver(measure);
    watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "lang", "dir"] });
    measure();
    return () => {
      observer.disconnect();
      watcher.disconnect();
    };
  };
}

/** Leaves the largest fitting scale, or the smallest allowed when none fits; says whether it fits. */
function shrink(block: HTMLElement, smallest: number): boolean {
  if (tryScale(block, 1)) return true;
  if (!tryScale(block, smallest)) return false;
  let fitting = smallest;
  let tooLarge = 1;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (fitting + tooLarge) / 2;
    if (tryScale(block, middle)) fitting = middle;
    else tooLarge = middle;
  }
  return tryScale(block, fitting);
}

function tryScale(block: HTMLElement, scale: number): boolean {
  // Rounded down: what fitted must not grow by its rounding.
  block.style.setProperty("--fit", (Math.floor(scale * 1000) / 1000).toFixed(3));
  if (block.scrollHeight > block.clientHeight + 1) return false;
  // Line by line, since a block's own width would also count its padding as room.
  return Array.from(block.querySelectorAll("p, h1")).every((line) => line.scrollWidth <= line.clientWidth + 1);
}

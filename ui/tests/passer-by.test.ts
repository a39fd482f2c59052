// Which keys would leave a page, and that typing into a field stays whole.
import { describe, expect, it } from "vitest";
import { leavesThePage, type KeyPress } from "../src/shared/passer-by";

/** "Ctrl+Alt+x", with "AltGr" for a key that writes. */
function press(text: string, inField: boolean): KeyPress {
  const held = text.split(/\+(?=.)/);
  const key = held.at(-1) ?? "";
  const [altKey, altGraph] = [held.includes("Alt"), held.includes("AltGr")];
  return { key, ctrlKey: held.includes("Ctrl"), metaKey: held.includes("Meta"), altKey, altGraph, inField };
}

const leaves = (text: string, inField: boolean): boolean => leavesThePage(press(text, inField));

describe("a key", () => {
  it.each([
    "F1", "F3", "F5", "F7", "F11", "F12", "Ctrl+r", "Ctrl+R", "Ctrl+p", "Ctrl+f", "Ctrl+g", "Ctrl+s", "Ctrl+o", "Ctrl+u", "Ctrl+n", "Ctrl+t", "Ctrl+w",
    "Ctrl++", "Ctrl+-", "Ctrl+=", "Ctrl+0", "Meta+r", "Meta+f", "Alt+ArrowLeft", "Alt+ArrowRight", "Alt+Home", "BrowserBack", "BrowserRefresh", "ZoomIn",
    "LaunchMail", "AltGr+F5",
  ])("that leaves the page: %s", (text) => {
    expect([leaves(text, true), leaves(text, false)]).toEqual([true, true]);
  });

  it.each(["Backspace", "Ctrl+v", "Ctrl+z", "Meta+ArrowLeft", "Ctrl+Alt+AltGr+€"])("that edits a field, and leaves the page beside one: %s", (text) => {
    expect([leaves(text, true), leaves(text, false)]).toEqual([false, true]);
  });

  it.each([
    "a", "1", "ä", "Tab", "Enter", " ", "Escape", "ArrowLeft", "Home", "End", "PageDown", "Delete", "Shift", "AltGr+€", "Ctrl+c", "Ctrl+a", "Alt+ArrowDown",
    "Process", "Dead",
  ])("that stays whole: %s", (text) => {
    expect([leaves(text, true), leaves(text, false)]).toEqual([false, false]);
  });
});

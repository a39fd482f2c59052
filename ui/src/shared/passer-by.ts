// Keeps a page where it is, whatever somebody does to it: no menu, zoom, reload, search, printing, going back, or dropped file.
// Typing into fields stays whole. The shell turns off what it can; this is the rest, and what the shell cannot reach.

/** With Ctrl or Meta: what copies, wherever something may be copied, and what edits a field. */
const copying = new Set(["a", "c"]);
const editing = new Set([...copying, "v", "x", "y", "z", "insert", "delete", "backspace", "home", "end", "arrowleft", "arrowright", "arrowup", "arrowdown"]);
/** With Alt: back, forward, and to the home page. */
const going = new Set(["ArrowLeft", "ArrowRight", "Home"]);
/** A keyboard's own keys for a browser, such as "BrowserBack", "ZoomIn" and "LaunchMail". */
const ofBrowser = /^(Browser|Launch|Zoom|Find$|Help$|Open$|Save$|Print$|New$|Close$)/;
const functionKey = /^F\d+$/;
/** Fields that are not typed into. */
const unwritten = new Set(["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"]);

export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey"> & {
  /** Whether the key writes with what looks like Ctrl and Alt: AltGr does on some systems. */
  altGraph: boolean;
  /** Whether a field is typed into. */
  inField: boolean;
};

/** Whether a key would leave the page, change its size or open something of the web view. */
export function leavesThePage({ key, ctrlKey, metaKey, altKey, altGraph, inField }: KeyPress): boolean {
  if (functionKey.test(key) || ofBrowser.test(key)) return true;
  if (altGraph && inField && key.length === 1) return false;
  if (ctrlKey || metaKey) return !(inField ? editing : copying).has(key.toLowerCase());
  if (altKey) return going.has(key);
  // Back, in older web views.
  return key === "Backspace" && !inField;
}

function isWritten(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return !target.readOnly;
  return target instanceof HTMLInputElement && !unwritten.has(target.type) && !target.readOnly;
}

function isMeantToLeave(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  return leavesThePage({ key, ctrlKey, metaKey, altKey, altGraph: event.getModifierState("AltGraph"), inField: isWritten(event.target) });
}

/** From now on, for as long as the page lives. Before anything else listens, so that nothing gets past it. */
export function stayOnThePage(): void {
  const prevent = (event: Event): void => event.preventDefault();
  const when = <Kind extends Event>(isMeant: (event: Kind) => boolean) => (event: Kind): void => {
    if (isMeant(event)) event.preventDefault();
  };
  const always = { capture: true, passive: false } as const;

  // A long press on a touch screen must not open the web view's own menu.
  window.addEventListener("contextmenu", prevent, always);
  // Nothing is dragged off the page, and no file dropped on it is opened in its place.
  for (const name of ["dragstart", "dragenter", "dragover", "drop"] as const) window.addEventListener(name, prevent, always);
  // Two fingers zoom, and so does the wheel with Ctrl; the style sheet's touch-action says the same to web views that obey it.
  window.addEventListener("touchmove", when((event: TouchEvent) => event.cancelable && event.touches.length > 1), always);
  window.addEventListener("wheel", when((event: WheelEvent) => event.ctrlKey || event.metaKey), always);
  for (const name of ["gesturestart", "gesturechange"]) window.addEventListener(name, prevent, always);
  // A mouse's buttons for back and forward.
  for (const name of ["mousedown", "mouseup", "auxclick"] as const) window.addEventListener(name, when((event: MouseEvent) => event.button > 2), always);
  window.addEventListener("keydown", when(isMeantToLeave), always);
}

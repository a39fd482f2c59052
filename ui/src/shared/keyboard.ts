// The keys of the on-screen keyboard, and what each does to a field. Keeps nothing of what is typed.

export type Layer = "letters" | "capitals" | "symbols" | "more";
export type Named = "shift" | "backspace" | "letters" | "symbols" | "more" | "space" | "hide";
/** A character, or what a key does. */
export type Key = { text: string } | { does: Named };
export type Field = HTMLInputElement;

const latin = ["qwertyuiop", "asdfghjkl", "zxcvbnm"] as const;
/** Where the letters stand otherwise, by language. */
const elsewhere: Record<string, readonly [string, string, string]> = {
  de: ["qwertzuiop", "asdfghjkl", "yxcvbnm"],
  fr: ["azertyuiop", "qsdfghjklm", "wxcvbn"],
};
const symbols = ["1234567890", "!\"#$%&'()=", "*+,:;/?~"] as const;
const more = ["1234567890", "[]{}<>^|`\\", "€£§°¿¡´¨"] as const;

const keysOf = (row: string): Key[] => [...row].map((text) => ({ text }));
const does = (name: Named): Key => ({ does: name });

/** The rows of a layer; their letters as the language's keyboards have them. */
export function rowsOf(layer: Layer, language: string): Key[][] {
  const letters = elsewhere[language.split("-")[0] ?? ""] ?? latin;
  const capitals = layer === "capitals";
  const [first, second, third] = layer === "symbols" ? symbols : layer === "more" ? more : letters;
  const row = (text: string): Key[] => keysOf(capitals ? text.toUpperCase() : text);
  const isLetters = layer === "letters" || capitals;
  return [
    row(first),
    row(second),
    [does(isLetters ? "shift" : layer === "symbols" ? "more" : "symbols"), ...row(third), does("backspace")],
    [does(isLetters ? "symbols" : "letters"), { text: "@" }, { text: "_" }, does("space"), { text: "-" }, { text: "." }, does("hide")],
  ];
}

/** Puts a text where the cursor is, as a keyboard would. */
export function typeInto(field: Field, text: string): void {
  const [start, end] = selectionOf(field);
  const longer = field.value.length - (end - start) + text.length;
  if (field.maxLength >= 0 && longer > field.maxLength) return;
  field.setRangeText(text, start, end, "end");
  tell(field);
}

/** Takes away what is selected, or the character before the cursor. */
export function eraseIn(field: Field): void {
  const [start, end] = selectionOf(field);
  if (end === 0) return;
  // A character may take two places.
  const before = [...field.value.slice(0, start)].at(-1)?.length ?? 0;
  field.setRangeText("", start === end ? start - before : start, end, "end");
  tell(field);
}

function selectionOf(field: Field): [number, number] {
  const end = field.value.length;
  return [field.selectionStart ?? end, field.selectionEnd ?? end];
}

function tell(field: Field): void {
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

// The pseudo-locale en-XA: English with accents, a third longer and in brackets. Shows what is cut off, put together, or not translated.
import { FluentParser, FluentSerializer, type Pattern, type TextElement, Transformer } from "@fluent/syntax";
import { addCatalogue } from "../words";
import english from "../words/catalogues/en.ftl?raw";

export const pseudoTag = "en-XA";
/** Words grow by this share: about what German or Polish need. */
const GROWTH = 0.35;

const plain = "acegijklnorstuyzACEGIJKLNORSTUYZ";
const accented = "áçéĝíĵķļñóŕšţúýžÁÇÉĜÍĴĶĻÑÓŔŠŢÚÝŽ";

/** A catalogue with every text made strange; variables, plural forms and names of messages stay. */
export function pseudoCatalogue(source: string): string {
  class Stranger extends Transformer {
    override visitTextElement(text: TextElement): TextElement {
      text.value = stretch(text.value);
      return text;
    }
  }
  const resource = new FluentParser().parse(source);
  new Stranger().visit(resource);
  for (const entry of resource.body) if (entry.type === "Message" && entry.value !== null) bracket(entry.value);
  return new FluentSerializer().serialize(resource);
}

function bracket(pattern: Pattern): void {
  const [first, last] = [pattern.elements.at(0), pattern.elements.at(-1)];
  if (first?.type === "TextElement") first.value = `⟦${first.value}`;
  if (last?.type === "TextElement") last.value = `${last.value}⟧`;
}

/** Letters with accents, vowels doubled until it is long enough. */
function stretch(text: string): string {
  let owed = 0;
  return [...text]
    .map((letter) => {
      const at = plain.indexOf(letter);
      const strange = at < 0 ? letter : (accented[at] ?? letter);
      owed += GROWTH;
      if (owed < 1 || !/[aeiouy]/i.test(letter)) return strange;
      owed -= 1;
      return strange + strange.toLowerCase();
    })
    .join("");
}

addCatalogue(pseudoTag, pseudoCatalogue(english));

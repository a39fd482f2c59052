// What the idle screen says: the worst first, since nobody is to be invited in vain.
import type { IdleText, Scene } from "../bindings/door";
import type { Words } from "../words/words";
import type { Formats } from "./formats";

export type IdleWords = {
  headline: string;
  hint: string | null;
  /** Small lines below. */
  notes: string[];
  /** How many are in. */
  present: string | null;
};

/** `own`: the operator's words in the language that is shown. They stand where all is well and the location open. */
export function presentIdle(scene: Scene, own: IdleText | null, now: Date, words: Words, formats: Formats): IdleWords {
  return { ...invitation(scene, own, now, words, formats), present: present(scene, words, formats) };
}

function invitation(
  scene: Scene,
  own: IdleText | null,
  now: Date,
  words: Words,
  formats: Formats,
): Omit<IdleWords, "present"> {
  if (scene.trouble.storage !== null) return { ...words.cannotStore, notes: [] };
  if (scene.reader.state !== "up") return { ...words.invitation[scene.reader.state], notes: [] };
  const notes = charge(scene, words, formats);
  if (scene.closed !== null) {
    const { headline, opens, tapsStillWork } = words.closed;
    const when = scene.closed.opens;
    return { headline, hint: when === null ? null : opens(formats.moment(when, now)), notes: [tapsStillWork, ...notes] };
  }
  return { ...(own ?? words.invitation.up), notes };
}

/** A charge is announced before anybody taps. */
function charge({ charge }: Scene, words: Words, formats: Formats): string[] {
  return charge === null ? [] : [words.charge(charge.name, formats.money(charge.price, charge.currency))];
}

function present({ present }: Scene, words: Words, formats: Formats): string | null {
  return present === null ? null : words.present(present, formats.count(present));
}

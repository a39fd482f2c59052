// Which program and which configuration run here, as one line for staff.
import type { AboutView } from "../bindings/door";
import type { Words } from "../words/words";

export function presentAbout({ program, configuration, fingerprint }: AboutView, words: Words): string {
  const numbered = configuration === null ? "" : words.configuration(String(configuration));
  return [`Tapdesk ${program}`, numbered, fingerprint].filter((part) => part !== "").join(" · ");
}

// Turns a verdict into what its screen says, and how it looks besides its colours.
import type { QueueView, Reason, Scene, Stage, Verdict } from "../bindings/door";
import type { VerdictKind, Words } from "../words/words";
import type { Formats } from "./formats";

export type VerdictStage = Extract<Stage, { stage: "verdict" }>;

export type MarkShape =
  | "circle_check"
  | "arrow_out"
  | "octagon_bar"
  | "diamond_question"
  | "two_tiles"
  | "struck_card"
  | "square_tray"
  | "triangle_warning"
  | "square_pause";

/** Where the coloured field stands: each outcome has a place of its own. */
export type Place = "start" | "end" | "top" | "bottom" | "frame" | "sides" | "rails" | "whole";

export const looks: Record<VerdictKind, { shape: MarkShape; place: Place }> = {
  checked_in: { shape: "circle_check", place: "start" },
  checked_out: { shape: "arrow_out", place: "end" },
  refused: { shape: "octagon_bar", place: "top" },
  unknown_tile: { shape: "diamond_question", place: "frame" },
  ambiguous_tile: { shape: "two_tiles", place: "sides" },
  unusable_tile: { shape: "struck_card", place: "rails" },
  saved: { shape: "square_tray", place: "whole" },
  unavailable: { shape: "triangle_warning", place: "bottom" },
};

export type VerdictText = {
  headline: string;
  name: string | null;
  /** The fact to remember, such as the time of a check-in. */
  fact: string | null;
  /** Smaller particulars of the fact. */
  particulars: string | null;
  reason: string | null;
  /** What is known of the visit besides, a line each; it may come after the verdict. */
  visit: string[];
  /** What to do now. */
  action: string | null;
  /** Whether renewing would help. */
  renewal: boolean;
  tile: string | null;
};

/** What the rest of the scene adds to a verdict. */
export type Around = Pick<Scene, "queue" | "closed">;

export function presentVerdict(stage: VerdictStage, around: Around, words: Words, formats: Formats): VerdictText {
  return {
    headline: words.headline[stage.verdict.kind],
    name: presentName(stage.name),
    fact: null,
    particulars: null,
    reason: null,
    visit: presentVisit(stage.visit, words, formats),
    action: null,
    renewal: false,
    tile: null,
    ...specifics(stage.verdict, new Date(stage.at), around, words, formats),
  };
}

/** What a screen reader or a voice says, once. */
export function announce(text: VerdictText, words: Words): string {
  return sayAll([text.headline, text.name, text.fact, text.reason, text.action], words);
}

/** Sentence by sentence, without the marks that isolate names and times in print: a voice may stumble over them. */
export function sayAll(parts: (string | null)[], words: Words): string {
  const sentences = parts.filter((part) => part !== null).map(words.sentence);
  return sentences.join(" ").replace(/[\u2066-\u2069]/g, "");
}

function specifics(verdict: Verdict, at: Date, around: Around, words: Words, formats: Formats): Partial<VerdictText> {
  switch (verdict.kind) {
    case "checked_in":
      return { fact: words.checkedInAt(formats.moment(verdict.since, at)) };
    case "checked_out":
      return {
        fact: words.checkedOutAfter(formats.duration(verdict.minutes)),
        particulars: formats.range(verdict.since, verdict.minutes),
      };
    case "refused":
      return {
        reason: presentReason(verdict.reason, words),
        // A reason that is kept from the screen says this already.
        action: verdict.reason.by === "withheld" ? null : words.seeTheDesk,
        renewal: verdict.reason.by !== "withheld",
        particulars: presentOpening(around.closed, at, words, formats),
        ...presentState(verdict.reason, at, words, formats),
      };
    case "unknown_tile":
      return { reason: words.unknownTile, action: words.seeTheDesk, tile: presentTile(verdict.tile, words) };
    case "ambiguous_tile":
      // Without a tile it was a PIN.
      if (verdict.tile === null) return { ...words.ambiguousPin, action: words.seeTheDesk };
      return { reason: words.ambiguousTile, action: words.seeTheDesk, tile: presentTile(verdict.tile, words) };
    case "unusable_tile":
      return { reason: words.unusable[verdict.why] };
    case "saved":
      return { reason: words.saved, particulars: presentWaiting(around.queue, at, words, formats) };
    case "unavailable":
      return { reason: words.unavailable[verdict.why], action: words.seeTheDesk };
  }
}

/** How many taps wait with this one, and since when. */
function presentWaiting(queue: QueueView, at: Date, words: Words, formats: Formats): string | null {
  if (queue.waiting === 0) return null;
  const since = queue.oldest === null ? null : formats.moment(queue.oldest, at);
  return words.waiting(queue.waiting, formats.count(queue.waiting), since);
}

/** The service's own words stay as they came; only the blank around them goes. */
function presentReason(reason: Reason, words: Words): string {
  if (reason.by !== "service") return words.refused[reason.by];
  const description = reason.description.trim();
  return description === "" ? words.refused.service_without_reason : description;
}

/** A button that asked for what was so already is no refusal in a member's eyes. */
function presentState(reason: Reason, at: Date, words: Words, formats: Formats): Partial<VerdictText> {
  const nothingChanged = { headline: words.nothingChanged, action: null, renewal: false, particulars: null };
  switch (reason.by) {
    case "already_in":
      return { ...nothingChanged, particulars: words.hereSince(formats.moment(reason.since, at)) };
    case "already_out":
      return nothingChanged;
    default:
      return {};
  }
}

/** Of a refusal outside opening hours: when to come back. */
function presentOpening(closed: Scene["closed"], at: Date, words: Words, formats: Formats): string | null {
  return closed?.opens == null ? null : words.closed.opens(formats.moment(closed.opens, at));
}

function presentVisit(visit: VerdictStage["visit"], words: Words, formats: Formats): string[] {
  if (visit === null) return [];
  const lines: string[] = [];
  if (visit.pay_as_you_go) lines.push(words.payAsYouGo);
  if (visit.passes !== null) lines.push(words.passesLeft(visit.passes, formats.count(visit.passes)));
  if (visit.minutes !== null) lines.push(words.minutesUsed(formats.duration(visit.minutes)));
  return lines;
}

function presentTile(tile: string | null, words: Words): string | null {
  return tile === null ? null : words.tile(tile);
}

function presentName(name: string | null): string | null {
  const trimmed = name?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}

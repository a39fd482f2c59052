// Turns reader, link and queue into the words and shapes of the status line.
import type { LinkView, QueueView, ReaderView, TroubleView } from "../bindings/door";
import type { Words } from "../words/words";
import type { Formats } from "./formats";

/** Each tone has a shape of its own, so that colour is never the only difference. */
export type Tone = "good" | "pending" | "held" | "attention";

export const readerTones: Record<ReaderView["state"], Tone> = {
  starting: "pending",
  up: "good",
  down: "attention",
};

export const linkTones: Record<LinkView["state"], Tone> = {
  connecting: "pending",
  online: "good",
  offline: "held",
  signed_out: "attention",
};

/** What the connection's state means for a member. */
export function presentLink(link: LinkView, words: Words): string {
  return link.state === "offline" && !link.saves_taps ? words.offlineWithoutSaving : words.link[link.state];
}

/** For staff, while the end of the sign-in is near; rounded down, since too early does no harm. Null where there is nothing to say. */
export function presentSignInEnd(link: LinkView, now: Date, words: Words, formats: Formats): string | null {
  if (link.sign_in_ends === null || link.state === "signed_out") return null;
  const hours = Math.floor((new Date(link.sign_in_ends).getTime() - now.getTime()) / 3_600_000);
  if (Number.isNaN(hours)) return null;
  const days = Math.floor(hours / 24);
  if (days >= 1) return words.signInEnds.days(days, formats.count(days));
  const left = Math.max(1, hours);
  return words.signInEnds.hours(left, formats.count(left));
}

export type QueueLine = { tone: Tone; text: string };

/** What the queue has to say: nothing, that taps wait, that taps need staff, or both. */
export function presentQueue(queue: QueueView, now: Date, words: Words, formats: Formats): QueueLine[] {
  const lines: QueueLine[] = [];
  if (queue.waiting > 0) {
    const since = queue.oldest === null ? null : formats.moment(queue.oldest, now);
    lines.push({ tone: "held", text: words.waiting(queue.waiting, formats.count(queue.waiting), since) });
  }
  if (queue.needs_staff > 0) {
    lines.push({ tone: "attention", text: words.needsStaff(queue.needs_staff, formats.count(queue.needs_staff)) });
  }
  return lines;
}

/** What is wrong with this machine; usually nothing. */
export function presentTrouble(trouble: TroubleView, words: Words, formats: Formats): string[] {
  const lines: string[] = [];
  if (trouble.storage !== null) lines.push(words.storageFails);
  if (trouble.clock_seconds !== null) {
    const say = trouble.clock_seconds > 0 ? words.clockBehind : words.clockAhead;
    lines.push(say(formats.duration(Math.abs(trouble.clock_seconds) / 60)));
  }
  return lines;
}

/** One word for the queue, for tests and styles. */
export function queueState(queue: QueueView): "empty" | "waiting" | "needs_staff" {
  if (queue.needs_staff > 0) return "needs_staff";
  return queue.waiting > 0 ? "waiting" : "empty";
}

// What every catalogue must say. Keys follow the door's own codes, so a code without words fails the type check.
import type { LinkView, Offer, ReaderView, Reason, Unavailable, Verdict } from "../bindings/door";

export type VerdictKind = Verdict["kind"];

export type Words = {
  /** What the idle screen asks for, by the reader's state. */
  invitation: Record<ReaderView["state"], { headline: string; hint: string | null }>;
  /** In place of the invitation where taps cannot be stored. */
  cannotStore: { headline: string; hint: string };
  acknowledged: { headline: string; hint: string };
  headline: Record<VerdictKind, string>;
  /** In place of the headline of a refusal that only says how things are. */
  nothingChanged: string;
  checkedInAt: (time: string) => string;
  checkedOutAfter: (duration: string) => string;
  /** Shown where the service gave no words of its own. */
  refused: Record<Exclude<Reason["by"], "service">, string>;
  unknownTile: string;
  ambiguousTile: string;
  unusableTile: string;
  saved: string;
  unavailable: Record<Unavailable, string>;
  seeTheDesk: string;
  pin: {
    /** The button that opens the pad. */
    open: string;
    title: string;
    name: string;
    whoAreYou: string;
    /** No member has such a name, and a PIN. */
    nobody: string;
    /** Too many names were looked up. */
    pause: string;
    wrong: string;
    locked: (duration: string) => string;
    backspace: string;
    clear: string;
    enter: string;
    cancel: string;
  };
  /** `tile` is masked already. */
  tile: (tile: string) => string;
  offer: Record<Offer, string>;
  offerTaken: string;
  offerFailed: string;
  outOfOrder: { headline: string; hint: string };
  reader: Record<ReaderView["state"], string>;
  link: Record<LinkView["state"], string>;
  /** In place of `link.offline` where no taps are kept. */
  offlineWithoutSaving: string;
  waiting: (count: number, shown: string, since: string | null) => string;
  needsStaff: (count: number, shown: string) => string;
  storageFails: string;
  clockBehind: (duration: string) => string;
  clockAhead: (duration: string) => string;
  duration: {
    none: string;
    minutes: (minutes: string) => string;
    hours: (hours: string) => string;
    hoursAndMinutes: (hours: string, minutes: string) => string;
  };
};

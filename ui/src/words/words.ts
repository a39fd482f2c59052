// What every catalogue must say. Keys follow the door's own codes, so a code without words fails the type check.
import type { LinkView, Offer, ReaderView, Reason, Unavailable, Unusable, Verdict } from "../bindings/door";

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
  /** Shown where the service gave no words of its own, or where they are kept from the screen. */
  refused: Record<Exclude<Reason["by"], "service">, string>;
  unknownTile: string;
  ambiguousTile: string;
  /** In place of headline and reason where it was a PIN. */
  ambiguousPin: { headline: string; reason: string };
  unusable: Record<Unusable, string>;
  saved: string;
  unavailable: Record<Unavailable, string>;
  seeTheDesk: string;
  /** `tile` is masked already. */
  tile: (tile: string) => string;
  offer: Record<Offer, string>;
  offerTaken: string;
  offerFailed: string;
  /** While staff set this kiosk up. */
  beingSetUp: { headline: string; hint: string };
  outOfOrder: { headline: string; hint: string };
  reader: Record<ReaderView["state"], string>;
  link: Record<LinkView["state"], string>;
  /** For staff, in the days before the service would end the sign-in. */
  signInEnds: Record<"days" | "hours", (count: number, shown: string) => string>;
  /** For staff: a changed configuration waits. */
  notTakenOver: string;
  /** In place of `link.offline` where no taps are kept. */
  offlineWithoutSaving: string;
  /** `shown` is the count in the language's own digits: so everywhere below. */
  waiting: (count: number, shown: string, since: string | null) => string;
  needsStaff: (count: number, shown: string) => string;
  storageFails: string;
  clockBehind: (duration: string) => string;
  clockAhead: (duration: string) => string;
  duration: {
    none: string;
    minutes: (count: number, shown: string) => string;
    hours: (count: number, shown: string) => string;
    hoursAndMinutes: (hours: number, hoursShown: string, minutes: number, minutesShown: string) => string;
  };
  /** What a member has left or has used, below a welcome. */
  passesLeft: (count: number, shown: string) => string;
  minutesUsed: (duration: string) => string;
  payAsYouGo: string;
  hereSince: (time: string) => string;
  present: (count: number, shown: string) => string;
  /** What a visit without a pass costs. */
  charge: (name: string | null, price: string | null) => string;
  closed: { headline: string; opens: (when: string) => string; tapsStillWork: string };
  /** Below the code that opens the page to renew at. */
  renewHere: string;
  preferences: {
    /** The button that opens the sheet. */
    open: string;
    title: string;
    language: string;
    largerText: string;
    highContrast: string;
    speech: string;
    done: string;
  };
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
  staff: {
    /** The button that opens the pad for the staff's PIN. */
    open: string;
    title: string;
  };
  /** The operator's number of the configuration, as it is written there. */
  configuration: (configuration: string) => string;
  /** The text as a sentence: with an end where it has none. */
  sentence: (text: string) => string;
};

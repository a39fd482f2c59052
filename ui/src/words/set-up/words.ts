// What every catalogue of the set-up must say. Keys follow the door's own codes, so a code without words fails the type check.
import type { RoleView, SetUpProblem, SetUpReaderView, SetUpView, Step } from "../../bindings/set_up";

/** What stands in the way; the shell that does not answer is the page's own. */
export type ProblemKind = SetUpProblem["problem"] | "failed";
type PlainProblem = Exclude<ProblemKind, "weak_pin" | "taps_wait" | "unreachable" | "must_reset_password">;
export type ProblemText = { text: string; todo: string };
export type WeakPin = Extract<SetUpProblem, { problem: "weak_pin" }>["why"];

export type SetUpWords = {
  title: string;
  stepOf: (place: string, all: string) => string;
  steps: Record<Step, string>;
  /** The sentence at the top of a step. */
  leads: Record<Exclude<Step, "sign_in">, string> & { sign_in: (service: string) => string };
  /** Why one cannot go on, where that can be. */
  missing: Record<"sign_in" | "location" | "rights" | "staff_pin" | "summary", string>;
  back: string;
  next: string;
  finish: string;
  leave: string;
  leaveAsk: string;
  leaveYes: string;
  leaveNo: string;
  oneMoment: string;
  problem: Record<PlainProblem, ProblemText> & {
    unreachable: (service: string) => ProblemText;
    must_reset_password: (service: string) => ProblemText;
    /** `shown` is the count in the language's own digits: so everywhere below. */
    taps_wait: (count: number, shown: string) => ProblemText;
    weak_pin: Record<WeakPin, ProblemText>;
  };
  signIn: {
    email: string;
    password: string;
    showPassword: string;
    code: string;
    codeHint: string;
    submit: string;
    keeps: string;
    signedInAs: (email: string) => string;
    signedIn: string;
    kept: string;
    again: string;
    other: string;
  };
  location: { looking: string; none: string; waiting: (count: number, shown: string) => string };
  rights: {
    needed: string;
    nice: string;
    state: Record<RoleView["state"], string>;
    lacking: string;
    administrator: string;
    notLooked: string;
    look: string;
    tryWrites: string;
    tryExplained: string;
    list: string;
    copy: string;
    copied: string;
    selected: string;
  };
  reader: {
    firstUsb: string;
    other: string;
    otherHint: string;
    otherUse: string;
    state: Record<SetUpReaderView["state"], string>;
    hold: string;
    read: (tile: string) => string;
    random: string;
    count: (count: number, shown: string) => string;
  };
  names: { title: string } & Record<SetUpView["names"], { label: string; detail: string }>;
  offline: { title: string } & Record<SetUpView["offline"], { label: string; detail: string }>;
  staffPin: {
    first: string;
    again: string;
    typed: (count: number, shown: string) => string;
    backspace: string;
    enter: string;
    chosen: Record<SetUpView["staff_pin"], string>;
    keep: string;
    other: string;
  };
  test: {
    wait: string;
    looking: string;
    member: Record<"in" | "out", (name: string | null) => string>;
    inactive: string;
    unknown: string;
    ambiguous: string;
    unusable: string;
    trouble: string;
    tile: (tile: string) => string;
  };
  summary: {
    change: string;
    rightsAll: string;
    rightsLacking: (count: number, shown: string) => string;
    rightsUnknown: string;
    nothing: string;
    tried: string;
    notTried: string;
    overridden: (keys: string) => string;
  };
  keyboard: { open: string; hide: string; title: string; shift: string; backspace: string; space: string; letters: string; symbols: string; more: string };
};

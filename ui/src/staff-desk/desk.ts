// What the staff's page asks of the shell. Everything rejects with a DeskProblem, or a text where the shell itself fails.
import type {
  Act,
  AuditPage,
  Charts,
  Done,
  Export,
  Exported,
  FailureBlock,
  FailureDetail,
  FailureKey,
  FailureQuery,
  Happened,
  Health,
  MemberView,
  Preparation,
  Span,
} from "../bindings/staff_desk";

export type Desk = {
  failures: (query: FailureQuery, block: number) => Promise<FailureBlock>;
  failure: (key: FailureKey) => Promise<FailureDetail>;
  members: (text: string) => Promise<MemberView[]>;
  prepare: (act: Act) => Promise<Preparation>;
  /** Carries out what was prepared, once. */
  carryOut: (plan: number) => Promise<Done>;
  /** Takes back the act of this number in the log. */
  undo: (number: number) => Promise<Done>;
  /** Older than the line of this number; null for the newest. */
  audit: (before: number | null) => Promise<AuditPage>;
  charts: (span: Span) => Promise<Charts>;
  health: () => Promise<Health>;
  /** Older than the event of this number, newest first, 200 at most; null for the newest. */
  events: (before: number | null) => Promise<Happened[]>;
  export: (what: Export) => Promise<Exported>;
  /** Staff are there: the desk does not lock yet. */
  touch: () => Promise<void>;
  /** Back to the kiosk. */
  lock: () => Promise<void>;
  /** To the set-up: the kiosk pauses meanwhile. */
  setUp: () => Promise<void>;
  /** Ends the kiosk: the machine behind it is open. Only where the view says that it can be. */
  endKiosk: () => Promise<void>;
};

// Builds the staff desk's words from the messages of a catalogue: the only place that knows their names.
import type {
  ActKind,
  AuditState,
  DeskProblem,
  DismissReason,
  FailureKind,
  Happening,
  HealthKind,
  HealthState,
  LatencyPart,
  LinkKind,
  Reading,
  TileField,
  Warning,
} from "../../bindings/staff_desk";
import type { Say } from "../say";
import type { VerdictKind } from "../words";

type Text =
  | "after"
  | "all"
  | "before"
  | "counted"
  | "duration"
  | "name"
  | "number"
  | "path"
  | "plan"
  | "remaining"
  | "role"
  | "roles"
  | "shown"
  | "source"
  | "tile"
  | "time";

export type StaffDeskWords = ReturnType<typeof staffDeskWordsFrom>;
export type ProblemText = { text: string; todo: string };

/** The problems that the shell names and whose text takes nothing. */
export const plainProblems: Record<Exclude<DeskProblem["kind"], "not_permitted">, 0> = {
  unreachable: 0,
  throttled: 0,
  signed_out: 0,
  gateway: 0,
  refused: 0,
  gone: 0,
  changed: 0,
  unknown: 0,
  storage: 0,
  invalid: 0,
  ended: 0,
};

const nameOf = (code: string): string => code.replaceAll("_", "-");

export function staffDeskWordsFrom(say: Say<Text>) {
  /** A text for every code: one that is left out fails the type check. */
  const each = <Code extends string>(prefix: string, codes: Record<Code, 0>): Record<Code, string> =>
    Object.fromEntries(Object.keys(codes).map((code) => [code, say(`${prefix}-${nameOf(code)}`)])) as Record<Code, string>;
  const counted = (message: string) => (count: number, shown: string) => say(message, { count, shown });
  const timed = (message: string) => (time: string) => say(message, { time });
  const problem = (kind: string): ProblemText => ({ text: say(`problem-${kind}`), todo: say(`todo-${kind}`) });
  const health = (kind: string) => ({
    title: say(`health-${kind}`),
    state: each<HealthState>(`health-${kind}`, { good: 0, attention: 0, problem: 0 }),
  });
  type PlainProblem = keyof typeof plainProblems | "failed";
  type PlainReading = Exclude<Reading["kind"], "tile_linked_since" | "changed_since" | "no_pass" | "passes_used_up" | "passes_expired" | "pass_valid_now" | "plan_changed" | "already_in" | "came_in_since" | "repeated">;
  type PlainWarning = Exclude<Warning["kind"], "already_in" | "tile_taken" | "already_closed">;

  return {
    title: say("title"),
    oneMoment: say("one-moment"),
    noAnswer: say("no-answer"),
    lock: say("lock"),
    setUp: say("set-up"),
    setUpAsk: say("set-up-ask"),
    setUpYes: say("set-up-yes"),
    endKiosk: { ask: say("end-kiosk-ask"), means: say("end-kiosk-means"), yes: say("end-kiosk") },
    cancel: say("cancel"),
    close: say("close"),
    again: say("again"),
    refresh: say("refresh"),
    older: say("older"),
    loading: say("loading"),
    none: say("none"),
    print: say("print"),
    export: say("export"),
    exported: (count: number, shown: string, path: string) => say("exported", { count, shown, path }),
    exportedPart: (all: string) => say("exported-part", { all }),
    exportedNames: say("exported-names"),
    locksIn: (duration: string) => say("locks-in", { duration }),
    atTheDoor: say("at-the-door"),
    lacking: (roles: string) => say("lacking", { roles }),
    waiting: counted("waiting"),
    needsStaff: counted("needs-staff"),
    since: timed("since"),
    until: timed("until"),
    memberNumber: (number: string) => say("member-number", { number }),
    tile: (tile: string) => say("tile", { tile }),
    tabs: each("tab", { failures: 0, overview: 0, health: 0, log: 0 }),
    link: each<LinkKind>("link", { connecting: 0, online: 0, offline: 0, signed_out: 0 }),
    verdict: each<VerdictKind>("verdict", {
      checked_in: 0,
      checked_out: 0,
      refused: 0,
      unknown_tile: 0,
      ambiguous_tile: 0,
      unusable_tile: 0,
      saved: 0,
      unavailable: 0,
    }),
    sources: [0, 1, 2, 3, 4, 5].map((number) => say(`source-${number}`)),
    sourceOther: (number: string) => say("source-other", { number }),

    preset: { ...each("preset", { today: 0, week: 0, unknown: 0, all: 0 }), member: (name: string) => say("preset-member", { name }) },
    filters: say("filters"),
    filtersShow: say("filters-show"),
    filtersClear: say("filters-clear"),
    field: each("field", {
      key: 0,
      kind: 0,
      attempted: 0,
      attempted_local: 0,
      created: 0,
      updated: 0,
      coworker: 0,
      member: 0,
      location: 0,
      source: 0,
      mac_addresses: 0,
      teams: 0,
      tariff: 0,
      description: 0,
      tile: 0,
    }),
    span: each("span", { any: 0, today: 0, week: 0, month: 0, between: 0, days: 0 }),
    from: say("from"),
    to: say("to"),
    any: say("any"),
    sortBy: say("sort-by"),
    ascending: say("ascending"),
    descending: say("descending"),
    failures: {
      count: counted("failures-count"),
      fresh: counted("failures-new"),
      changed: say("failures-changed"),
      none: say("failures-none"),
      noneHint: say("failures-none-hint"),
      hidden: counted("failures-hidden"),
      unreadable: counted("failures-unreadable"),
      localOnly: say("failures-local-only"),
    },
    kind: each<FailureKind>("kind", { failed_checkin: 0, needs_staff: 0, unusable_tile: 0 }),
    kioskOnly: say("kiosk-only"),
    nobody: say("nobody"),
    noReason: say("no-reason"),

    happened: say("happened"),
    readingTitle: say("reading"),
    readingMeans: say("reading-means"),
    member: say("member"),
    passes: say("passes"),
    openCheckins: say("open-checkins"),
    recorded: say("recorded"),
    actsTitle: say("acts"),
    onlyThisMember: say("only-this-member"),
    noPlan: say("no-plan"),
    memberState: each("member", { active: 0, inactive: 0, archived: 0 }),
    pass: {
      ...each("pass", { valid: 0, used: 0, expired: 0, cancelled: 0, elsewhere: 0, other: 0, some: 0, pay_as_you_go: 0 }),
      uses: (remaining: string, all: string | null) =>
        all === null ? say("pass-left", { remaining }) : say("pass-uses", { remaining, all }),
    },
    reading: {
      ...each<PlainReading>("reading", {
        unknown_tile: 0,
        ambiguous_tile: 0,
        unusable_tile: 0,
        not_active: 0,
        archived: 0,
        no_pass_no_plan: 0,
        passes_cancelled: 0,
        passes_elsewhere: 0,
        closed: 0,
        not_known: 0,
      }),
      tile_linked_since: (name: string) => say("reading-tile-linked-since", { name }),
      changed_since: timed("reading-changed-since"),
      no_pass: (plan: string) => say("reading-no-pass", { plan }),
      passes_used_up: (time: string | null) =>
        time === null ? say("reading-passes-used-up") : say("reading-passes-used-up-at", { time }),
      passes_expired: timed("reading-passes-expired"),
      pass_valid_now: (name: string | null) =>
        name === null ? say("reading-pass-valid-now") : say("reading-pass-valid-now-named", { name }),
      plan_changed: (before: string, after: string) => say("reading-plan-changed", { before, after }),
      already_in: timed("reading-already-in"),
      came_in_since: timed("reading-came-in-since"),
      repeated: counted("reading-repeated"),
    },

    act: each<ActKind>("act", { check_in: 0, close_checkin: 0, link_tile: 0, correct: 0, retry: 0, dismiss: 0 }),
    actLacking: (role: string) => say("act-lacking", { role }),
    note: say("note"),
    noteMeans: say("note-means"),
    when: say("when"),
    whenNow: say("when-now"),
    whenAt: say("when-at"),
    search: say("search"),
    searchNone: say("search-none"),
    searchHint: say("search-hint"),
    chooseOther: say("choose-other"),
    fieldToWrite: say("field-to-write"),
    tileField: each<TileField>("tile-field", { access_card: 0, key_fob: 0 }),
    correctReason: say("correct-reason"),
    correctHint: say("correct-hint"),
    why: say("why"),
    dismiss: each<DismissReason>("dismiss", { recorded_by_hand: 0, already_recorded: 0, did_not_enter: 0, test: 0, other: 0 }),
    look: say("look"),
    back: say("back"),
    confirm: say("confirm"),
    confirmTitle: say("confirm-title"),
    willWrite: say("will-write"),
    writesNothing: say("writes-nothing"),
    property: say("property"),
    before: say("before"),
    after: say("after"),
    empty: say("empty"),
    undoable: say("undoable"),
    notUndoable: say("not-undoable"),
    notPossible: say("not-possible"),
    working: say("working"),
    done: say("done"),
    doneSource: (source: string) => say("done-source", { source }),
    undo: say("undo"),
    undone: say("undone"),
    undoAsk: say("undo-ask"),
    warning: {
      ...each<PlainWarning>("warning", {
        not_active: 0,
        may_be_charged: 0,
        tile_theirs: 0,
        replaces_tile: 0,
        tap_waits: 0,
        tile_not_checked: 0,
      }),
      already_in: timed("warning-already-in"),
      tile_taken: (name: string) => say("warning-tile-taken", { name }),
      already_closed: timed("warning-already-closed"),
    },
    problem: {
      not_permitted: (role: string): ProblemText => ({ text: say("problem-not-permitted", { role }), todo: say("todo-not-permitted") }),
      ...(Object.fromEntries(
        Object.keys({ ...plainProblems, failed: 0 } satisfies Record<PlainProblem, 0>).map((kind) => [kind, problem(nameOf(kind))]),
      ) as Record<PlainProblem, ProblemText>),
    },

    chart: each("chart", {
      failures_by_reason: 0,
      failures_by_hour: 0,
      arrivals_by_hour: 0,
      checkins_by_source: 0,
      unknown_tiles_by_day: 0,
    }),
    hour: say("hour"),
    minute: say("minute"),
    day: say("day"),
    count: say("count"),
    name: say("name"),
    sinceWhen: say("since-when"),
    showTable: say("show-table"),
    counted: (count: string, all: string) => say("counted", { counted: count, all }),
    nothingCounted: say("nothing-counted"),
    presentNone: say("present-none"),
    presentCount: counted("present-count"),
    presentFilter: say("present-filter"),

    state: each<HealthState>("state", { good: 0, attention: 0, problem: 0 }),
    health: Object.fromEntries(
      Object.keys({
        reader: 0,
        link: 0,
        sign_in: 0,
        clock: 0,
        queue: 0,
        needs_staff: 0,
        storage: 0,
        budget: 0,
        configuration: 0,
        rights: 0,
        update: 0,
        fleet: 0,
      } satisfies Record<HealthKind, 0>).map((kind) => [kind, health(nameOf(kind))]),
    ) as Record<HealthKind, ReturnType<typeof health>>,
    update: { byHand: say("update-by-hand"), when: timed("update-when") },
    fleetLooked: timed("fleet-looked"),
    figureVersion: (number: string) => say("figure-version", { number }),
    latency: each("latency", { part: 0, taps: 0, p50: 0, p95: 0, p99: 0, max: 0 }),
    latencyTitle: say("latency"),
    part: each<LatencyPart>("part", { reader: 0, engine: 0, service: 0, paint: 0, whole: 0 }),
    versions: say("versions"),
    configuration: say("configuration"),
    key: say("key"),
    value: say("value"),
    origin: say("origin"),
    originDefault: say("origin-default"),
    running: timed("running"),
    asOf: timed("as-of"),
    recorder: { title: say("recorder"), ...each("recorder", { from: 0, kinds: 0, newest: 0, none: 0 }) },
    happening: each<Happening["kind"]>("happening", {
      acknowledged: 0,
      verdict: 0,
      reader: 0,
      link: 0,
      queue: 0,
      storage: 0,
      clock: 0,
      configuration: 0,
      began: 0,
    }),
    works: say("works"),
    worksNot: say("works-not"),
    revised: say("revised"),
    clock: { agrees: say("clock-agrees"), ahead: (duration: string) => say("clock-ahead", { duration }), behind: (duration: string) => say("clock-behind", { duration }) },
    taken: say("taken"),
    takenNot: say("taken-not"),

    audit: {
      ...each<AuditState>("audit", { unknown: 0, done: 0, failed: 0, undone: 0 }),
      none: say("audit-none"),
      number: (number: string) => say("audit-number", { number }),
      record: (number: string) => say("audit-record", { number }),
      broken: (number: string) => say("audit-broken", { number }),
    },
    keyboard: each("keyboard", { open: 0, hide: 0, title: 0, shift: 0, backspace: 0, space: 0, letters: 0, symbols: 0, more: 0 }),
  };
}

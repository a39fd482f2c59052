// Sample records of the staff desk for the gallery: every kind of failure, long and right-to-left names, a million rows.
import type {
  AuditPage,
  Charts,
  DeskProblem,
  FailureBlock,
  FailureDetail,
  FailureRow,
  Happened,
  Health,
  HealthKind,
  HealthState,
  MemberView,
  Preparation,
} from "../bindings/staff_desk";
import { BLOCK } from "../staff-desk/blocks";

const minutesAgo = (minutes: number): string => new Date(Date.parse("2026-03-06T09:41:00Z") - minutes * 60_000).toISOString();
export const longName = "Maximiliane-Charlotte Freifrau von Hohenstein-Oberwallenburg zu Donaudampfschifffahrtsgesellschaft";

const blank: FailureRow = {
  key: { kind: "record", id: 0 },
  kind: "failed_checkin",
  attempted_at: null,
  attempted_local: null,
  coworker: null,
  member: null,
  location: null,
  source: 4,
  mac_addresses: null,
  teams: null,
  tariff: null,
  description: null,
  tile: null,
  created_at: null,
  updated_at: null,
};

const people: [number, string, string | null][] = [
  [1337, "Ada Lovelace", "Hot desk 10"],
  [1338, "Grace Hopper", "Resident"],
  [1339, longName, "Part time"],
  [1340, "ليلى حسن العبدالله", "Hot desk 10"],
  [1341, "山田 花子", null],
  [1342, "Zoë Ångström-Nuñez", "Day pass only, five visits a month, evenings and weekends"],
];
const reasons = [
  "No pass covers this visit.",
  "Your last pass ended on 1 March 2026.",
  "",
  "You have used 5 of 5 check-ins this week. <b>Ask the desk</b> & renew.",
  "This account is not active.",
  "The space is full at the moment. ".repeat(12).trim(),
];

/** The record of this place in a list without end; the same each time. */
export function recordAt(place: number): FailureRow {
  const at = minutesAgo(3 + place * 17);
  const common = { ...blank, key: { kind: "record" as const, id: 2_000_000 - place }, attempted_at: at, attempted_local: at.slice(0, 19), created_at: at, updated_at: at };
  if (place % 7 === 3) return { ...common, description: "The tile is not known.", tile: "…B2C3" };
  const [coworker, member, tariff] = people[(place * 5) % people.length] ?? [1, "Ada", null];
  return { ...common, coworker, member, tariff, source: [4, 2, 1, 3, 5, 0, 9][place % 7] ?? 4, description: reasons[place % reasons.length] ?? "" };
}

export const localRows: FailureRow[] = [
  { ...blank, key: { kind: "tap", entry: "01J-needs" }, kind: "needs_staff", attempted_at: minutesAgo(1), attempted_local: "2026-03-06T09:40:00", coworker: 1338, member: "Grace Hopper", description: "The service could not say whether the check-in was opened." },
  { ...blank, key: { kind: "tap", entry: "01J-unusable" }, kind: "unusable_tile", attempted_at: minutesAgo(2), attempted_local: "2026-03-06T09:39:00", source: null },
];

/** One block of so many records; what the kiosk alone knows stands in the first. */
export function blockOf(block: number, records: number, more: Partial<FailureBlock> = {}): FailureBlock {
  const count = Math.max(0, Math.min(BLOCK, records - block * BLOCK));
  const rows = Array.from({ length: count }, (_, place) => recordAt(block * BLOCK + place));
  return {
    block,
    rows: block === 0 && records > 0 ? [...localRows, ...rows] : rows,
    records,
    local: records > 0 ? localRows.length : 0,
    hidden: 0,
    unreadable: 0,
    at: minutesAgo(0),
    problem: null,
    ...more,
  };
}

export const offline: DeskProblem = { kind: "unreachable", detail: "dns error: failed to look up address information" };

export const ada: MemberView = {
  coworker: 1337,
  name: "Ada Lovelace",
  plan: "Hot desk 10",
  teams: "Analytical Engines",
  active: true,
  archived: false,
  access_card: "…0A1B",
  key_fob: null,
};
export const members: MemberView[] = [
  ada,
  { ...ada, coworker: 1339, name: longName, teams: null, access_card: null },
  { ...ada, coworker: 1340, name: "ليلى حسن العبدالله", plan: null, active: false },
];

export function detailOf(row: FailureRow): FailureDetail {
  const recorded = Object.entries({
    Id: row.key.kind === "record" ? String(row.key.id) : null,
    CheckinAttemptTime: row.attempted_at,
    CoworkerId: row.coworker === null ? null : String(row.coworker),
    Description: row.description,
    Source: row.source === null ? null : String(row.source),
    MacAddresses: null,
    UniqueId: "7b0f1c1e-5a0e-4a55-9f0e-1f7f5e8f3b21",
  }).map(([name, value]) => ({ name, value }));
  const tap = row.key.kind === "tap" || row.tile !== null ? { entry: row.key.kind === "tap" ? row.key.entry : "01J-tap", tile: row.tile, at: row.attempted_at ?? "" } : null;
  if (row.coworker === null) {
    return {
      row,
      recorded,
      member: { state: "nothing" },
      passes: { state: "nothing" },
      open_checkins: { state: "nothing" },
      readings: row.kind === "unusable_tile" ? [{ kind: "unusable_tile" }] : [{ kind: "unknown_tile" }, { kind: "repeated", times: 3 }],
      tap,
      offers: [
        { act: "link_tile", lacking: null },
        { act: "check_in", lacking: null },
        { act: "correct", lacking: "FailedCheckin-Edit" },
        ...(row.key.kind === "tap" ? [{ act: "dismiss" as const, lacking: null }] : []),
      ],
    };
  }
  return {
    row,
    recorded,
    member: { state: "known", value: { ...ada, coworker: row.coworker, name: row.member ?? "", plan: row.tariff } },
    passes: {
      state: "known",
      value: [
        { name: "Day pass", valid: false, remaining_uses: 0, total_uses: 10, expires: minutesAgo(7 * 1440), used: true, cancelled: null, pay_as_you_go: false, here: true },
        { name: "Evening pass", valid: false, remaining_uses: 3, total_uses: null, expires: "2026-04-01T00:00:00Z", used: false, cancelled: null, pay_as_you_go: false, here: false },
        { name: null, valid: true, remaining_uses: null, total_uses: null, expires: null, used: false, cancelled: null, pay_as_you_go: true, here: true },
      ],
    },
    open_checkins: { state: "known", value: [{ checkin: 9001, since: minutesAgo(810), source: 1 }] },
    readings: [{ kind: "passes_used_up", at: minutesAgo(2000) }, { kind: "pass_valid_now", name: "Day pass" }, { kind: "already_in", since: minutesAgo(810) }],
    tap,
    offers: [
      ...(row.key.kind === "tap" ? [{ act: "retry" as const, lacking: null }, { act: "dismiss" as const, lacking: null }] : []),
      { act: "check_in", lacking: null },
      { act: "close_checkin", lacking: null },
      { act: "correct", lacking: "FailedCheckin-Edit" },
    ],
  };
}

export const preparation: Preparation = {
  plan: 7,
  act: "check_in",
  member: ada,
  changes: [
    { property: "CoworkerId", before: null, after: "1337" },
    { property: "FromTime", before: null, after: "2026-03-06T09:41:00Z" },
    { property: "Source", before: null, after: "1" },
  ],
  warnings: [{ kind: "may_be_charged" }, { kind: "tap_waits" }],
  possible: true,
  undoable: true,
};

const hours = (peak: number): number[] => Array.from({ length: 24 }, (_, hour) => (hour < 7 || hour > 21 ? 0 : Math.max(0, Math.round(peak * Math.exp(-((hour - 9) ** 2) / 9) + peak * 0.4 * Math.exp(-((hour - 14) ** 2) / 4)))));

export const charts: Charts = {
  from: "2026-02-28",
  to: "2026-03-06",
  failures_by_reason: [
    { reason: "No pass covers this visit.", count: 48 },
    { reason: "Your last pass ended on 1 March 2026.", count: 21 },
    { reason: null, count: 9 },
    { reason: reasons[5] ?? "", count: 4 },
    { reason: "انتهت صلاحية البطاقة", count: 2 },
  ],
  failures_by_hour: hours(14),
  arrivals_by_hour: hours(120),
  checkins_by_source: [
    { source: null, count: 2 },
    { source: 1, count: 31 },
    { source: 4, count: 1204 },
    { source: 9, count: 3 },
  ],
  unknown_tiles_by_day: ["2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"].map((day, index) => ({ day, count: [0, 0, 5, 2, 3, 1, 4][index] ?? 0 })),
  present: people.map(([coworker, name], index) => ({ coworker, name: index === 4 ? null : name, checkin: 9000 + index, since: minutesAgo(240 - index * 31), source: 4 })),
  failures: { counted: 84, of: 84 },
  checkins: { counted: 1240, of: 5200 },
};

const check = (what: HealthKind, state: HealthState, figure: number | null = null, moment: string | null = null, detail: string | null = null) => ({ what, state, figure, moment, detail });

export const health: Health = {
  at: minutesAgo(0),
  began: minutesAgo(3 * 1440),
  checks: [
    check("reader", "good", null, null, "ACS / ACR122U PICC Interface"),
    check("link", "good"),
    check("sign_in", "attention", 6, "2026-03-12T10:00:00Z"),
    check("clock", "good", 0),
    check("queue", "problem", 12, minutesAgo(95)),
    check("needs_staff", "attention", 2),
    check("storage", "good"),
    check("budget", "good", 34),
    check("configuration", "attention", 17, null, "tapdesk.toml:12: unknown key `kiosk.colour`"),
    check("rights", "problem", null, null, "Checkin-Edit, FailedCheckin-Edit"),
    check("update", "attention", null, "2026-03-07T03:00:00Z", "0.2.0"),
    check("fleet", "attention", 41, minutesAgo(4), "the published file does not fit its signature: it was uploaded by half, or changed after it was signed"),
  ],
  latencies: (["reader", "engine", "service", "paint", "whole"] as const).map((part, index) => {
    const base = [900, 2_400, 180_000, 16_000, 201_000][index] ?? 1000;
    return { part, count: 412, p50_us: base, p95_us: base * 2, p99_us: base * 3, max_us: base * 9 };
  }),
  versions: [
    { name: "tapdesk", version: "0.1.0" },
    { name: "WebKitGTK", version: "2.50.6" },
  ],
  configuration: [
    { key: "tap.repeat_window_s", value: "5", origin: "" },
    { key: "kiosk.language", value: '"en"', origin: "/etc/tapdesk/tapdesk.toml" },
  ],
};

/** The same kiosk, after an update that did not start. */
export const healthAfterUpdate: Health = {
  ...health,
  checks: health.checks.map((one) => (one.what === "update" ? check("update", "problem", null, null, "0.2.0 did not start within 60 s; 0.1.0 runs again") : one)),
};

export const happened: Happened[] = [
  { number: 90, at: minutesAgo(1), kind: "verdict", entry: "01J-b", verdict: "refused", coworker: 1337, revised: true },
  { number: 89, at: minutesAgo(1), kind: "acknowledged", entry: "01J-b", tile: "…0A1B" },
  { number: 88, at: minutesAgo(20), kind: "link", state: "online", detail: null },
  { number: 87, at: minutesAgo(24), kind: "link", state: "offline", detail: "connection refused" },
  { number: 86, at: minutesAgo(24), kind: "queue", waiting: 3, needs_staff: 1 },
  { number: 85, at: minutesAgo(41), kind: "reader", works: true, detail: "ACS / ACR122U PICC Interface" },
  { number: 84, at: minutesAgo(42), kind: "clock", ahead_s: -3 },
  { number: 83, at: minutesAgo(42), kind: "configuration", taken: false, detail: "unknown key" },
  { number: 82, at: minutesAgo(43), kind: "storage", works: true, detail: null },
  { number: 81, at: minutesAgo(44), kind: "began" },
];

export const audit: AuditPage = {
  lines: [
    { number: 12, at: minutesAgo(2), act: "check_in", coworker: 1337, record: 9010, entry: null, state: "done", note: "Forgot the tile, came with a colleague", undoable: true },
    { number: 11, at: minutesAgo(9), act: "link_tile", coworker: 1340, record: null, entry: "01J-tap", state: "unknown", note: "", undoable: false },
    { number: 10, at: minutesAgo(30), act: "dismiss", coworker: null, record: null, entry: "01J-old", state: "done", note: "بطاقة قديمة", undoable: false },
    { number: 9, at: minutesAgo(1500), act: "close_checkin", coworker: 1338, record: 8999, entry: null, state: "undone", note: "", undoable: false },
    { number: 8, at: minutesAgo(1600), act: "correct", coworker: 1338, record: 2_000_001, entry: null, state: "failed", note: "", undoable: false },
  ],
  more: true,
  broken_at: null,
};

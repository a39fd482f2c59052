// Sample views of the staff desk for the gallery: every tab in every state, and how far a hand has gone in it.
import type { DeskView } from "../bindings/staff_desk";
import type { Desk } from "../staff-desk/desk";
import { keyText } from "../staff-desk/present";
import { audit, blockOf, charts, detailOf, happened, health, healthAfterUpdate, localRows, longName, members, offline, preparation, recordAt } from "./desk-samples";

export type DeskSample = {
  view: DeskView;
  desk: Desk;
  tab: "failures" | "overview" | "health" | "log";
  /** What is pressed in turn, by CSS selector. */
  presses: string[];
};

export const deskView: DeskView = {
  revision: 1,
  location: "Harbour Works",
  time_zone: "Europe/London",
  language: "en",
  idle_lock_s: 120,
  failures: 1,
  link: "online",
  waiting: 0,
  needs_staff: 1,
  told: { entry: "01J-b", kind: "checked_in", member: "Ada", at: "2026-03-06T09:40:00Z" },
  lacking: [],
  ends_kiosk: false,
};

/** A desk over sample records; `records` is how many the list has. */
export function sampleDesk(records = 120, more: Partial<Desk> = {}): Desk {
  const rows = [...localRows, ...Array.from({ length: 50 }, (_, place) => recordAt(place))];
  return {
    failures: (_query, block) => Promise.resolve(blockOf(block, records)),
    failure: (key) => Promise.resolve(detailOf(rows.find((row) => keyText(row.key) === keyText(key)) ?? recordAt(0))),
    members: (text) => Promise.resolve(text.startsWith("zz") ? [] : members),
    prepare: (act) => Promise.resolve({ ...preparation, act: act.act }),
    carryOut: () => Promise.resolve({ number: 13, checkin: 9011, stored_source: 1, undoable: true }),
    undo: () => Promise.resolve({ number: 14, checkin: null, stored_source: null, undoable: false }),
    audit: () => Promise.resolve(audit),
    charts: () => Promise.resolve(charts),
    health: () => Promise.resolve(health),
    events: () => Promise.resolve(happened),
    export: () => Promise.resolve({ path: "/var/lib/tapdesk/tapdesk-failures-2026-03-06.csv", rows: 120, of: 120 }),
    touch: () => Promise.resolve(),
    lock: () => Promise.resolve(),
    setUp: () => Promise.resolve(),
    endKiosk: () => Promise.resolve(),
    ...more,
  };
}

const sample = (more: Partial<DeskSample> = {}): DeskSample => ({ view: deskView, desk: sampleDesk(), tab: "failures", presses: [], ...more });
const never = (): Promise<never> => new Promise(() => undefined);
const known = '[data-testid=row][data-key="record-1999998"]';
const unknown = '[data-testid=row][data-key="record-1999997"]';
const local = '[data-testid=row][data-key="tap-01J-needs"]';
const confirming = [known, "[data-testid=act-check-in]", "[data-testid=look]"];
const prepared = (more: Partial<typeof preparation>) => sampleDesk(120, { prepare: () => Promise.resolve({ ...preparation, ...more }) });

export const desks: Record<string, DeskSample> = {
  desk_failures: sample(),
  desk_failures_offline: sample({
    view: { ...deskView, link: "offline", waiting: 3, told: { entry: "01J-c", kind: "saved", member: null, at: "2026-03-06T09:40:00Z" } },
    desk: sampleDesk(120, { failures: () => Promise.resolve(blockOf(0, 0, { rows: localRows, local: 2, problem: offline })) }),
  }),
  desk_failures_empty: sample({ view: { ...deskView, told: null, needs_staff: 0 }, desk: sampleDesk(0) }),
  desk_failures_waits: sample({ desk: sampleDesk(0, { failures: never }) }),
  desk_failures_broken: sample({ desk: sampleDesk(0, { failures: () => Promise.reject({ kind: "not_permitted", role: "FailedCheckin-List" }) }), view: { ...deskView, lacking: ["FailedCheckin-List", "Checkin-Edit"] } }),
  desk_failures_million: sample({ desk: sampleDesk(1_000_000, { failures: (_query, block) => Promise.resolve(blockOf(block, 1_000_000, { hidden: 3, unreadable: 1 })) }) }),
  desk_filters: sample({ presses: ["[data-testid=filters]"] }),
  desk_detail: sample({ presses: [known] }),
  desk_detail_unknown: sample({ presses: [unknown] }),
  desk_detail_kiosk: sample({ presses: [local] }),
  desk_detail_problem: sample({
    presses: [known],
    desk: sampleDesk(120, {
      failure: (key) => Promise.resolve({ ...detailOf(recordAt(2)), row: { ...recordAt(2), key }, passes: { state: "problem", problem: { kind: "not_permitted", role: "CoworkerTimePass-List" } } }),
    }),
  }),
  desk_act_check_in: sample({ presses: [known, "[data-testid=act-check-in]", "[data-testid=when-at]"] }),
  desk_act_link: sample({ presses: [unknown, "[data-testid=act-link-tile]"] }),
  desk_act_dismiss: sample({ presses: [local, "[data-testid=act-dismiss]"] }),
  desk_confirm: sample({ presses: confirming }),
  desk_confirm_taken: sample({ presses: confirming, desk: prepared({ possible: false, undoable: false, act: "link_tile", changes: [{ property: "AccessCardId", before: "…0A1B", after: "…B2C3" }], warnings: [{ kind: "tile_taken", coworker: 1339, name: longName }] }) }),
  desk_done: sample({ presses: [...confirming, "[data-testid=confirm]"] }),
  desk_outcome_unknown: sample({ presses: [...confirming, "[data-testid=confirm]"], desk: sampleDesk(120, { carryOut: () => Promise.reject({ kind: "unknown", detail: "operation timed out" }) }) }),
  desk_overview: sample({ tab: "overview" }),
  desk_overview_tables: sample({
    tab: "overview",
    presses: ["failures-by-reason", "failures-by-hour", "arrivals-by-hour", "checkins-by-source", "unknown-tiles-by-day"].map((id) => `[data-testid=toggle-${id}]`),
  }),
  desk_overview_empty: sample({
    tab: "overview",
    desk: sampleDesk(0, {
      charts: () =>
        Promise.resolve({ ...charts, failures_by_reason: [], failures_by_hour: Array<number>(24).fill(0), arrivals_by_hour: Array<number>(24).fill(0), checkins_by_source: [], unknown_tiles_by_day: [], present: [] }),
    }),
  }),
  desk_health: sample({ tab: "health" }),
  desk_health_ends: sample({ tab: "health", view: { ...deskView, ends_kiosk: true }, desk: sampleDesk(0, { health: () => Promise.resolve(healthAfterUpdate) }) }),
  desk_health_ends_problem: sample({
    tab: "health",
    view: { ...deskView, ends_kiosk: true },
    desk: sampleDesk(0, { endKiosk: () => Promise.reject({ kind: "ended" }) }),
    presses: ["[data-testid=end-kiosk]", "[data-testid=end-kiosk-yes]"],
  }),
  desk_end_kiosk: sample({ tab: "health", view: { ...deskView, ends_kiosk: true }, presses: ["[data-testid=end-kiosk]"] }),
  desk_health_problem: sample({ tab: "health", desk: sampleDesk(0, { health: () => Promise.reject({ kind: "ended" }) }) }),
  desk_log: sample({ tab: "log" }),
  desk_log_broken: sample({ tab: "log", desk: sampleDesk(0, { audit: () => Promise.resolve({ ...audit, broken_at: 9 }) }) }),
  desk_log_empty: sample({ tab: "log", desk: sampleDesk(0, { audit: () => Promise.resolve({ lines: [], more: false, broken_at: null }) }) }),
  desk_exported: sample({ presses: ["[data-testid=export]"] }),
  desk_set_up: sample({ presses: ["[data-testid=set-up]"] }),
  desk_long: sample({ view: { ...deskView, location: longName, told: { entry: "01J-d", kind: "unavailable", member: longName, at: "2026-03-06T09:40:00Z" }, waiting: 12_345, link: "signed_out" }, presses: ['[data-testid=row][data-key="record-1999999"]'] }),
};

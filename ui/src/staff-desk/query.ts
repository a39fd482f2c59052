// What the list is asked for: presets, filters, and how many of them are set.
import type { FailureOrder, FailureQuery, Span } from "../bindings/staff_desk";

export const emptyQuery: FailureQuery = {
  attempted: null,
  attempted_local: null,
  created: null,
  updated: null,
  coworker: null,
  member: "",
  location: "",
  source: null,
  mac_addresses: "",
  teams: "",
  tariff: "",
  description: "",
  unknown_tiles: false,
  order: "attempted",
  ascending: false,
};

export const presets = {
  today: { ...emptyQuery, attempted: { kind: "today" } },
  week: { ...emptyQuery, attempted: { kind: "week" } },
  unknown: { ...emptyQuery, attempted: { kind: "month" }, unknown_tiles: true },
  all: emptyQuery,
} satisfies Record<string, FailureQuery>;
export type Preset = keyof typeof presets;
export const presetNames = Object.keys(presets) as Preset[];

/** What a desk starts with: the week shows a pattern, where a day shows a case. */
export const startingPreset: Preset = "week";

export const orders: FailureOrder[] = ["attempted", "created", "updated", "member", "location", "source", "tariff", "teams", "description"];

/** Times and numbers start with the greatest, texts with A. */
const startsAscending = (order: FailureOrder): boolean => !["attempted", "created", "updated", "source"].includes(order);

/** The order that a press on a column's name asks for. */
export function reordered(query: FailureQuery, order: FailureOrder): FailureQuery {
  return { ...query, order, ascending: query.order === order ? !query.ascending : startsAscending(order) };
}

const sameQuery = (one: FailureQuery, other: FailureQuery): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether a preset holds, whatever the order. */
export function isPreset(query: FailureQuery, preset: FailureQuery): boolean {
  return sameQuery({ ...query, order: "attempted", ascending: false }, preset);
}

export function filtersSet(query: FailureQuery): number {
  const { order: _order, ascending: _ascending, ...filters } = query;
  return Object.values(filters).filter((value) => value !== null && value !== "" && value !== false).length;
}

export type SpanKind = Span["kind"];

/** A span as its fields say it: minutes of the location's clock, "2026-03-06T09:14", either open. Null where they say nothing. */
export function spanOf(kind: SpanKind | "any", from: string | null, to: string | null): Span | null {
  switch (kind) {
    case "any":
      return null;
    case "today":
    case "week":
    case "month":
      return { kind };
    case "days": {
      const [first, last] = [from ?? to, to ?? from];
      return first === null || last === null ? null : { kind, from: first.slice(0, 10), to: last.slice(0, 10) };
    }
    case "between":
      if (from === null && to === null) return null;
      // Both ends count: the last minute to its end.
      return { kind, from: from === null ? null : `${from}:00`, to: to === null ? null : `${to}:59` };
  }
}

// The five counts of a span, each as a name and its rows: chart, table and file are made of the same rows.
import type { Charts } from "../../bindings/staff_desk";
import { presentSource, type Saying } from "../present";

type FigureName = "failures_by_reason" | "failures_by_hour" | "arrivals_by_hour" | "checkins_by_source" | "unknown_tiles_by_day";

export type Figure = {
  name: FigureName;
  title: string;
  /** What the rows are: a reason, an hour, … */
  of: string;
  rows: { label: string; count: number }[];
  /** Bars beside each other where there is an order of time; else below each other, where words have room. */
  lying: boolean;
  /** Where not all were counted. */
  partly: string | null;
};

export function figuresOf(charts: Charts, saying: Saying): Figure[] {
  const { words, formats } = saying;
  const byHour = (counts: number[]): Figure["rows"] => counts.map((count, hour) => ({ label: formats.hour(hour), count }));
  const partly = ({ counted, of }: Charts["failures"]): string | null =>
    counted < of ? words.counted(formats.count(counted), formats.count(of)) : null;
  const failures = partly(charts.failures);
  const checkins = partly(charts.checkins);
  const figure = (name: FigureName, of: string, rows: Figure["rows"], lying: boolean, cut: string | null): Figure => ({
    name,
    title: words.chart[name],
    of,
    rows,
    lying,
    partly: cut,
  });
  return [
    figure(
      "failures_by_reason",
      words.field.description,
      charts.failures_by_reason.map(({ reason, count }) => ({ label: reason?.trim() || words.noReason, count })),
      true,
      failures,
    ),
    figure("failures_by_hour", words.hour, byHour(charts.failures_by_hour), false, failures),
    figure("arrivals_by_hour", words.hour, byHour(charts.arrivals_by_hour), false, checkins),
    figure(
      "checkins_by_source",
      words.field.source,
      charts.checkins_by_source.map(({ source, count }) => ({ label: source === null ? (words.sources[0] ?? "") : presentSource(source, saying), count })),
      true,
      checkins,
    ),
    figure(
      "unknown_tiles_by_day",
      words.day,
      charts.unknown_tiles_by_day.map(({ day, count }) => ({ label: formats.day(day), count })),
      false,
      failures,
    ),
  ];
}

/** So many bars can be read below each other; the table has them all. */
export const MOST_BARS = 10;

/** For the file's name: lower case and dashes. */
export const fileName = (name: string): string => name.replaceAll("_", "-");

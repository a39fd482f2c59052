// Times, dates, spans and numbers in the kiosk's language and the location's time zone.
import { formatsIn } from "../shared/time-zone";
import type { Words } from "../words/words";

export type Formats = ReturnType<typeof createFormats>;

/** `timeZone` null, or one this machine does not know, means the machine's own. */
export function createFormats(locale: string, timeZone: string | null, words: Words) {
  const inZone = formatsIn(timeZone);
  const within = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => inZone(locale, options);

  const hourAndMinute = { hour: "2-digit", minute: "2-digit" } as const;
  const time = within(hourAndMinute);
  const timeOfDay = within({ weekday: "short", ...hourAndMinute });
  const timeOfDate = within({ day: "numeric", month: "short", ...hourAndMinute });
  const longDate = within({ weekday: "long", day: "numeric", month: "long" });
  const dayKey = within({ year: "numeric", month: "numeric", day: "numeric" });
  const integer = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent" });

  const sameDay = (one: Date, other: Date): boolean => dayKey.format(one) === dayKey.format(other);

  return {
    /** The clock: digits, and "am"/"pm" apart where the language has it. */
    clock(now: Date): { digits: string; period: string | null } {
      const parts = time.formatToParts(now);
      const period = parts.find((part) => part.type === "dayPeriod")?.value ?? null;
      const digits = parts
        .filter((part) => part.type !== "dayPeriod")
        .map((part) => part.value)
        .join("")
        .trim();
      return { digits, period };
    },

    date: (now: Date): string => longDate.format(now),

    /** A time, with its day when that is not the day of `reference`. */
    moment(instant: string, reference: Date): string {
      const date = new Date(instant);
      if (Number.isNaN(date.getTime())) return instant;
      if (sameDay(date, reference)) return time.format(date);
      const daysApart = Math.abs(reference.getTime() - date.getTime()) / 86_400_000;
      return (daysApart < 6 ? timeOfDay : timeOfDate).format(date);
    },

    /** From a start for so many minutes, as two times; null when the start cannot be read. */
    range(start: string, minutes: number): string | null {
      const from = new Date(start);
      const to = new Date(from.getTime() + Math.max(0, minutes) * 60_000);
      if (Number.isNaN(to.getTime())) return null;
      return (sameDay(from, to) ? time : timeOfDay).formatRange(from, to);
    },

    /** How long, such as "1 h 20 min". */
    duration(minutes: number): string {
      const whole = Number.isFinite(minutes) ? Math.max(0, Math.floor(minutes)) : 0;
      const hours = Math.floor(whole / 60);
      const rest = whole % 60;
      if (whole === 0) return words.duration.none;
      if (hours === 0) return words.duration.minutes(rest, integer.format(rest));
      if (rest === 0) return words.duration.hours(hours, integer.format(hours));
      return words.duration.hoursAndMinutes(hours, integer.format(hours), rest, integer.format(rest));
    },

    count: (value: number): string => integer.format(value),

    /** A share of a hundred, such as "150%". */
    /** A sum; null where number or currency cannot be read. */
    money(amount: string | null, currency: string | null): string | null {
      if (amount === null || currency === null || !Number.isFinite(Number(amount))) return null;
      try {
        return new Intl.NumberFormat(locale, { style: "currency", currency }).format(Number(amount));
      } catch {
        return null;
      }
    },

    percent: (value: number): string => percent.format(value / 100),
  };
}

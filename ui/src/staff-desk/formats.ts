// Times, dates, durations and numbers of the desk: in the kiosk's language and the location's time zone.
import { formatsIn } from "../shared/time-zone";

export type DeskFormats = ReturnType<typeof deskFormats>;

/** `timeZone` null, or one this machine does not know, means the machine's own. */
export function deskFormats(locale: string, timeZone: string | null) {
  const inZone = formatsIn(timeZone);
  const within = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => inZone(locale, options);
  const ofWallClock = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });

  const hourAndMinute = { hour: "2-digit", minute: "2-digit" } as const;
  const dayAndMonth = { day: "numeric", month: "short" } as const;
  const time = within(hourAndMinute);
  const exactTime = within({ ...hourAndMinute, second: "2-digit" });
  const nearDate = within({ ...dayAndMonth, ...hourAndMinute });
  const farDate = within({ ...dayAndMonth, year: "numeric", ...hourAndMinute });
  const year = within({ year: "numeric" });
  const wholeDate = within({ weekday: "short", ...dayAndMonth, year: "numeric", ...hourAndMinute, second: "2-digit" });
  const wallClock = ofWallClock({ ...dayAndMonth, year: "numeric", ...hourAndMinute });
  const wallDay = ofWallClock({ weekday: "short", ...dayAndMonth });
  const wallHour = ofWallClock(hourAndMinute);
  // Latin digits in ISO order, for what goes back to the shell.
  const iso = inZone("en-CA-u-nu-latn", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    ...hourAndMinute,
    second: "2-digit",
    hourCycle: "h23",
  });
  const integer = new Intl.NumberFormat(locale);
  const ungrouped = new Intl.NumberFormat(locale, { useGrouping: false });
  const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const milliseconds = new Intl.NumberFormat(locale, { style: "unit", unit: "millisecond", unitDisplay: "short", maximumFractionDigits: 1 });
  const unit = (name: string): Intl.NumberFormat => new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" });
  const units = { day: unit("day"), hour: unit("hour"), minute: unit("minute"), second: unit("second") };
  const together = new Intl.ListFormat(locale, { type: "unit", style: "narrow" });

  /** The parts of the location's clock: "2026-03-06T09:14:05". */
  const wallClockOf = (instant: Date): string => {
    const part = Object.fromEntries(iso.formatToParts(instant).map(({ type, value }) => [type, value]));
    return `${part["year"]}-${part["month"]}-${part["day"]}T${part["hour"]}:${part["minute"]}:${part["second"]}`;
  };

  return {
    clock: (now: Date): string => time.format(now),
    exactTime: (instant: string): string => shown(instant, exactTime),
    /** A time; with its date where that is another day than that of `now`. */
    moment(instant: string, now: Date): string {
      const date = new Date(instant);
      if (Number.isNaN(date.getTime())) return instant;
      if (wallClockOf(date).slice(0, 10) === wallClockOf(now).slice(0, 10)) return time.format(date);
      return (year.format(date) === year.format(now) ? nearDate : farDate).format(date);
    },
    whole: (instant: string): string => shown(instant, wholeDate),
    /** What a clock on the wall showed, such as "2026-03-06T09:14:05", whatever the zone. */
    wallClock: (naive: string): string => shown(`${naive}Z`, wallClock, naive),
    day: (date: string): string => shown(`${date}T00:00:00Z`, wallDay, date),
    hour: (hour: number): string => wallHour.format(new Date(Date.UTC(2000, 0, 1, hour))),
    minute: (minute: number): string => twoDigits.format(minute),
    /** The location's day, "2026-03-06". */
    today: (now: Date): string => wallClockOf(now).slice(0, 10),
    timeOfDay: (now: Date): string => wallClockOf(now).slice(11, 16),
    /** What instant it is when the location's clock shows this, "2026-03-06T09:14"; null for what is no time. */
    instant(naive: string): string | null {
      const wanted = Date.parse(`${naive}Z`);
      if (Number.isNaN(wanted)) return null;
      let guess = wanted;
      // Twice: the first guess may lie on the other side of a change of the clocks.
      for (let round = 0; round < 2; round += 1) guess += wanted - Date.parse(`${wallClockOf(new Date(guess))}Z`);
      return new Date(guess).toISOString();
    },
    count: (value: number): string => integer.format(value),
    /** A number that names something: no thousands are set apart. */
    plainNumber: (value: number): string => ungrouped.format(value),
    percent: (value: number): string => percent.format(value / 100),
    milliseconds: (microseconds: number): string => milliseconds.format(microseconds / 1000),
    days: (value: number): string => units.day.format(value),
    duration(seconds: number): string {
      const whole = Math.max(0, Math.round(seconds));
      if (whole < 60) return units.second.format(whole);
      const [days, hours, minutes] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60];
      const parts = [
        days > 0 ? units.day.format(days) : "",
        hours > 0 ? units.hour.format(hours) : "",
        minutes > 0 && days === 0 ? units.minute.format(minutes) : "",
      ];
      return together.format(parts.filter((part) => part !== ""));
    },
  };
}

function shown(instant: string, format: Intl.DateTimeFormat, otherwise = instant): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? otherwise : format.format(date);
}

// Turns the desk's codes into the words that are shown.
import type { FailureDetail, FailureKey, FailureRow, Happening, HealthCheck, HealthState, PassView, Reading, Told, Warning } from "../bindings/staff_desk";
import { looks, type MarkShape } from "../present/verdict";
import type { Tone } from "../present/status";
import type { VerdictKind } from "../words/words";
import type { StaffDeskWords } from "../words/staff-desk";
import type { DeskFormats } from "./formats";

/** What saying something takes: of the room, as a rule. */
export type Saying = { words: StaffDeskWords; formats: DeskFormats; now: Date };

export const keyText = (key: FailureKey): string => (key.kind === "record" ? `record-${key.id}` : `tap-${key.entry}`);

export function presentSource(source: number | null, { words, formats }: Saying): string {
  if (source === null) return "";
  return words.sources[source] ?? words.sourceOther(formats.plainNumber(source));
}

/** The member; or the tile, where nobody is known. */
export function presentWho(row: FailureRow, { words, formats }: Saying): string {
  if (row.member !== null && row.member.trim() !== "") return row.member;
  if (row.coworker !== null) return words.memberNumber(formats.plainNumber(row.coworker));
  return row.tile === null ? words.nobody : words.tile(row.tile);
}

/** Texts of the service are shown as they came: nothing in them is read as markup. */
export const presentReason = (row: FailureRow, { words }: Saying): string => {
  const said = row.description?.trim() ?? "";
  if (said !== "") return said;
  return row.kind === "failed_checkin" ? words.noReason : words.kind[row.kind];
};

export const isLocal = (row: FailureRow): boolean => row.key.kind === "tap";

export function presentReading(reading: Reading, saying: Saying): string {
  const { words, formats, now } = saying;
  const say = words.reading;
  const time = (at: string): string => formats.moment(at, now);
  switch (reading.kind) {
    case "tile_linked_since":
      return say.tile_linked_since(reading.name);
    case "changed_since":
      return say.changed_since(time(reading.at));
    case "no_pass":
      return say.no_pass(reading.plan);
    case "passes_used_up":
      return say.passes_used_up(reading.at === null ? null : time(reading.at));
    case "passes_expired":
      return say.passes_expired(time(reading.at));
    case "pass_valid_now":
      return say.pass_valid_now(reading.name);
    case "plan_changed":
      return say.plan_changed(reading.then, reading.now ?? words.none);
    case "already_in":
      return say.already_in(time(reading.since));
    case "came_in_since":
      return say.came_in_since(time(reading.at));
    case "repeated":
      return say.repeated(reading.times, formats.count(reading.times));
    default:
      return say[reading.kind];
  }
}

export function presentWarning(warning: Warning, { words, formats, now }: Saying): string {
  switch (warning.kind) {
    case "already_in":
      return words.warning.already_in(formats.moment(warning.since, now));
    case "tile_taken":
      return words.warning.tile_taken(warning.name);
    case "already_closed":
      return words.warning.already_closed(formats.moment(warning.at, now));
    default:
      return words.warning[warning.kind];
  }
}

/** What would be written, readable: instants by the location's clock, sources by their name; all else as it is. */
export function presentValue(property: string, value: string, saying: Saying): string {
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value)) return saying.formats.whole(value);
  if (property === "Source" && /^\d+$/.test(value)) return `${value} (${presentSource(Number(value), saying)})`;
  return value;
}

/** How a pass stands, in one or two words. */
export function presentPassState(pass: PassView, { words, now }: Saying): string {
  if (pass.valid) return words.pass.valid;
  if (pass.cancelled !== null) return words.pass.cancelled;
  if (pass.used || pass.remaining_uses === 0) return words.pass.used;
  if (pass.expires !== null && new Date(pass.expires) < now) return words.pass.expired;
  return pass.here ? words.pass.other : words.pass.elsewhere;
}

export function presentPass(pass: PassView, saying: Saying): string[] {
  const { words, formats, now } = saying;
  const lines: string[] = [];
  if (pass.remaining_uses !== null) {
    lines.push(words.pass.uses(formats.count(pass.remaining_uses), pass.total_uses === null ? null : formats.count(pass.total_uses)));
  }
  if (pass.expires !== null) lines.push(words.until(formats.moment(pass.expires, now)));
  if (pass.pay_as_you_go) lines.push(words.pass.pay_as_you_go);
  if (!pass.here && presentPassState(pass, saying) !== words.pass.elsewhere) lines.push(words.pass.elsewhere);
  return lines;
}

/** The verdict of a tap by its code; one that this page does not know is shown as it is. */
export function presentVerdictKind(kind: string, words: StaffDeskWords): string {
  return kind in words.verdict ? words.verdict[kind as VerdictKind] : kind;
}

export const markOf = (told: Told): MarkShape => (told.kind in looks ? looks[told.kind as VerdictKind].shape : "square_pause");

export const toneOf: Record<HealthState, Tone> = { good: "good", attention: "held", problem: "attention" };

/** The figure of a check, in the unit of its kind; null where it has none. */
export function presentFigure(check: HealthCheck, { words, formats }: Saying): string | null {
  if (check.figure === null) return null;
  switch (check.what) {
    case "sign_in":
      return formats.days(check.figure);
    case "clock":
      return presentAhead(check.figure, words, formats);
    case "budget":
      return formats.percent(check.figure);
    case "configuration":
    case "fleet":
      return words.figureVersion(formats.plainNumber(check.figure));
    default:
      return formats.count(check.figure);
  }
}

/** How a check stands, and what to do. An update that no time is set for waits for somebody to install it. */
export function presentCheck({ what, state, moment }: HealthCheck, { words }: Saying): string {
  const waits = what === "update" && state === "attention" && moment === null;
  return waits ? words.update.byHand : words.health[what].state[state];
}

/** Of the sign-in the moment is its end, of an update when it is installed, of the fleet's file the last look; of all else,
 * since when. */
export function presentMoment(check: HealthCheck, { words, formats, now }: Saying): string | null {
  if (check.moment === null) return null;
  const at = formats.moment(check.moment, now);
  switch (check.what) {
    case "sign_in":
      return words.until(at);
    case "update":
      return words.update.when(at);
    case "fleet":
      return words.fleetLooked(at);
    default:
      return words.since(at);
  }
}

function presentAhead(seconds: number | null, words: StaffDeskWords, formats: DeskFormats): string {
  if (seconds === null || seconds === 0) return words.clock.agrees;
  const duration = formats.duration(Math.abs(seconds));
  return seconds > 0 ? words.clock.ahead(duration) : words.clock.behind(duration);
}

/** What happened, after its kind. */
export function presentHappening(happening: Happening, { words, formats }: Omit<Saying, "now">): string {
  const parts: (string | null)[] = ((): (string | null)[] => {
    switch (happening.kind) {
      case "acknowledged":
        return [happening.tile === null ? null : words.tile(happening.tile)];
      case "verdict":
        return [
          presentVerdictKind(happening.verdict, words),
          happening.coworker === null ? null : words.memberNumber(formats.plainNumber(happening.coworker)),
          happening.revised ? words.revised : null,
        ];
      case "reader":
      case "storage":
        return [happening.works ? words.works : words.worksNot, happening.detail];
      case "link":
        return [words.link[happening.state], happening.detail];
      case "queue":
        return [
          words.waiting(happening.waiting, formats.count(happening.waiting)),
          words.needsStaff(happening.needs_staff, formats.count(happening.needs_staff)),
        ];
      case "clock":
        return [presentAhead(happening.ahead_s, words, formats)];
      case "configuration":
        return [happening.taken ? words.taken : words.takenNot, happening.detail];
      case "began":
        return [];
    }
  })();
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}

/** What is told of one attempt besides who and why. */
export function presentFacts(detail: FailureDetail, saying: Saying): [name: string, value: string][] {
  const { row } = detail;
  const { words, formats } = saying;
  const facts: [string, string | null][] = [
    [words.field.attempted, row.attempted_at === null ? null : formats.whole(row.attempted_at)],
    [words.field.attempted_local, row.attempted_local === null ? null : formats.wallClock(row.attempted_local)],
    [words.field.source, presentSource(row.source, saying)],
    [words.field.location, row.location],
    [words.field.tariff, row.tariff],
    [words.field.teams, row.teams],
    [words.field.mac_addresses, row.mac_addresses],
    [words.field.tile, row.tile ?? detail.tap?.tile ?? null],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== "");
}

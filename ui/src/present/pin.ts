// What the keys of the pad do, and how long a lock still lasts.
import type { FoundMember, PinResult } from "../bindings/door";

/** The ways from the pad to the desk. */
export type PadDoor = {
  enterPin: (pin: string, member: string | null) => Promise<PinResult>;
  enterStaffPin: (pin: string) => Promise<PinResult>;
  findMembers: (name: string) => Promise<FoundMember[]>;
};

/** No PIN has fewer digits, whatever the operator set. */
export const leastDigits = 4;
export const leastStaffDigits = 6;
export const mostDigits = 12;
/** A pad that nobody touches for so long closes. */
export const abandonedAfterMs = 15_000;

export type Key = { digit: number } | "backspace" | "clear";

/** The keys as on a telephone; `null` is where enter stands. */
export const layout: (Key | null)[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({ digit })),
  "backspace",
  { digit: 0 },
  null,
];

/** The PIN after this key. */
export function pressed(pin: string, key: Key): string {
  if (key === "clear") return "";
  if (key === "backspace") return pin.slice(0, -1);
  return pin.length < mostDigits ? pin + String(key.digit) : pin;
}

/** The digit of a keyboard's key, whatever script the keyboard writes. */
export function digitOf(event: { key: string; code: string }): number | null {
  const found = /^(\d)$/.exec(event.key) ?? /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  return found === null ? null : Number(found[1]);
}

/** Minutes until a lock ends, of which half a one is "less than a minute"; null where there is none. */
export function minutesLocked(lockedUntil: string | null, now: Date): number | null {
  if (lockedUntil === null) return null;
  const left = new Date(lockedUntil).getTime() - now.getTime();
  const minutes = Number.isNaN(left) ? 0 : left / 60_000;
  return minutes < 1 ? Math.max(0, minutes) : Math.ceil(minutes);
}

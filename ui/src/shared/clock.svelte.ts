// The time, renewed at each full minute and not in between: an idle kiosk must rest.

const MINUTE_MS = 60_000;

export class MinuteClock {
  now = $state.raw(new Date());

  /** Keeps `now` at the minute; returns a function that ends it. */
  run(): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const renew = (): void => {
      clearTimeout(timer);
      this.now = new Date();
      timer = setTimeout(renew, untilNextMinute(Date.now()));
    };
    // After sleep or with the screen off a timer may be late.
    document.addEventListener("visibilitychange", renew);
    renew();
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", renew);
    };
  }
}

/** A little past the minute, since timers may fire a touch early. */
export function untilNextMinute(nowMs: number): number {
  return MINUTE_MS - (nowMs % MINUTE_MS) + 20;
}

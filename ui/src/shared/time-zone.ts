// Times in a zone that this machine may not know.

/** Makes formats of that zone; null, or one this machine does not know, means the machine's own. */
export function formatsIn(timeZone: string | null): (locale: string, options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat {
  const zone = known(timeZone);
  return (locale, options) => new Intl.DateTimeFormat(locale, zone === undefined ? options : { ...options, timeZone: zone });
}

function known(timeZone: string | null): string | undefined {
  if (timeZone === null) return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return timeZone;
  } catch {
    return undefined;
  }
}

// Texts without what cannot be seen: isolation marks, and blanks that do not break.

export function plain(text: string | null | undefined): string {
  return (text ?? "").replace(/[\u2066-\u2069]/g, "").replace(/[\u00a0\u2009\u202f]/g, " ");
}

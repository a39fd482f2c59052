// How one message of a catalogue is asked for.

/** What a catalogue may choose a plural form by. Numbers are shown as texts, in the language's own digits. */
export const counts = ["count", "hours", "minutes"] as const;
type Values<Text extends string> = { [count in (typeof counts)[number]]?: number } & { [text in Text]?: string };
/** Says one message of a catalogue, with texts of these names. */
export type Say<Text extends string> = (message: string, values?: Values<Text>) => string;
/** The same, with whatever it is given. */
export type SayAny = (message: string, values?: Record<string, string | number>) => string;

// Types of the door between the shell and this page. Will be generated from Rust; do not edit by hand.

/** All that the kiosk screen shows, whole: sent at every change, and on request after a reload. */
export type Scene = {
  /** The location this kiosk serves. */
  location: Location;
  /** BCP 47 tag of the kiosk's language. */
  language: string;
  reader: ReaderView;
  link: LinkView;
  queue: QueueView;
  stage: Stage;
};
export type Location = { name: string | null; /** IANA zone, or null to use the machine's own. */ time_zone: string | null };
export type ReaderView = { state: "starting" | "up" | "down"; name: string | null; why: string | null };
export type LinkView = { state: "connecting" | "online" | "offline" | "signed_out"; why: string | null };
/** Taps kept on this kiosk: waiting to be recorded, and needing staff. `oldest` is a UTC instant. */
export type QueueView = { waiting: number; needs_staff: number; oldest: string | null };
export type Stage =
  | { stage: "idle" }
  | { stage: "acknowledged"; entry: string; tile: string; at: string }
  | { stage: "verdict"; entry: string; at: string; revised: boolean; name: string | null; verdict: Verdict; offer: Offer | null }
  | { stage: "out_of_order"; detail: string };
export type Verdict =
  | { kind: "checked_in"; since: string }
  | { kind: "checked_out"; since: string; minutes: number }
  | { kind: "refused"; reason: Reason }
  | { kind: "unknown_tile"; tile: string }
  | { kind: "ambiguous_tile"; tile: string }
  | { kind: "unusable_tile" }
  | { kind: "saved" }
  | { kind: "unavailable"; why: Unavailable };
export type Reason =
  | { by: "service"; description: string }
  | { by: "service_without_reason" }
  | { by: "inactive" }
  | { by: "archived" };
export type Unavailable = "offline" | "signed_out" | "queue_full" | "no_member_data" | "not_permitted" | "journal" | "service";
/** What the member may ask for instead, within the repeat window. */
export type Offer = "check_in" | "check_out" | "try_again";

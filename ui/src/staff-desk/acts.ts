// Makes an act of what staff filled in: null while something is missing.
import type { Act, ActKind, ActOffer, DismissReason, FailureDetail, MemberView, TileField } from "../bindings/staff_desk";

export type Draft = {
  kind: ActKind;
  /** Whom it concerns: the failure's own member, or one that was found. */
  member: MemberView | null;
  note: string;
  checkin: number | null;
  field: TileField;
  description: string;
  reason: DismissReason | null;
};

/** The tap that a failure tells of, or is. */
export function entryOf(detail: FailureDetail): string | null {
  if (detail.tap !== null) return detail.tap.entry;
  return detail.row.key.kind === "tap" ? detail.row.key.entry : null;
}

const recordOf = (detail: FailureDetail): number | null => (detail.row.key.kind === "record" ? detail.row.key.id : null);
export const checkinsOf = (detail: FailureDetail) => (detail.open_checkins.state === "known" ? detail.open_checkins.value : []);

export function freshDraft(kind: ActKind, detail: FailureDetail): Draft {
  const own = detail.member.state === "known" ? detail.member.value : null;
  const checkins = checkinsOf(detail);
  return {
    kind,
    // Whose tile or record it is, is what these two are to say.
    member: kind === "link_tile" || kind === "correct" ? null : own,
    note: "",
    checkin: checkins.length === 1 ? (checkins[0]?.checkin ?? null) : null,
    field: "access_card",
    description: "",
    reason: null,
  };
}

/** Whether an act has what it is about; the engine offers none without, but an offer may be older than the facts. */
export function isOffered(offer: ActOffer, detail: FailureDetail): boolean {
  switch (offer.act) {
    case "check_in":
      return true;
    case "close_checkin":
      return offer.lacking !== null || checkinsOf(detail).length > 0;
    case "correct":
      return recordOf(detail) !== null;
    case "link_tile":
    case "retry":
    case "dismiss":
      return entryOf(detail) !== null;
  }
}

/** `at` null means now. */
export function actOf(draft: Draft, detail: FailureDetail, at: string | null = null): Act | null {
  const { member } = draft;
  const entry = entryOf(detail);
  const failure = recordOf(detail);
  switch (draft.kind) {
    case "check_in":
      return member === null ? null : { act: "check_in", coworker: member.coworker, at, note: draft.note.trim(), failure };
    case "close_checkin": {
      const coworker = member?.coworker ?? detail.row.coworker;
      return coworker === null || draft.checkin === null ? null : { act: "close_checkin", coworker, checkin: draft.checkin, at };
    }
    case "link_tile":
      return member === null || entry === null ? null : { act: "link_tile", entry, coworker: member.coworker, field: draft.field };
    case "correct": {
      const description = draft.description.trim() === "" ? null : draft.description.trim();
      if (failure === null || (member === null && description === null)) return null;
      return { act: "correct", failure, coworker: member?.coworker ?? null, description };
    }
    case "retry":
      return entry === null ? null : { act: "retry", entry };
    case "dismiss":
      return entry === null || draft.reason === null ? null : { act: "dismiss", entry, reason: draft.reason, note: draft.note.trim() };
  }
}

// Saves something as CSV, and leaves where it is to the frame to say.
import type { Export } from "../../bindings/staff_desk";
import { problemOf, type ProblemShown } from "../problem";
import type { Room } from "../room.svelte";
import type { StaffDeskWords } from "../../words/staff-desk";

/** The columns of a file of failures, in the order in which the engine writes them (`staff_desk::export`). */
const failureColumns = [
  "key",
  "kind",
  "attempted",
  "attempted_local",
  "coworker",
  "member",
  "location",
  "source",
  "mac_addresses",
  "teams",
  "tariff",
  "description",
  "tile",
  "created",
  "updated",
] as const satisfies (keyof StaffDeskWords["field"])[];

export const columnsOfFailures = (words: StaffDeskWords): string[] => failureColumns.map((name) => words.field[name]);

/** Resolves to what went wrong; null for nothing. */
export async function save(room: Room, what: Export): Promise<ProblemShown | null> {
  try {
    room.exported = await room.waitFor(room.desk.export(what));
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

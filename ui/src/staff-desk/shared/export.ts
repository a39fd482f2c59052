// Saves something as CSV, and leaves where it is to the frame to say.
import type { Export } from "../../bindings/staff_desk";
import { problemOf, type ProblemShown } from "../problem";
import type { Room } from "../room.svelte";

/** Resolves to what went wrong; null for nothing. */
export async function save(room: Room, what: Export): Promise<ProblemShown | null> {
  try {
    room.exported = await room.waitFor(room.desk.export(what));
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

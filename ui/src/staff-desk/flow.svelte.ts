// The way of one act: prepared, looked at, carried out once, taken back perhaps.
import type { Act, Done, Preparation } from "../bindings/staff_desk";
import type { Desk } from "./desk";
import { problemOf, type ProblemShown } from "./problem";

export type Stage =
  | { stage: "idle" }
  | { stage: "preparing" }
  | { stage: "prepared"; preparation: Preparation }
  | { stage: "working"; preparation: Preparation }
  | { stage: "done"; preparation: Preparation; done: Done }
  | { stage: "undoing"; preparation: Preparation; done: Done }
  | { stage: "undone"; preparation: Preparation }
  /** `again`: nothing was done, so it may be prepared once more. */
  | { stage: "failed"; problem: ProblemShown; again: boolean };

export class Flow {
  now = $state.raw<Stage>({ stage: "idle" });
  readonly #desk: Pick<Desk, "prepare" | "carryOut" | "undo">;

  constructor(desk: Pick<Desk, "prepare" | "carryOut" | "undo">) {
    this.#desk = desk;
  }

  get underWay(): boolean {
    return ["preparing", "working", "undoing"].includes(this.now.stage);
  }

  async prepare(act: Act): Promise<void> {
    if (this.now.stage !== "idle") return;
    this.now = { stage: "preparing" };
    try {
      this.now = { stage: "prepared", preparation: await this.#desk.prepare(act) };
    } catch (error) {
      this.now = { stage: "failed", problem: problemOf(error), again: true };
    }
  }

  /** However often it is pressed: once. */
  async confirm(): Promise<void> {
    if (this.now.stage !== "prepared" || !this.now.preparation.possible) return;
    const { preparation } = this.now;
    this.now = { stage: "working", preparation };
    try {
      this.now = { stage: "done", preparation, done: await this.#desk.carryOut(preparation.plan) };
    } catch (error) {
      this.now = failed(error);
    }
  }

  async undo(): Promise<void> {
    if (this.now.stage !== "done" || !this.now.done.undoable) return;
    const { preparation, done } = this.now;
    this.now = { stage: "undoing", preparation, done };
    try {
      await this.#desk.undo(done.number);
      this.now = { stage: "undone", preparation };
    } catch (error) {
      this.now = failed(error);
    }
  }

  leave(): void {
    if (!this.underWay) this.now = { stage: "idle" };
  }
}

/** A shell that failed while it carried something out leaves it unknown whether it did. */
function failed(error: unknown): Stage {
  const problem = problemOf(error);
  if (problem.kind === "failed") return { stage: "failed", problem: { kind: "unknown", detail: problem.detail }, again: false };
  return { stage: "failed", problem, again: problem.kind !== "unknown" };
}

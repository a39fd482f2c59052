// What can go wrong, as the page shows it: a problem that the shell names, or that the shell itself failed.
import type { DeskProblem } from "../bindings/staff_desk";
import { plainProblems, type ProblemText } from "../words/staff-desk/adapter";
import type { StaffDeskWords } from "../words/staff-desk";

export type ProblemShown = DeskProblem | { kind: "failed"; detail: string };

const kinds = { ...plainProblems, not_permitted: 0 } satisfies Record<DeskProblem["kind"], 0>;

/** What a command was rejected with. */
export function problemOf(error: unknown): ProblemShown {
  if (typeof error === "object" && error !== null && "kind" in error && String(error.kind) in kinds) return error as DeskProblem;
  if (error instanceof Error) return { kind: "failed", detail: error.message };
  return { kind: "failed", detail: typeof error === "string" ? error : "" };
}

export function presentProblem(problem: ProblemShown, words: StaffDeskWords): ProblemText {
  return problem.kind === "not_permitted" ? words.problem.not_permitted(problem.role) : words.problem[problem.kind];
}

/** What the service or the machine said, as received; null where there is nothing. */
export function detailOf(problem: ProblemShown): string | null {
  const said = "detail" in problem ? problem.detail : "said" in problem ? problem.said : null;
  return said === null || said.trim() === "" ? null : said;
}

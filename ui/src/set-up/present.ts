// Turns the set-up's codes into the words and shapes that are shown.
import type { SetUpProblem, SetUpView, Step, TestView } from "../bindings/set_up";
import { ownName } from "../present/own-name";
import type { VerdictKind } from "../words/words";
import type { ProblemText, SetUpWords } from "../words/set-up/words";

/** A problem as the shell names it; or the shell did not answer. */
export type ProblemShown = SetUpProblem | { problem: "failed" };
type Count = (value: number) => string;

export function presentProblem(problem: ProblemShown, view: SetUpView, words: SetUpWords, count: Count): ProblemText {
  switch (problem.problem) {
    case "weak_pin":
      return words.problem.weak_pin[problem.why];
    case "taps_wait":
      return words.problem.taps_wait(view.waiting, count(view.waiting));
    case "unreachable":
      return words.problem.unreachable(view.service);
    case "must_reset_password":
      return words.problem.must_reset_password(view.service);
    default:
      return words.problem[problem.problem];
  }
}

/** What the service or this machine said of it, in English; null where there is no more to say. */
export function detailOf(problem: ProblemShown): string | null {
  const detail = "detail" in problem ? problem.detail : "said" in problem ? problem.said : "";
  return detail.trim() === "" ? null : detail;
}

/** The verdict that a tile would have met: its mark and its colours stand for it here too. */
export function testKind(test: TestView): VerdictKind | null {
  switch (test.found) {
    case "looking":
      return null;
    case "member":
      return test.direction === "in" ? "checked_in" : "checked_out";
    case "inactive":
      return "refused";
    case "unknown":
      return "unknown_tile";
    case "ambiguous":
      return "ambiguous_tile";
    case "unusable":
      return "unusable_tile";
    case "trouble":
      return "unavailable";
  }
}

export function presentTest(test: TestView, words: SetUpWords): string {
  return test.found === "member" ? words.test.member[test.direction](test.name) : words.test[test.found];
}

/** Why one cannot go on from this step; null where one can. */
export function presentMissing(view: SetUpView, words: SetUpWords): string | null {
  if (view.next) return null;
  const missing: Partial<Record<Step, string>> = words.missing;
  return missing[view.step] ?? words.missing.summary;
}

/** What was chosen at a step, a line each. */
export function presentChoice(step: Exclude<Step, "summary">, view: SetUpView, words: SetUpWords, count: Count): string[] {
  const { nothing, tried, notTried } = words.summary;
  switch (step) {
    case "language":
      return [ownName(view.language)];
    case "sign_in":
      return [view.account === null ? nothing : (view.account.email ?? words.signIn.signedIn)];
    case "location":
      return [view.locations?.find((one) => one.chosen)?.name ?? nothing];
    case "rights":
      return [presentRights(view, words, count)];
    case "reader":
      return [readerName(view, words), words.reader.state[view.reader.state]];
    case "policy":
      return [words.names[view.names].label, words.offline[view.offline].label];
    case "staff_pin":
      return [words.staffPin.chosen[view.staff_pin]];
    case "test_tap":
      return [view.test === null ? notTried : tried];
  }
}

function presentRights({ rights }: SetUpView, words: SetUpWords, count: Count): string {
  const needed = rights?.roles.filter((one) => one.needed) ?? [];
  const lacking = needed.filter((one) => one.state === "lacking").length;
  if (lacking > 0) return words.summary.rightsLacking(lacking, count(lacking));
  const known = needed.length > 0 && needed.every((one) => one.state === "held");
  return known ? words.summary.rightsAll : words.summary.rightsUnknown;
}

function readerName({ reader }: SetUpView, words: SetUpWords): string {
  if (reader.connection === null) return words.reader.firstUsb;
  return reader.choices.find((one) => one.connection === reader.connection)?.label ?? reader.connection;
}

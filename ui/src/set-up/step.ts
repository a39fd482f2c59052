// What every step of the set-up is given.
import type { SetUpAction, SetUpView } from "../bindings/set_up";
import type { SetUpWords } from "../words/set-up/words";
import type { ProblemShown } from "./present";
import type { ScreenKeyboard } from "../shared/keyboard.svelte";

export type StepProps = {
  view: SetUpView;
  words: SetUpWords;
  /** A number in the language's own digits. */
  count: (value: number) => string;
  /** Asks the shell, one thing at a time; resolves to whether it was done, without a problem. */
  act: (action: SetUpAction) => Promise<boolean>;
  problem: ProblemShown | null;
  keyboard: ScreenKeyboard;
};

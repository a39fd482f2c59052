// What the shell answered last. The last question counts: answers may overtake each other.
import { problemOf, type ProblemShown } from "./problem";

export class Answer<Value> {
  /** Null before the first answer. What is shown stays until the next one is there. */
  value = $state.raw<Value | null>(null);
  problem = $state.raw<ProblemShown | null>(null);
  #asked = 0;

  /** Resolves to whether the answer was taken. `quietly`: a problem stays until it is answered, for what is asked by itself. */
  async ask(question: Promise<Value>, quietly = false): Promise<boolean> {
    const mine = (this.#asked += 1);
    if (!quietly) this.problem = null;
    try {
      const came = await question;
      if (mine !== this.#asked) return false;
      this.value = came;
      this.problem = null;
      return true;
    } catch (error) {
      if (mine === this.#asked) this.problem = problemOf(error);
      return false;
    }
  }

  /** Nothing is asked any more. */
  forget(): void {
    this.#asked += 1;
    this.value = null;
    this.problem = null;
  }
}

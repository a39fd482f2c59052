// Which of two views of a set-up is to be shown: an answer may be overtaken by an event.
import type { SetUpView } from "../bindings/set_up";

/** The newer one; of two that are as new, the one that came last. */
export function newest(shown: SetUpView | null, came: SetUpView): SetUpView {
  return shown !== null && shown.revision > came.revision ? shown : came;
}

// Which of two views of the shell is to be shown: an answer may be overtaken by an event.

/** The newer one; of two that are as new, the one that came last. */
export function newest<View extends { revision: number }>(shown: View | null, came: View): View {
  return shown !== null && shown.revision > came.revision ? shown : came;
}

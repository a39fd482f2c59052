// Keeps a page on the newest scene, or the newest view of the set-up: subscribe first, then ask, so that nothing is lost between.
export type Source<View> = {
  current: () => Promise<View>;
  on: (callback: (view: View) => void) => Promise<() => void>;
};

export type Viewer<View> = {
  show: (view: View) => void;
  /** The door does not answer. `show` may still follow: asking goes on. */
  fail: (detail: string) => void;
};

/** An answer later than this is treated as none. */
export const PATIENCE_MS = 15_000;
export const RETRY_MS = 5_000;

/** Starts following; returns a function that ends it. */
export function follow<View>(door: Source<View>, viewer: Viewer<View>): () => void {
  let ended = false;
  let shown = false;
  let subscribed = false;
  let unsubscribe: (() => void) | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const show = (view: View): void => {
    if (ended) return;
    shown = true;
    clearTimeout(patience);
    viewer.show(view);
  };

  const attempt = async (): Promise<void> => {
    clearTimeout(patience);
    patience = setTimeout(() => viewer.fail("no answer"), PATIENCE_MS);
    try {
      if (!subscribed) {
        unsubscribe = await door.on(show);
        subscribed = true;
        if (ended) {
          unsubscribe();
          return;
        }
      }
      if (shown) return;
      const view = await door.current();
      // An event that came while we asked is newer than the answer.
      if (!shown) show(view);
    } catch (error) {
      clearTimeout(patience);
      if (ended || (shown && subscribed)) return;
      viewer.fail(describe(error));
      retry = setTimeout(() => void attempt(), RETRY_MS);
    }
  };

  void attempt();
  return () => {
    ended = true;
    clearTimeout(retry);
    clearTimeout(patience);
    unsubscribe?.();
  };
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === "string" ? error : JSON.stringify(error);
}

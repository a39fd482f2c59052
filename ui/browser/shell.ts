// A shell for the set-up page in a browser: answers as the real one does, and remembers what it was asked.
import type { SetUpAction, SetUpProblem, SetUpView, Step } from "../src/bindings/set_up";

export type ShellInPage = {
  view: SetUpView;
  actions: SetUpAction[];
  finished: boolean;
  /** While set, no action is answered until `release`. */
  holds: boolean;
  /** While set, every action fails. */
  breaks: boolean;
  release: () => void;
  /** Something changed by itself: the page is told. */
  change: (more: Partial<SetUpView>) => void;
};

/** Runs in the page, before its own scripts. `done`: what there is once everything is known. */
export function fakeShell({ start, done }: { start: SetUpView; done: SetUpView }): void {
  let tell: (view: SetUpView) => void = () => undefined;
  let letGo: () => void = () => undefined;
  let writable = false;
  const shell: ShellInPage = {
    view: start,
    actions: [],
    finished: false,
    holds: false,
    breaks: false,
    release: () => {
      shell.holds = false;
      letGo();
    },
    change: (more) => {
      shell.view = completed({ ...shell.view, ...more });
      tell(shell.view);
    },
  };
  Object.assign(window, { shell });
  // As in a web view that has none.
  Object.defineProperty(navigator, "clipboard", { value: undefined });

  const located = (view: SetUpView): boolean => view.locations?.some((one) => one.chosen) ?? false;

  function completed(view: SetUpView): SetUpView {
    const allowed: Partial<Record<Step, boolean>> = {
      sign_in: view.account !== null,
      location: located(view),
      rights: located(view),
      staff_pin: view.staff_pin !== "missing",
      summary: view.account !== null && located(view) && view.staff_pin !== "missing",
    };
    return { ...view, next: allowed[view.step] ?? true };
  }

  const step = (by: number): Partial<SetUpView> => {
    const steps = shell.view.steps.map((one) => one.step);
    return { step: steps[steps.indexOf(shell.view.step) + by] ?? shell.view.step };
  };

  function signIn({ email, password, code }: Extract<SetUpAction, { do: "sign_in" }>): Partial<SetUpView> {
    const kind = email.split("@")[0] as SetUpProblem["problem"] | "desk";
    if (kind !== "desk") return { problem: { problem: kind, detail: "as it was said" } as SetUpProblem };
    if (password !== "s3cret-one") return { problem: { problem: "sign_in_refused", said: "The password is incorrect." } };
    if (code === null) return { problem: { problem: "code_needed", said: "Two-factor code required." } };
    const locations = done.locations?.map((one) => ({ ...one, chosen: false })) ?? null;
    return { account: { email, administrator: false, kept: false }, locations };
  }

  function outcome(action: SetUpAction): Partial<SetUpView> {
    const { view } = shell;
    switch (action.do) {
      case "back":
        return step(-1);
      case "next":
        return { ...step(1), reader: view.step === "rights" ? done.reader : view.reader };
      case "go":
        return { step: action.to };
      case "language":
        return { language: action.tag };
      case "sign_in":
        return signIn(action);
      case "location":
        if (action.id === 12) return { waiting: 2, problem: { problem: "taps_wait" } };
        return { locations: view.locations?.map((one) => ({ ...one, chosen: one.id === action.id })) ?? null, rights: done.rights };
      case "rights": {
        const roles = done.rights?.roles.map((one) => ({ ...one, state: action.writes ? ("held" as const) : one.state })) ?? [];
        return { rights: { roles, writes_tried: action.writes, list: done.rights?.list ?? "" } };
      }
      case "reader":
        return { reader: { ...done.reader, connection: action.connection, state: action.connection?.includes("USB9") === true ? "down" : "up" } };
      case "names":
        return { names: action.names };
      case "offline":
        return { offline: action.accept };
      case "staff_pin":
        if (action.pin !== action.again) return { problem: { problem: "pins_differ" } };
        return action.pin === "123456" ? { problem: { problem: "weak_pin", why: "too_simple" } } : { staff_pin: "new" };
      case "finish":
        shell.finished = writable;
        writable = true;
        return shell.finished ? {} : { problem: { problem: "configuration", detail: "read-only" } };
      case "leave":
        return {};
    }
  }

  const answers: Record<string, (args: { action: SetUpAction; event: string; handler: (event: unknown) => void }) => unknown> = {
    appearance: () => ({ theme: "dark", text_percent: 120 }),
    set_up_view: () => shell.view,
    set_up: async ({ action }) => {
      shell.actions.push(action);
      if (shell.breaks) throw new Error("the shell is gone");
      if (shell.holds) await new Promise<void>((resolve) => (letGo = resolve));
      shell.view = completed({ ...shell.view, problem: null, ...outcome(action) });
      return shell.view;
    },
    "plugin:event|listen": ({ event, handler }) => {
      if (event === "set_up") tell = (view) => handler({ event: "set_up", id: 1, payload: view });
      return 1;
    },
  };
  Object.assign(window, {
    __TAURI_INTERNALS__: {
      transformCallback: (callback: unknown) => callback,
      invoke: async (command: string, args: { action: SetUpAction; event: string; handler: (event: unknown) => void }) => answers[command]?.(args),
    },
  });
}

// A shell for the staff desk's page in a browser: answers from sample records, and remembers what it was asked.
import type { Page } from "playwright-core";
import type { DeskView } from "../src/bindings/staff_desk";
import type { Desk } from "../src/staff-desk/desk";

export type Asked = { command: string; args: Record<string, unknown> };

export type DeskShell = {
  asked: Asked[];
  view: DeskView;
  /** The frame changed: the page is told. */
  change: (more: Partial<DeskView>) => Promise<void>;
  /** What the content security policy would have forbidden. */
  violations: string[];
};

/** Commands by what the desk calls them. */
const commands = (desk: Desk): Record<string, (args: never) => Promise<unknown>> => ({
  staff_failures: ({ query, block }: { query: never; block: number }) => desk.failures(query, block),
  staff_failure: ({ key }: { key: never }) => desk.failure(key),
  staff_members: ({ text }: { text: string }) => desk.members(text),
  staff_prepare: ({ act }: { act: never }) => desk.prepare(act),
  staff_carry_out: ({ plan }: { plan: number }) => desk.carryOut(plan),
  staff_undo: ({ number }: { number: number }) => desk.undo(number),
  staff_audit: ({ before }: { before: number | null }) => desk.audit(before),
  staff_charts: ({ span }: { span: never }) => desk.charts(span),
  staff_health: () => desk.health(),
  staff_events: ({ before }: { before: number | null }) => desk.events(before),
  staff_export: (args: { export: never }) => desk.export(args.export),
  staff_touch: () => desk.touch(),
  staff_lock: () => desk.lock(),
  staff_set_up: () => desk.setUp(),
  staff_end_kiosk: () => desk.endKiosk(),
});

/** To be called before the page is opened. */
export async function fakeDeskShell(page: Page, desk: Desk, view: DeskView): Promise<DeskShell> {
  const shell: DeskShell = {
    asked: [],
    view,
    violations: [],
    change: async (more) => {
      shell.view = { ...shell.view, ...more, revision: shell.view.revision + 1 };
      await page.evaluate((payload) => (window as unknown as { tell: (view: unknown) => void }).tell(payload), shell.view);
    },
  };
  const known = commands(desk);
  await page.exposeFunction("askShell", async (command: string, args: Record<string, unknown>) => {
    shell.asked.push({ command, args });
    if (command === "staff_desk_view") return { answer: shell.view };
    if (command === "appearance") return { answer: { theme: "light", text_percent: 100 } };
    try {
      return { answer: await known[command]?.(args as never) };
    } catch (problem) {
      return { problem };
    }
  });
  await page.exposeFunction("violated", (what: string) => void shell.violations.push(what));
  await page.addInitScript(() => {
    type Answer = { answer?: unknown; problem?: unknown };
    const { askShell, violated } = window as unknown as { askShell: (command: string, args: unknown) => Promise<Answer>; violated: (what: string) => void };
    document.addEventListener("securitypolicyviolation", (event) => violated(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
    Object.assign(window, {
      __TAURI_INTERNALS__: {
        transformCallback: (callback: unknown) => callback,
        invoke: async (command: string, args: { event?: string; handler?: (event: unknown) => void }) => {
          if (command === "plugin:event|listen") {
            if (args.event === "staff_desk") Object.assign(window, { tell: (payload: unknown) => args.handler?.({ event: "staff_desk", id: 1, payload }) });
            return 1;
          }
          const { answer, problem } = await askShell(command, args ?? {});
          if (problem !== undefined) throw problem;
          return answer;
        },
      },
    });
  });
  return shell;
}

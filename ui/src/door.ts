// The door to the shell: the only file that knows Tauri.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Appearance, FoundMember, PinResult, Scene } from "./bindings/door";
import type { SetUpAction, SetUpView } from "./bindings/set_up";
import type { DeskView } from "./bindings/staff_desk";
import type { Desk } from "./staff-desk/desk";

/** Lets the shell see that this page runs: it asks for this name in the page's own thread, so that a stuck one is silent, and one whose script did not come says no. */
export function answerTheShell(): void {
  Object.assign(window, { tapdeskRuns: true });
}

/** The scene as it is now; asked once after loading. */
export function currentScene(): Promise<Scene> {
  return invoke<Scene>("current_scene");
}

/** How the operator wants the page to look, and what it offers. */
export function askAppearance(): Promise<Appearance> {
  return invoke<Appearance>("appearance");
}

/** Says a text aloud, in the language of this BCP 47 tag. */
export function speak(text: string, language: string): Promise<void> {
  return invoke<void>("speak", { text, language });
}

/** Calls back with every new scene, whole. Resolves once the page is subscribed, to a function that ends it. */
export function onScene(callback: (scene: Scene) => void): Promise<() => void> {
  return listen<Scene>("scene", (event) => callback(event.payload));
}

/** The member asks for what the verdict of this entry offers. */
export function acceptOffer(entry: string): Promise<void> {
  return invoke<void>("accept_offer", { entry });
}

/** A PIN was typed; `member` is the id of the name that was chosen, where names are asked for. */
export function enterPin(pin: string, member: string | null): Promise<PinResult> {
  return invoke<PinResult>("enter_pin", { pin, member });
}

/** The members who may be meant by a part of a name. Fails where too many were looked up. */
export function findMembers(name: string): Promise<FoundMember[]> {
  return invoke<FoundMember[]>("find_members", { name });
}

/** The PIN of staff was typed. What it opens is the shell's part. */
export function enterStaffPin(pin: string): Promise<PinResult> {
  return invoke<PinResult>("enter_staff_pin", { pin });
}

/** The set-up as it is now; asked once after loading. */
export function currentSetUp(): Promise<SetUpView> {
  return invoke<SetUpView>("set_up_view");
}

/** Does one thing in the set-up, and answers with what there is to show after it. */
export function actSetUp(action: SetUpAction): Promise<SetUpView> {
  return invoke<SetUpView>("set_up", { action });
}

/** Calls back with every change of the set-up, whole. Resolves once the page is subscribed, to a function that ends it. */
export function onSetUp(callback: (view: SetUpView) => void): Promise<() => void> {
  return listen<SetUpView>("set_up", (event) => callback(event.payload));
}

/** What a verdict or an acknowledgement became is on the screen: the backend measures by it. */
export function painted(what: { entry: string; kind: string }): Promise<void> {
  return invoke<void>("painted", what);
}

/** Somebody touched the screen in the hours when it is off. */
export function touched(): Promise<void> {
  return invoke<void>("touched");
}

/** The staff desk's frame as it is now; asked once after loading. */
export function currentDesk(): Promise<DeskView> {
  return invoke<DeskView>("staff_desk_view");
}

/** Calls back with every change of the desk's frame, whole. Resolves once the page is subscribed, to a function that ends it. */
export function onDesk(callback: (view: DeskView) => void): Promise<() => void> {
  return listen<DeskView>("staff_desk", (event) => callback(event.payload));
}

/** All else that staff ask for. */
export const staffDesk: Desk = {
  failures: (query, block) => invoke("staff_failures", { query, block }),
  failure: (key) => invoke("staff_failure", { key }),
  members: (text) => invoke("staff_members", { text }),
  prepare: (act) => invoke("staff_prepare", { act }),
  carryOut: (plan) => invoke("staff_carry_out", { plan }),
  undo: (number) => invoke("staff_undo", { number }),
  audit: (before) => invoke("staff_audit", { before }),
  charts: (span) => invoke("staff_charts", { span }),
  health: () => invoke("staff_health"),
  events: (before) => invoke("staff_events", { before }),
  export: (what) => invoke("staff_export", { export: what }),
  touch: () => invoke("staff_touch"),
  lock: () => invoke("staff_lock"),
  setUp: () => invoke("staff_set_up"),
  endKiosk: () => invoke("staff_end_kiosk"),
};

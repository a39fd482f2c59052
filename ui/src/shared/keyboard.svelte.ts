// Whether the on-screen keyboard is shown, and which field it types into.
import { tick } from "svelte";
import type { Field } from "./keyboard";

const fields = 'input:is([type="text"], [type="password"])';

export class ScreenKeyboard {
  open = $state(false);
  field = $state.raw<Field | null>(null);

  /** A finger on a field opens it; a mouse or a real keyboard never does. */
  touched(event: PointerEvent): void {
    const field = fieldOf(event.target);
    if (field === null || event.pointerType !== "touch") return;
    // The system's own keyboard would only come on top.
    field.inputMode = "none";
    this.#show(field);
  }

  /** Types go where the focus is. */
  focused(event: FocusEvent): void {
    const field = fieldOf(event.target);
    if (field !== null) this.field = field;
  }

  /** The button beside the fields of a form. */
  toggle(form: HTMLFormElement): void {
    if (this.open) return this.hide();
    const inside = this.field !== null && form.contains(this.field) ? this.field : form.querySelector<Field>(fields);
    if (inside === null) return;
    inside.focus();
    this.#show(inside);
  }

  hide(): void {
    this.open = false;
  }

  /** Another step: other fields. */
  forget(): void {
    this.open = false;
    this.field = null;
  }

  #show(field: Field): void {
    this.field = field;
    this.open = true;
    void tick().then(() => field.scrollIntoView({ block: "center" }));
  }
}

function fieldOf(target: EventTarget | null): Field | null {
  return target instanceof HTMLInputElement && target.matches(fields) ? target : null;
}

// What every part of the desk shares: the view, the words and formats of its language, the door, and whether it waits.
import { untrack } from "svelte";
import type { DeskView, Exported } from "../bindings/staff_desk";
import { staffDeskCatalogueFor } from "../words/staff-desk";
import type { Desk } from "./desk";
import { deskFormats } from "./formats";

export class Room {
  view = $state.raw<DeskView>() as DeskView;
  readonly desk: Desk;
  readonly clock: { readonly now: Date };
  #pending = $state(0);
  /** What was written last, to say where it is. */
  exported = $state.raw<Exported | null>(null);

  // Apart from the view, which each frame replaces: what is made of them is made anew only when they change.
  readonly #language = $derived(this.view.language);
  readonly #timeZone = $derived(this.view.time_zone);
  readonly catalogue = $derived(staffDeskCatalogueFor(this.#language));
  readonly words = $derived(this.catalogue.words);
  readonly formats = $derived(deskFormats(this.catalogue.locale, this.#timeZone));

  constructor(view: DeskView, desk: Desk, clock: { readonly now: Date }) {
    this.view = view;
    this.desk = desk;
    this.clock = clock;
  }

  get now(): Date {
    return this.clock.now;
  }

  get busy(): boolean {
    return this.#pending > 0;
  }

  /** Says that it waits, for as long as this takes. */
  async waitFor<Found>(promise: Promise<Found>): Promise<Found> {
    untrack(() => (this.#pending += 1));
    try {
      return await promise;
    } finally {
      this.#pending -= 1;
    }
  }
}

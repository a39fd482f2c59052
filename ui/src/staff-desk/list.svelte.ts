// The list of failures as far as it is on the screen: asks for the blocks in view, keeps a few, and follows new ones.
import type { FailureBlock, FailureQuery, FailureRow } from "../bindings/staff_desk";
import { Positions } from "./blocks";
import { problemOf, type ProblemShown } from "./problem";

/** So many blocks are kept at most. */
const KEPT = 8;

type Ask = (query: FailureQuery, block: number) => Promise<FailureBlock>;

export class FailureList {
  /** What the shown rows answer. */
  query = $state.raw<FailureQuery>() as FailureQuery;
  /** Null before the first answer. */
  first = $state.raw<FailureBlock | null>(null);
  positions = $state.raw(new Positions(0));
  problem = $state.raw<ProblemShown | null>(null);
  /** How many were added since the list was shown; 0 for none, null where they cannot be counted. */
  added = $state<number | null>(0);
  asking = $state(0);

  /** Grows with every answer: what is read from the blocks is to be read again. */
  #version = $state(0);
  readonly #ask: Ask;
  readonly #blocks = new Map<number, FailureBlock>();
  readonly #asked = new Set<number>();
  #wanted: number[] = [0];
  /** The last question counts. */
  #loads = 0;
  /** Grows where another list is shown: answers about the one before are not heeded. */
  #generation = 0;
  /** All below a row moved: told to who scrolls. */
  moved: (block: number, rows: number) => void = () => undefined;

  constructor(ask: Ask, query: FailureQuery) {
    this.#ask = ask;
    this.query = query;
  }

  get rows(): number {
    void this.#version;
    return this.positions.rows;
  }

  /** How many records and rows of the kiosk there are. */
  get count(): number {
    return (this.first?.records ?? 0) + (this.first?.local ?? 0);
  }

  get blocksKept(): number {
    void this.#version;
    return this.#blocks.size;
  }

  sum(what: "hidden" | "unreadable"): number {
    void this.#version;
    return [...this.#blocks.values()].reduce((sum, block) => sum + block[what], 0);
  }

  /** The row at this place; null while it is not known. */
  row(index: number): FailureRow | null {
    void this.#version;
    const { block, place } = this.positions.find(index);
    return this.#blocks.get(block)?.rows[place] ?? null;
  }

  /** Asks anew, for another question or the same one. What is shown stays until the answer is there. */
  async load(query: FailureQuery): Promise<void> {
    const mine = (this.#loads += 1);
    this.asking += 1;
    try {
      const block = await this.#ask(query, 0);
      if (mine !== this.#loads) return;
      this.#generation += 1;
      this.query = query;
      this.#blocks.clear();
      this.#asked.clear();
      this.positions = new Positions(block.records);
      this.added = 0;
      this.problem = null;
      this.#take(block);
    } catch (error) {
      if (mine === this.#loads) this.problem = problemOf(error);
    } finally {
      this.asking -= 1;
    }
  }

  /** There may be new ones, and the list is read further down: counts them without moving it. */
  async look(): Promise<void> {
    const generation = this.#generation;
    try {
      const block = await this.#ask(this.query, 0);
      if (generation !== this.#generation) return;
      const added = block.records + block.local - this.count;
      const same = JSON.stringify(block.rows[0]?.key) === JSON.stringify(this.first?.rows[0]?.key);
      if (added > 0) this.added = added;
      else if (!same || added < 0) this.added = null;
    } catch {
      // The list is as it was; the frame says that there is no connection.
    }
  }

  /** These blocks are in view: asks for those that are not there. */
  show(blocks: number[]): void {
    this.#wanted = blocks;
    for (const block of blocks) if (!this.#blocks.has(block) && !this.#asked.has(block)) void this.#fetch(block);
  }

  async #fetch(block: number): Promise<void> {
    if (this.first === null) return;
    const generation = this.#generation;
    this.#asked.add(block);
    this.asking += 1;
    try {
      const came = await this.#ask(this.query, block);
      if (generation === this.#generation) this.#take(came);
    } catch (error) {
      if (generation === this.#generation) this.problem = problemOf(error);
    } finally {
      if (generation === this.#generation) this.#asked.delete(block);
      this.asking -= 1;
    }
  }

  #take(block: FailureBlock): void {
    if (block.block === 0) this.first = block;
    const moved = this.positions.saw(block.block, block.rows.length);
    this.#blocks.delete(block.block);
    this.#blocks.set(block.block, block);
    for (const kept of this.#blocks.keys()) {
      if (this.#blocks.size <= KEPT) break;
      if (!this.#wanted.includes(kept)) this.#blocks.delete(kept);
    }
    this.#version += 1;
    if (moved !== 0) this.moved(block.block, moved);
  }
}

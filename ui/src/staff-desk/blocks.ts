// Where each row of a list stands that is known block by block: a block's records are fifty, its rows may be more or fewer.

/** How many of the service's records a block holds; as in the engine. */
export const BLOCK = 50;

export class Positions {
  readonly #records: number;
  /** By how many rows a block that was seen differs from the records it stands for. */
  readonly #differences = new Map<number, number>();

  constructor(records: number) {
    this.#records = records;
  }

  /** At least one: what only the kiosk knows needs a block too. */
  get blocks(): number {
    return Math.max(1, Math.ceil(this.#records / BLOCK));
  }

  get rows(): number {
    return this.#records + [...this.#differences.values()].reduce((sum, one) => sum + one, 0);
  }

  /** A block was seen, and has so many rows; returns by how many all below it move. */
  saw(block: number, rows: number): number {
    const difference = rows - this.#recordsOf(block);
    const moved = difference - (this.#differences.get(block) ?? 0);
    if (difference === 0) this.#differences.delete(block);
    else this.#differences.set(block, difference);
    return moved;
  }

  /** The row with which a block begins. */
  start(block: number): number {
    let row = Math.min(block * BLOCK, this.#records);
    for (const [other, difference] of this.#differences) if (other < block) row += difference;
    return row;
  }

  /** The block that a row is in, and its place there. */
  find(row: number): { block: number; place: number } {
    let [low, high] = [0, this.blocks - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.start(middle) <= row) low = middle;
      else high = middle - 1;
    }
    return { block: low, place: row - this.start(low) };
  }

  /** The blocks that these rows are in, both ends counting. */
  between(first: number, last: number): number[] {
    const [from, to] = [this.find(Math.max(0, first)).block, this.find(Math.max(0, Math.min(last, this.rows - 1))).block];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }

  #recordsOf(block: number): number {
    return Math.max(0, Math.min(BLOCK, this.#records - block * BLOCK));
  }
}

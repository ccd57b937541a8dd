// A block of rows on their way through scoring. Rows pass in blocks that stay in the processor's nearest memory, each step a
// plain loop over columns: no object and no call for a single row.

export const BLOCK_ROWS = 1024;

export class RowBlock {
  length = 0;
  readonly rows = new Uint32Array(BLOCK_ROWS);
  /** What the caller knows a row by. */
  readonly places = new Uint32Array(BLOCK_ROWS);
  /** Milliseconds. */
  readonly ways = new Float64Array(BLOCK_ROWS);
  /** {@link Scorer.kind} of each, once scored. */
  readonly kinds = new Uint32Array(BLOCK_ROWS);
  /** What they are ordered by, once scored. */
  readonly keys = new Float64Array(BLOCK_ROWS);

  get isFull(): boolean {
    return this.length === BLOCK_ROWS;
  }

  add(row: number, place: number, way: number): void {
    const i = this.length++;
    this.rows[i] = row;
    this.places[i] = place;
    this.ways[i] = way;
  }
}

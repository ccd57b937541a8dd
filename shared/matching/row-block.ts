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

  /** Drops the rows that are not wanted, before they are scored. */
  keep(isWanted: (row: number) => boolean): void {
    const { length, rows, places, ways } = this;
    let kept = 0;
    for (let i = 0; i < length; i++) {
      if (!isWanted(rows[i]!)) continue;
      rows[kept] = rows[i]!;
      places[kept] = places[i]!;
      ways[kept++] = ways[i]!;
    }
    this.length = kept;
  }
}

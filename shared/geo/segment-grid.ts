// Straight segments on a grid of square cells, each known to the cells that it crosses: the nearest one to a point is found by looking
// at the cells around it, ring by ring. Built in two passes over the segments, so that a city is ready in a few hundredths of a second.

/** Metres: a cell is never smaller. */
const SMALLEST_CELL = 60;

/** Where a point is nearest to a segment. */
export interface NearSegment {
  segment: number;
  /** Square of the distance, m². */
  square: number;
  /** Share of the segment before the nearest point, 0 to 1. */
  along: number;
}

/** An index over segments whose ends are x1, y1, x2, y2 in flat metres, one after another. */
export class SegmentGrid {
  readonly #ends: Float64Array;
  readonly #west: number = Infinity;
  readonly #south: number = Infinity;
  readonly #cell: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Segments of cell c are `segments[first[c] .. first[c + 1]]`. */
  readonly #first: Uint32Array;
  readonly #segments: Uint32Array;

  constructor(ends: Float64Array) {
    this.#ends = ends;
    let [east, north] = [-Infinity, -Infinity];
    for (let i = 0; i < ends.length; i += 2) {
      const x = ends[i]!;
      const y = ends[i + 1]!;
      if (x < this.#west) this.#west = x;
      if (x > east) east = x;
      if (y < this.#south) this.#south = y;
      if (y > north) north = y;
    }
    const [width, height] = ends.length === 0 ? [0, 0] : [east - this.#west, north - this.#south];
    // As many cells as segments, about.
    this.#cell = Math.max(SMALLEST_CELL, Math.sqrt((width * height) / Math.max(1, ends.length / 4)), Math.max(width, height) / 20_000);
    this.#columns = Math.floor(width / this.#cell) + 1;
    this.#rows = Math.floor(height / this.#cell) + 1;
    this.#first = new Uint32Array(this.#columns * this.#rows + 1);
    this.#visitCells((cell) => this.#first[cell + 1]!++);
    for (let c = 1; c < this.#first.length; c++) this.#first[c]! += this.#first[c - 1]!;
    this.#segments = new Uint32Array(this.#first.at(-1)!);
    const next = this.#first.slice(0, -1);
    this.#visitCells((cell, segment) => (this.#segments[next[cell]!++] = segment));
  }

  /** The cells that each segment crosses, row by row. */
  #visitCells(visit: (cell: number, segment: number) => void): void {
    const ends = this.#ends;
    const cell = this.#cell;
    for (let segment = 0; 4 * segment < ends.length; segment++) {
      const x1 = ends[4 * segment]! - this.#west;
      const y1 = ends[4 * segment + 1]! - this.#south;
      const x2 = ends[4 * segment + 2]! - this.#west;
      const y2 = ends[4 * segment + 3]! - this.#south;
      const [bottom, top] = y1 < y2 ? [y1, y2] : [y2, y1];
      const slope = y1 === y2 ? 0 : (x2 - x1) / (y2 - y1);
      const lastRow = Math.floor(top / cell);
      for (let row = Math.floor(bottom / cell); row <= lastRow; row++) {
        // The part of the segment within the row.
        const from = y1 === y2 ? x1 : x1 + slope * (Math.max(bottom, row * cell) - y1);
        const to = y1 === y2 ? x2 : x1 + slope * (Math.min(top, (row + 1) * cell) - y1);
        const lastColumn = Math.min(this.#columns - 1, Math.floor(Math.max(from, to) / cell));
        for (let column = Math.max(0, Math.floor(Math.min(from, to) / cell)); column <= lastColumn; column++) {
          visit(row * this.#columns + column, segment);
        }
      }
    }
  }

  /** The segment nearest to a point, nearer than `limit` metres; undefined where there is none. */
  nearest(x: number, y: number, limit: number): NearSegment | undefined {
    const centerColumn = Math.floor((x - this.#west) / this.#cell);
    const centerRow = Math.floor((y - this.#south) / this.#cell);
    let best: NearSegment | undefined;
    let bestSquare = limit * limit;
    // What lies beyond ring r is at least r cells away.
    for (let ring = 0; ring === 0 || ((ring - 1) * this.#cell) ** 2 < bestSquare; ring++) {
      const lastRow = Math.min(this.#rows - 1, centerRow + ring);
      for (let row = Math.max(0, centerRow - ring); row <= lastRow; row++) {
        const step = Math.abs(row - centerRow) === ring ? 1 : Math.max(1, 2 * ring);
        for (let column = centerColumn - ring; column <= centerColumn + ring; column += step) {
          if (column < 0 || column >= this.#columns) continue;
          const cell = row * this.#columns + column;
          for (let k = this.#first[cell]!; k < this.#first[cell + 1]!; k++) {
            const near = this.#nearestOn(this.#segments[k]!, x, y);
            if (near.square >= bestSquare) continue;
            best = near;
            bestSquare = near.square;
          }
        }
      }
    }
    return best;
  }

  #nearestOn(segment: number, x: number, y: number): NearSegment {
    const x1 = this.#ends[4 * segment]!;
    const y1 = this.#ends[4 * segment + 1]!;
    const dx = this.#ends[4 * segment + 2]! - x1;
    const dy = this.#ends[4 * segment + 3]! - y1;
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length));
    return { segment, square: (x1 + along * dx - x) ** 2 + (y1 + along * dy - y) ** 2, along };
  }
}

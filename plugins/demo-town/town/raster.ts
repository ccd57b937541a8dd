// The town on squared paper: what covers each square, to let quarters spread and to keep streets off water and parks.

import { mixPoints, distance, type Point } from './geometry.ts';

/** Metres of one square's side. */
export const SQUARE = 16;
const WEST = -8200;
const SOUTH = -5200;
export const COLUMNS = 790;
export const ROWS = 660;

/** What a square holds; one bit each. */
export const WATER = 1;
export const CLOSED = 2;
export const MAIN_ROAD = 4;
export const RAIL = 8;
export const HIGHWAY = 16;
/** Open water itself, without the strip beside it that `WATER` includes. */
export const RIVER = 32;

export class Raster {
  readonly cover = new Uint8Array(COLUMNS * ROWS);

  /** Number of the square that holds a point; -1 off the paper. */
  squareAt([x, y]: Point): number {
    const column = Math.floor((x - WEST) / SQUARE);
    const row = Math.floor((y - SOUTH) / SQUARE);
    return column < 0 || row < 0 || column >= COLUMNS || row >= ROWS ? -1 : row * COLUMNS + column;
  }

  centerOf(square: number): Point {
    return [WEST + ((square % COLUMNS) + 0.5) * SQUARE, SOUTH + (Math.floor(square / COLUMNS) + 0.5) * SQUARE];
  }

  /** What covers a point; everything off the paper is water. */
  at(point: Point): number {
    const square = this.squareAt(point);
    return square < 0 ? WATER : (this.cover[square] as number);
  }

  /** Marks every square whose centre lies in the polygon (`outside`: that lies in none). */
  fill(polygon: readonly Point[], bit: number, outside = false): void {
    const rowOf = (y: number) => Math.max(0, Math.min(ROWS - 1, Math.floor((y - SOUTH) / SQUARE)));
    const ys = polygon.map(([, y]) => y);
    const [first, last] = outside ? [0, ROWS - 1] : [rowOf(Math.min(...ys)), rowOf(Math.max(...ys))];
    for (let row = first; row <= last; row++) {
      const y = SOUTH + (row + 0.5) * SQUARE;
      const crossings: number[] = [];
      for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
        const [x1, y1] = polygon[i] as Point;
        const [x2, y2] = polygon[j] as Point;
        if (y1 > y !== y2 > y) crossings.push(((x2 - x1) * (y - y1)) / (y2 - y1) + x1);
      }
      crossings.sort((a, b) => a - b);
      if (outside) crossings.unshift(-Infinity);
      if (outside) crossings.push(Infinity);
      for (let k = 0; k + 1 < crossings.length; k += 2) this.#mark(row, crossings[k] as number, crossings[k + 1] as number, bit);
    }
  }

  #mark(row: number, from: number, to: number, bit: number): void {
    const first = Math.max(0, Math.ceil((from - WEST) / SQUARE - 0.5));
    const last = Math.min(COLUMNS - 1, Math.floor((to - WEST) / SQUARE - 0.5));
    for (let column = first; column <= last; column++) {
      const square = row * COLUMNS + column;
      this.cover[square] = (this.cover[square] as number) | bit;
    }
  }

  /** Marks the squares within `width` / 2 of a line. */
  stroke(line: readonly Point[], width: number, bit: number): void {
    const radius = Math.max(1, Math.round(width / 2 / SQUARE));
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Point, line[i] as Point];
      const steps = Math.ceil(distance(a, b) / (SQUARE / 2));
      for (let s = 0; s <= steps; s++) {
        const square = this.squareAt(mixPoints(a, b, s / Math.max(1, steps)));
        if (square < 0) continue;
        for (let r = 1 - radius; r < radius; r++) {
          for (let c = 1 - radius; c < radius; c++) {
            const near = square + r * COLUMNS + c;
            this.cover[near] = (this.cover[near] as number) | bit;
          }
        }
      }
    }
  }
}

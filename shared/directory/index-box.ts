// The rows of a box, in the kd order that index-nearest.ts describes.

import { NODE_SIZE } from './index-nearest.ts';

/** Edges in the units of the positions; they belong to the box. */
export interface UnitBox {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Calls `visit` for each of the first `sorted` rows that lies in the box, in no order. */
export function visitBox(
  positions: Int32Array,
  sorted: number,
  box: UnitBox,
  visit: (row: number, lon: number, lat: number) => void,
): void {
  const { west, south, east, north } = box;
  const stack = [sorted - 1, 0, 0];
  while (stack.length > 0) {
    const axis = stack.pop()!;
    const left = stack.pop()!;
    const right = stack.pop()!;
    const middle = (left + right) >> 1;
    const isLeaf = right - left <= NODE_SIZE;
    const first = isLeaf ? left : middle;
    const last = isLeaf ? right : middle;
    for (let row = first; row <= last; row++) {
      const lon = positions[row * 2]!;
      const lat = positions[row * 2 + 1]!;
      if (lon >= west && lon <= east && lat >= south && lat <= north) visit(row, lon, lat);
    }
    if (isLeaf) continue;
    const split = positions[middle * 2 + axis]!;
    if ((axis === 0 ? west : south) <= split) stack.push(middle - 1, left, 1 - axis);
    if ((axis === 0 ? east : north) >= split) stack.push(right, middle + 1, 1 - axis);
  }
}

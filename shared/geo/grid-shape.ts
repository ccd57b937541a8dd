// Shapes on a grid made calm: narrow gaps closed, edges rounded.

/** A grid of `columns` × `rows` values, row by row. */
export interface Grid {
  columns: number;
  rows: number;
  values: Float32Array;
}

/**
 * The shape (cells that are 1) with every gap and bay narrower than about two `radius` (in cells) filled: it is grown by the radius
 * and shrunk again. No cell that was in it is lost. The shape must stay `radius` + 1 cells away from the border.
 */
export function closeGaps(shape: Grid, radius: number): Grid {
  const grown = distancesTo(shape, (value) => value === 1);
  const outside = distancesTo({ ...shape, values: grown }, (away) => away > radius);
  const values = new Float32Array(outside.length);
  for (let i = 0; i < values.length; i++) values[i] = (outside[i] as number) > radius || shape.values[i] === 1 ? 1 : 0;
  return { ...shape, values };
}

/** For each cell the distance in cells to the nearest one that counts: chamfer steps of 1 and √2, within 8 % of the true one. */
function distancesTo({ columns, rows, values }: Grid, counts: (value: number) => boolean): Float32Array {
  const away = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) away[i] = counts(values[i] as number) ? 0 : Infinity;
  // Once downwards, once upwards; each cell looks at the neighbours that were visited before it.
  for (const side of [1, -1]) {
    for (let n = 0; n < values.length; n++) {
      const at = side === 1 ? n : values.length - 1 - n;
      const column = at % columns;
      const behind = column - side >= 0 && column - side < columns;
      const ahead = column + side >= 0 && column + side < columns;
      const before = at - side * columns;
      let least = away[at] as number;
      if (behind) least = Math.min(least, (away[at - side] as number) + 1);
      if (before >= 0 && before < rows * columns) {
        least = Math.min(least, (away[before] as number) + 1);
        if (behind) least = Math.min(least, (away[before - side] as number) + Math.SQRT2);
        if (ahead) least = Math.min(least, (away[before + side] as number) + Math.SQRT2);
      }
      away[at] = least;
    }
  }
  return away;
}

/** The mean of each cell's square of `radius` cells around it, `times` times; cells beyond the border count as the border's own. */
export function blur(grid: Grid, radius: number, times: number): Grid {
  const { columns, rows } = grid;
  let values = grid.values;
  for (let t = 0; t < times; t++) {
    values = blurLines(values, { count: rows, length: columns, step: 1, next: columns, radius });
    values = blurLines(values, { count: columns, length: rows, step: columns, next: 1, radius });
  }
  return { ...grid, values };
}

interface Lines {
  count: number;
  length: number;
  /** From one cell of a line to the next, and from one line to the next. */
  step: number;
  next: number;
  radius: number;
}

function blurLines(values: Float32Array, { count, length, step, next, radius }: Lines): Float32Array {
  const blurred = new Float32Array(values.length);
  for (let line = 0; line < count; line++) {
    const at = (i: number) => values[line * next + Math.max(0, Math.min(length - 1, i)) * step] as number;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += at(i);
    for (let i = 0; i < length; i++) {
      blurred[line * next + i * step] = sum / (2 * radius + 1);
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
  return blurred;
}

// A table's cells as they are filled in and pasted: what was copied from a spreadsheet finds its place, with or without a line of
// headings above and a column of numbers beside it.

import { parseAmount, parseCells } from './amounts.ts';
import type { MadeTableVersion } from './draft.ts';

type Grid = Pick<MadeTableVersion, 'regions' | 'rows' | 'more'>;

export interface Cell {
  row: number;
  column: number;
}

/** The table with what was pasted at a cell; undefined where it is one cell alone, which the field takes by itself. */
export function pasteCells(grid: Grid, at: Cell, pasted: string): Grid | undefined {
  const cells = parseCells(pasted);
  if (!cells) return undefined;
  const isHead = (row: readonly string[]) => row.every((cell) => cell === '' || parseAmount(cell) === undefined);
  const heads = cells.length > 1 && isHead(cells[0]!) ? cells[0]! : undefined;
  const body = heads ? cells.slice(1) : cells;
  // A first column of 1, 2, 3 … only counts the lines.
  const counted = body.length > 1 && body.every((row, i) => row.length > 1 && parseAmount(row[0]!) === at.row + i + 1);
  const skip = counted ? 1 : 0;
  const width = Math.max(...body.map((row) => row.length)) - skip;
  const columns = Math.max(grid.regions.length, at.column + width);
  const rows = widen(grid.rows, { height: Math.max(grid.rows.length, at.row + body.length), columns });
  body.forEach((row, i) => row.slice(skip).forEach((cell, j) => (rows[at.row + i]![at.column + j] = cell)));
  const regions = Array.from({ length: columns }, (_, i) => grid.regions[i] ?? '');
  heads?.slice(skip).forEach((head, i) => {
    if (head !== '' && at.column + i < columns && columns > 1) regions[at.column + i] = head;
  });
  return { regions, rows, more: Array.from({ length: columns }, (_, i) => grid.more[i] ?? '') };
}

export function addColumn(grid: Grid): Grid {
  const columns = grid.regions.length + 1;
  return { regions: [...grid.regions, ''], rows: widen(grid.rows, { height: grid.rows.length, columns }), more: [...grid.more, ''] };
}

export function removeColumn(grid: Grid, column: number): Grid {
  const without = (row: readonly string[]) => row.filter((_, i) => i !== column);
  return { regions: without(grid.regions), rows: grid.rows.map(without), more: without(grid.more) };
}

export function addRow(grid: Grid): Grid {
  return { ...grid, rows: widen(grid.rows, { height: grid.rows.length + 1, columns: grid.regions.length }) };
}

function widen(rows: readonly (readonly string[])[], { height, columns }: { height: number; columns: number }): string[][] {
  return Array.from({ length: height }, (_, i) => Array.from({ length: columns }, (__, j) => rows[i]?.[j] ?? ''));
}

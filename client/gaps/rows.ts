// The cells as rows of a table: those with the most people without help first, or by another column.

import type { Outcome } from './outcome.ts';

export const COLUMNS = ['area', 'people', 'without', 'today', 'scenario'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  column: Column;
  descending: boolean;
}

/** As a coordinator reads it: where most people are without. */
export const FIRST_ORDER: Order = { column: 'without', descending: true };

export interface RowSource {
  demand: Float64Array;
  today: Outcome;
  outcome: Outcome;
  chosen: Uint8Array | null;
  nameOf(cell: number): string;
}

/** Indexes of the cells where somebody lives, chosen ones only, in order; alike ones stay in the order of the cells. */
export function orderCells(
  { demand, today, outcome, chosen, nameOf }: RowSource,
  { column, descending }: Order,
  language: string,
): number[] {
  const cells: number[] = [];
  for (let i = 0; i < demand.length; i++) if (demand[i]! > 0 && chosen?.[i] !== 0) cells.push(i);
  const sign = descending ? -1 : 1;
  if (column === 'area') {
    const names = new Map(cells.map((cell) => [cell, nameOf(cell)]));
    const { compare } = new Intl.Collator(language, { numeric: true });
    return cells.sort((a, b) => sign * compare(names.get(a)!, names.get(b)!) || a - b);
  }
  const key = keyOf(column, { demand, today, outcome });
  // A difference of two infinities is no number: equal keys are equal first.
  return cells.sort((a, b) => (key(a) === key(b) ? a - b : sign * (key(a) - key(b))));
}

function keyOf(
  column: Exclude<Column, 'area'>,
  { demand, today, outcome }: Omit<RowSource, 'chosen' | 'nameOf'>,
): (cell: number) => number {
  if (column === 'people') return (cell) => demand[cell]!;
  if (column === 'today') return (cell) => today.values[cell]!;
  if (column === 'scenario') return (cell) => outcome.values[cell]!;
  // Nobody is without where help is reached; there the way decides, so that the order says something to its end.
  return (cell) => (outcome.reached[cell] === 0 ? demand[cell]! : -1 / (1 + demand[cell]!));
}

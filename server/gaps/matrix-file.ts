// A travel-time matrix, `from_id,to_id,travel_time`: read once, row by row, into pairs of numbers.

import type { PairBuilder } from '#shared/gaps/pairs.ts';
import { Problem } from '#shared/platform/problems.ts';
import { readCsvRows } from './csv-rows.ts';
import { Faults, findColumns, readNumber, sayNoNumber } from './faults.ts';

const COLUMNS = ['from_id', 'to_id', 'travel_time'] as const;

/** Something to travel to: its number by id, and where its pairs go. */
export interface Destinations {
  indexOf: ReadonlyMap<string, number>;
  pairs: PairBuilder;
}

export interface MatrixReading {
  /** Numbers of the cells that count. */
  cells: ReadonlyMap<string, number>;
  destinations: readonly Destinations[];
  /** Whether an id that is not among those is one of the request's files all the same, left out on purpose. */
  isKnown(id: string): boolean;
}

/**
 * Reads pairs of the cells and destinations; those between others are passed over. Throws a Problem that names the row and column
 * of an id that no file of the request has, and of a travel time that is no number or below zero.
 */
export async function readMatrixFile(file: string, { cells, destinations, isKnown }: MatrixReading): Promise<void> {
  const faults = new Faults(file);
  let [from, to, time, read] = [0, 0, 0, 0];
  // Rows of one cell usually stand together.
  let lastId = '';
  let cell: number | undefined;
  await readCsvRows(file, {
    header(header) {
      [from = 0, to = 0, time = 0] = findColumns(file, header, COLUMNS);
    },
    rows(rows, first) {
      for (let i = 0; i < rows.length; i++) add(rows[i]!, first + i);
      read += rows.length;
    },
  });
  faults.throwIfAny();
  if (read === 0) throw new Problem('bad_request', `${file} has no rows below its header, so nothing tells how far anything is.`);

  function add(row: readonly string[], number: number): void {
    const fromId = row[from] ?? '';
    if (fromId !== lastId || lastId === '') {
      lastId = fromId;
      cell = cells.get(fromId) ?? cells.get(fromId.trim());
      if (cell === undefined && !isKnown(fromId.trim())) return unknown(number, 'from_id', fromId);
    }
    const toId = row[to] ?? '';
    let isFound = false;
    let cost = -1;
    for (const { indexOf, pairs } of destinations) {
      const site = indexOf.get(toId) ?? indexOf.get(toId.trim());
      if (site === undefined) continue;
      isFound = true;
      if (cost < 0) {
        cost = readNumber(row[time]);
        if (!(cost >= 0)) return badTime(number, row[time]);
      }
      if (cell !== undefined) pairs.add(cell, site, cost);
    }
    if (isFound) return;
    if (!isKnown(toId.trim())) return unknown(number, 'to_id', toId);
    if (!(readNumber(row[time]) >= 0)) badTime(number, row[time]);
  }

  function unknown(row: number, column: string, id: string): void {
    lastId = '';
    faults.add(row, column, id.trim() === '' ? 'there is no id.' : `"${id}" is the id of no cell, site or candidate of this request.`);
  }

  function badTime(row: number, text: string | undefined): void {
    const isBelow = readNumber(text) < 0;
    faults.add(row, 'travel_time', isBelow ? `"${text}" is below zero.` : sayNoNumber(text, 'Leave out what cannot be travelled.'));
  }
}

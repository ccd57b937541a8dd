// Which column of a file of people is which, where nobody says so.

import { isCell } from '#shared/geo/cells.ts';
import { readNumber } from '../faults.ts';
import type { FileRecords } from './records.ts';

export interface PopulationColumns {
  /** The H3 cell, or the code of the area. */
  id: string | undefined;
  people: string | undefined;
  /** The name of an area. */
  name: string | undefined;
}

/** Lower case, the likeliest first. */
const IDS = [
  'h3',
  'h3_index',
  'h3index',
  'hex_id',
  'hex',
  'cell',
  'geoid',
  'geoid20',
  'geoid10',
  'code',
  'area_code',
  'tract',
  'fips',
  'id',
];
const PEOPLE = ['population', 'people', 'pop', 'total_population', 'pop_total', 'total', 'residents', 'inhabitants', 'persons'];
const NAMES = ['name', 'namelsad', 'area_name', 'label', 'title'];

export function guessColumns({ columns, records }: FileRecords): PopulationColumns {
  const find = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      const found = columns.find((column) => column.toLowerCase() === name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const cells = columns.find((_, place) => records.every(({ texts }) => isCell((texts[place] ?? '').trim())));
  return { id: cells ?? find(IDS), people: find(PEOPLE), name: find(NAMES) };
}

/** Whether a column holds numbers wherever it holds anything. */
export function isNumbers({ records }: FileRecords, place: number): boolean {
  const told = records.filter(({ texts }) => (texts[place] ?? '').trim() !== '');
  return told.length > 0 && told.every(({ texts }) => !Number.isNaN(readNumber(texts[place])));
}

/** A column's name as words, for whoever reads it on a map: `pop_65plus` → "Pop 65plus", `noCar` → "No car". */
export function columnInWords(column: string): string {
  const words = column
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll(/[_.\s]+/g, ' ')
    .trim();
  return words === '' ? column : words[0]!.toUpperCase() + words.slice(1);
}

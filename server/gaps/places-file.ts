// A CSV of cells, sites or candidates: an id a row, perhaps a figure and a position.

import { readCsvRows } from './csv-rows.ts';
import { Problem } from '#shared/platform/problems.ts';
import { Faults, findColumns, readNumber, sayNoNumber } from './faults.ts';

export interface Places {
  /** Where they come from, for sentences. */
  file: string;
  ids: string[];
  /** Row of each, counted from 1 without the header. */
  rows: number[];
  indexOf: ReadonlyMap<string, number>;
  /** The figure of each; absent where none was asked for. */
  figures: Float64Array | null;
  /** Rows without a figure, which was taken as 0. */
  empty: number[];
  /** Degrees; NaN where there is no position. */
  lon: Float64Array;
  lat: Float64Array;
}

export const NO_PLACES: Places = {
  file: '',
  ids: [],
  rows: [],
  indexOf: new Map(),
  figures: null,
  empty: [],
  lon: new Float64Array(),
  lat: new Float64Array(),
};

export interface PlacesColumns {
  id: string;
  /** A figure of each. `none`: what to write where there is none; absent where an empty cell is taken as 0, and told. */
  figure?: { column: string; none?: string } | undefined;
  /** What they are called, where there must be some. */
  needed?: string;
}

const LON = ['lon', 'lng', 'longitude', 'x'];
const LAT = ['lat', 'latitude', 'y'];

/** Throws a Problem that names row and column of what is wrong: no id, an id twice, no figure, a negative one, half a position. */
export async function readPlacesFile(file: string, { id, figure, needed }: PlacesColumns): Promise<Places> {
  const faults = new Faults(file);
  const [ids, rows, figures, lons, lats]: [string[], number[], number[], number[], number[]] = [[], [], [], [], []];
  const empty: number[] = [];
  const indexOf = new Map<string, number>();
  let columns = { id: 0, figure: -1, lon: -1, lat: -1 };
  await readCsvRows(file, {
    header(header) {
      const [idAt = -1, figureAt = -1] = findColumns(file, header, figure ? [id, figure.column] : [id]);
      const find = (names: readonly string[]): number => header.findIndex((name) => names.includes(name.toLowerCase()));
      columns = { id: idAt, figure: figureAt, lon: find(LON), lat: find(LAT) };
    },
    rows(found, first) {
      for (const [i, cells] of found.entries()) add(cells, first + i);
    },
  });
  faults.throwIfAny();
  if (ids.length === 0 && needed) throw new Problem('bad_request', `${file} has no rows below its header: there are no ${needed}.`);
  return {
    file,
    ids,
    rows,
    indexOf,
    figures: figure ? Float64Array.from(figures) : null,
    empty,
    lon: Float64Array.from(lons),
    lat: Float64Array.from(lats),
  };

  function add(cells: readonly string[], row: number): void {
    const name = (cells[columns.id] ?? '').trim();
    const before = indexOf.get(name);
    if (name === '') return faults.add(row, id, 'there is no id, so nothing tells which place this is.');
    if (before !== undefined) return faults.add(row, id, `"${name}" stands in row ${rows[before]} already. Keep one of them.`);
    if (figure) {
      const text = cells[columns.figure];
      let number = readNumber(text);
      if (figure.none === undefined && (text ?? '').trim() === '') {
        number = 0;
        empty.push(row);
      }
      if (Number.isNaN(number)) return faults.add(row, figure.column, sayNoNumber(text, figure.none));
      if (number < 0) return faults.add(row, figure.column, `"${text}" is below zero.`);
      figures.push(number);
    }
    indexOf.set(name, ids.length);
    ids.push(name);
    rows.push(row);
    const lon = readNumber(cells[columns.lon]);
    const lat = readNumber(cells[columns.lat]);
    const isPlaced = Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
    lons.push(isPlaced ? lon : NaN);
    lats.push(isPlaced ? lat : NaN);
  }
}

/** The places of these ids, in their order. Throws a Problem on an id that there is not. */
export function choosePlaces(places: Places, ids: readonly string[]): Places {
  const missing = ids.filter((id) => !places.indexOf.has(id));
  if (missing.length > 0) {
    throw new Problem(
      'bad_request',
      `${places.file} has no ${missing
        .slice(0, 5)
        .map((id) => `"${id}"`)
        .join(', ')}.`,
    );
  }
  const unique = [...new Set(ids)];
  const at = unique.map((id) => places.indexOf.get(id)!);
  const take = (column: Float64Array): Float64Array => Float64Array.from(at, (i) => column[i]!);
  return {
    file: places.file,
    ids: unique,
    rows: at.map((i) => places.rows[i]!),
    indexOf: new Map(unique.map((id, i) => [id, i])),
    figures: places.figures && take(places.figures),
    empty: places.empty,
    lon: take(places.lon),
    lat: take(places.lat),
  };
}

/** Both, the first ones first. Throws a Problem on an id that both have. */
export function joinPlaces(first: Places, second: Places): Places {
  if (second.ids.length === 0) return first;
  const twice = second.ids.find((id) => first.indexOf.has(id));
  if (twice !== undefined) throw new Problem('bad_request', `"${twice}" stands in ${second.file} and in ${first.file}. Keep one of them.`);
  const figuresOf = ({ figures, ids }: Places): Float64Array => figures ?? new Float64Array(ids.length).fill(1);
  const join = (a: Float64Array, b: Float64Array): Float64Array => Float64Array.from([...a, ...b]);
  return {
    file: second.file,
    ids: [...first.ids, ...second.ids],
    rows: [...first.rows, ...second.rows],
    indexOf: new Map([...first.ids, ...second.ids].map((id, i) => [id, i])),
    figures: first.figures || second.figures ? join(figuresOf(first), figuresOf(second)) : null,
    empty: second.empty,
    lon: join(first.lon, second.lon),
    lat: join(first.lat, second.lat),
  };
}

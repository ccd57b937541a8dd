// A part of a directory index as plain JSON: what travels to a browser and becomes an index there.

import type { Columns } from './index-columns.ts';
import { UNITS_PER_DEGREE } from './index-columns.ts';
import type { ResourceInput } from './resource.ts';
import type { Timetable } from './timetable.ts';

/** Column i of each list is row i; the first `sorted` rows stand in kd order. Numbers point into the tables. */
export interface DirectorySlice {
  version: string;
  sorted: number;
  texts: string[];
  /** Id and name in turn. */
  names: string[];
  lists: string[][];
  timetables: (Timetable | null)[];
  id: string[];
  service: number[];
  organization: number[];
  location: number[];
  /** Ten-millionths of a degree; of the rows with a position only, which come first. */
  lon: number[];
  lat: number[];
  /** Row and coarse cell. */
  hidden: [number, string | null][];
  address: number[];
  phone: number[];
  type: number[];
  rule: number[];
  eligibility: number[];
  summary: number[];
  needs: number[];
  languages: number[];
  bring: number[];
  areas: number[];
  fields: number[];
  timetable: number[];
  /** Row, available, maximum, time of the update. */
  capacity: [number, number, number | null, string][];
  /** Days since 1970; 0: never verified. */
  verified: number[];
}

/** Numbers the distinct values of one kind as they come. */
class Table<K, T> {
  readonly values: T[];
  #numbers = new Map<K, number>();

  constructor(noneKey: K, none: T[]) {
    this.values = none;
    this.#numbers.set(noneKey, 0);
  }

  number(key: K, make: () => T[]): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(key, number);
      this.values.push(...make());
    }
    return number;
  }
}

/** Writes rows in the order given; `sorted` of them have a position and come first. */
export function writeSlice(columns: Columns, rows: ArrayLike<number>, sorted: number, version: string): DirectorySlice {
  const { arrays, strings } = columns;
  const texts = new Table<string, string>('', ['']);
  const places = new Map<number, number>([[0, 0]]);
  const names = new Table<number, string>(0, ['', '']);
  const lists = new Table<readonly string[], string[]>([], [[]]);
  const listKeys = new Map<string, readonly string[]>();
  const timetables = new Table<number, Timetable | null>(0, [null]);

  const each = <T>(write: (row: number) => T): T[] => Array.from({ length: rows.length }, (_, i) => write(rows[i]!));
  const text = (value: string) => texts.number(value, () => [value]);
  const placed = (place: number) => {
    let number = places.get(place);
    if (number === undefined) places.set(place, (number = text(strings.text(place))));
    return number;
  };
  const named = (place: number) => names.number(place, () => [strings.text(place), strings.text(strings.next(place))]);
  const list = (values: readonly string[]) => {
    if (values.length === 0) return 0;
    const key = values.join('\u0000');
    const same = listKeys.get(key) ?? values;
    listKeys.set(key, same);
    return lists.number(same, () => [[...same]]);
  };

  const hidden: DirectorySlice['hidden'] = [];
  const capacity: DirectorySlice['capacity'] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const cell = columns.hidden.get(row);
    if (cell !== undefined) hidden.push([i, cell]);
    const told = columns.capacities.values[arrays.capacity[row]!]!;
    if (told) capacity.push([i, told.available, told.maximum, told.updated]);
  }
  const positioned = Array.from({ length: sorted }, (_, i) => rows[i]!);
  return {
    version,
    sorted,
    id: each((row) => strings.text(arrays.id[row]!)),
    service: each((row) => named(arrays.service[row]!)),
    organization: each((row) => named(arrays.organization[row]!)),
    location: each((row) => named(arrays.location[row]!)),
    lon: positioned.map((row) => columns.positions[row * 2]!),
    lat: positioned.map((row) => columns.positions[row * 2 + 1]!),
    hidden,
    address: each((row) => placed(arrays.address[row]!)),
    phone: each((row) => placed(arrays.phone[row]!)),
    type: each((row) => text(columns.types.values[arrays.type[row]!]!)),
    rule: each((row) => text(columns.rules.values[arrays.rule[row]!]!)),
    eligibility: each((row) => placed(arrays.eligibility[row]!)),
    summary: each((row) => placed(arrays.summary[row]!)),
    needs: each((row) => list(columns.needs.values[arrays.needs[row]!]!)),
    languages: each((row) => list(columns.languages.values[arrays.languages[row]!]!)),
    bring: each((row) => list(columns.bring.values[arrays.bring[row]!]!)),
    areas: each((row) => list(columns.areas.values[arrays.areas[row]!]!)),
    fields: each((row) => list(columns.fields.values[arrays.fields[row]!]!)),
    timetable: each((row) => {
      const number = arrays.timetable[row]!;
      return timetables.number(number, () => [columns.timetables.values[number]!]);
    }),
    capacity,
    verified: each((row) => arrays.verified[row]!),
    texts: texts.values,
    names: names.values,
    lists: lists.values,
    timetables: timetables.values,
  };
}

/** The slice's resources, in its order. */
export function* readSlice(slice: DirectorySlice): Generator<ResourceInput> {
  const hidden = new Map(slice.hidden);
  const capacity = new Map(slice.capacity.map(([row, available, maximum, updated]) => [row, { available, maximum, updated }]));
  const text = (number: number | undefined) => (number ? slice.texts[number]! : null);
  const named = (number: number | undefined) => (number ? { id: slice.names[number * 2]!, name: slice.names[number * 2 + 1]! } : null);
  for (let row = 0; row < slice.id.length; row++) {
    const verified = slice.verified[row]!;
    yield {
      id: slice.id[row]!,
      service: named(slice.service[row])!,
      organization: named(slice.organization[row]),
      location: named(slice.location[row]),
      lon: row < slice.sorted ? slice.lon[row]! / UNITS_PER_DEGREE : null,
      lat: row < slice.sorted ? slice.lat[row]! / UNITS_PER_DEGREE : null,
      hidden: hidden.has(row),
      cell: hidden.get(row) ?? null,
      address: text(slice.address[row]),
      phone: text(slice.phone[row]),
      type: text(slice.type[row]),
      needs: slice.lists[slice.needs[row]!]!,
      languages: slice.lists[slice.languages[row]!]!,
      rule: text(slice.rule[row]),
      eligibilityText: text(slice.eligibility[row]),
      summary: text(slice.summary[row]),
      bring: slice.lists[slice.bring[row]!]!,
      timetable: slice.timetables[slice.timetable[row]!]!,
      capacity: capacity.get(row) ?? null,
      verified: verified === 0 ? null : new Date(verified * 86_400_000).toISOString().slice(0, 10),
      areas: slice.lists[slice.areas[row]!]!,
      fields: slice.lists[slice.fields[row]!]!,
    };
  }
}

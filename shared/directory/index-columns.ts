// The columns of a directory index and how a resource is written into them and read back.
// A hidden resource's position and address are dropped here, whatever the caller hands in.

import type { ResourceInput } from './resource.ts';
import type { Timetable } from './timetable.ts';
import { StringPool } from './index-strings.ts';

/** Positions are kept as ten-millionths of a degree: a centimetre. */
export const UNITS_PER_DEGREE = 1e7;
/** Stands in both coordinates of a row without a position. */
export const NO_POSITION = -0x80000000;

// Places in the string pool, then numbers of interned values (two bytes each until there are more than 65,536 of them).
const PLACE_COLUMNS = ['id', 'service', 'organization', 'location', 'address', 'phone', 'eligibility', 'summary'] as const;
const NUMBER_COLUMNS = ['type', 'rule', 'needs', 'languages', 'bring', 'areas', 'fields', 'timetable', 'capacity', 'verified'] as const;
const COLUMN_NAMES = [...PLACE_COLUMNS, ...NUMBER_COLUMNS];

type PlaceColumn = (typeof PLACE_COLUMNS)[number];
type NumberColumn = (typeof NUMBER_COLUMNS)[number];
type ColumnArrays = { [C in PlaceColumn]: Uint32Array } & { [C in NumberColumn]: Uint16Array | Uint32Array };
type Capacity = NonNullable<ResourceInput['capacity']>;

/** Values by number; equal ones share one. Number 0 is "none". */
export class Interned<T> {
  readonly values: T[];
  #numbers = new Map<string, number>();
  #keyOf: (value: T) => string;

  constructor(none: T, keyOf: (value: T) => string) {
    this.values = [none];
    this.#keyOf = keyOf;
    this.#numbers.set(keyOf(none), 0);
  }

  number(value: T): number {
    const key = this.#keyOf(value);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.values.length;
      this.values.push(value);
      this.#numbers.set(key, number);
    }
    return number;
  }
}

const internedNames = () => new Interned<string>('', (name) => name);
const internedLists = () => new Interned<readonly string[]>([], (list) => list.join('\u0000'));

/** All data of an index's rows. Append-only: a change to a resource is a new row. */
export class Columns {
  readonly strings = new StringPool();
  readonly types = internedNames();
  readonly rules = internedNames();
  readonly needs = internedLists();
  readonly languages = internedLists();
  readonly bring = internedLists();
  readonly areas = internedLists();
  readonly fields = internedLists();
  readonly capacities = new Interned<Capacity | null>(null, (c) => (c ? `${c.available} ${c.maximum} ${c.updated}` : ''));
  readonly timetables = new Interned<Timetable | null>(null, timetableKey());
  /** Row → coarse cell; a key is a hidden row. */
  readonly hidden = new Map<number, string | null>();
  arrays: ColumnArrays;
  /** Longitude and latitude in turn, in units of {@link UNITS_PER_DEGREE}. */
  positions: Int32Array;
  /** Rows in use. */
  rows = 0;

  constructor(capacity = 256) {
    this.arrays = allocate(capacity);
    this.positions = new Int32Array(capacity * 2);
  }

  get capacity(): number {
    return this.arrays.id.length;
  }

  add(resource: ResourceInput): number {
    if (this.rows === this.capacity) this.#resize(Math.max(256, this.capacity * 2));
    const row = this.rows++;
    const { strings, arrays } = this;
    arrays.id[row] = strings.intern(resource.id);
    arrays.service[row] = strings.intern(resource.service.id, resource.service.name);
    arrays.organization[row] = resource.organization ? strings.intern(resource.organization.id, resource.organization.name) : 0;
    arrays.location[row] = resource.location ? strings.intern(resource.location.id, resource.location.name) : 0;
    arrays.address[row] = strings.intern(resource.hidden ? null : resource.address);
    arrays.phone[row] = strings.intern(resource.phone);
    arrays.eligibility[row] = strings.intern(resource.eligibilityText);
    arrays.summary[row] = strings.intern(resource.summary);
    this.#write('type', row, this.types.number(resource.type ?? ''));
    this.#write('rule', row, this.rules.number(resource.rule ?? ''));
    this.#write('needs', row, this.needs.number(resource.needs));
    this.#write('languages', row, this.languages.number(resource.languages));
    this.#write('bring', row, this.bring.number(resource.bring));
    this.#write('areas', row, this.areas.number(resource.areas));
    this.#write('fields', row, this.fields.number(resource.fields));
    this.#write('timetable', row, this.timetables.number(resource.timetable));
    this.#write('capacity', row, this.capacities.number(resource.capacity));
    this.#write('verified', row, dayNumber(resource.verified));
    if (resource.hidden) this.hidden.set(row, resource.cell);
    this.#writePosition(row, resource);
    return row;
  }

  /** The row as it was given, but without what was dropped. */
  read(row: number): ResourceInput {
    const { arrays, strings } = this;
    const hidden = this.hidden.has(row);
    return {
      id: strings.text(arrays.id[row]!),
      service: this.named(arrays.service[row]!)!,
      organization: this.named(arrays.organization[row]!),
      location: this.named(arrays.location[row]!),
      lon: numberOrNull(this.lon(row)),
      lat: numberOrNull(this.lat(row)),
      hidden,
      cell: this.hidden.get(row) ?? null,
      address: this.text(arrays.address[row]!),
      phone: this.text(arrays.phone[row]!),
      type: this.types.values[arrays.type[row]!] || null,
      needs: this.needs.values[arrays.needs[row]!]!,
      languages: this.languages.values[arrays.languages[row]!]!,
      rule: this.rules.values[arrays.rule[row]!] || null,
      eligibilityText: this.text(arrays.eligibility[row]!),
      summary: this.text(arrays.summary[row]!),
      bring: this.bring.values[arrays.bring[row]!]!,
      timetable: this.timetables.values[arrays.timetable[row]!]!,
      capacity: this.capacities.values[arrays.capacity[row]!]!,
      verified: dayText(arrays.verified[row]!),
      areas: this.areas.values[arrays.areas[row]!]!,
      fields: this.fields.values[arrays.fields[row]!]!,
    };
  }

  text(place: number): string | null {
    return place === 0 ? null : this.strings.text(place);
  }

  named(place: number): { id: string; name: string } | null {
    return place === 0 ? null : { id: this.strings.text(place), name: this.strings.text(this.strings.next(place)) };
  }

  /** Degrees; NaN without a position. */
  lon(row: number): number {
    const units = this.positions[row * 2]!;
    return units === NO_POSITION ? Number.NaN : units / UNITS_PER_DEGREE;
  }

  lat(row: number): number {
    const units = this.positions[row * 2 + 1]!;
    return units === NO_POSITION ? Number.NaN : units / UNITS_PER_DEGREE;
  }

  hasPosition(row: number): boolean {
    return this.positions[row * 2] !== NO_POSITION;
  }

  /** Puts row `order[i]` at i and leaves room for `spare` more rows. */
  reorder(order: ArrayLike<number>, spare: number): void {
    const arrays = this.#allocateLike(this.rows + spare);
    for (const name of COLUMN_NAMES) {
      const from = this.arrays[name];
      const to = arrays[name];
      for (let i = 0; i < this.rows; i++) to[i] = from[order[i]!]!;
    }
    const positions = new Int32Array((this.rows + spare) * 2);
    const hidden: [number, string | null][] = [];
    for (let i = 0; i < this.rows; i++) {
      const row = order[i]!;
      positions[i * 2] = this.positions[row * 2]!;
      positions[i * 2 + 1] = this.positions[row * 2 + 1]!;
      if (this.hidden.has(row)) hidden.push([i, this.hidden.get(row)!]);
    }
    this.arrays = arrays;
    this.positions = positions;
    this.hidden.clear();
    for (const [row, cell] of hidden) this.hidden.set(row, cell);
  }

  /** Bytes of the rows in use and of their text. */
  get byteLength(): number {
    const perRow = COLUMN_NAMES.reduce((sum, name) => sum + this.arrays[name].BYTES_PER_ELEMENT, 8);
    return perRow * this.rows + this.strings.end;
  }

  #write(name: NumberColumn, row: number, value: number): void {
    const column = this.arrays[name];
    if (value > 0xffff && column instanceof Uint16Array) this.arrays[name] = Uint32Array.from(column);
    this.arrays[name][row] = value;
  }

  #writePosition(row: number, { hidden, lon, lat }: ResourceInput): void {
    const known = !hidden && lon !== null && lat !== null && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
    this.positions[row * 2] = known ? Math.round(lon * UNITS_PER_DEGREE) : NO_POSITION;
    this.positions[row * 2 + 1] = known ? Math.round(lat * UNITS_PER_DEGREE) : NO_POSITION;
  }

  #resize(capacity: number): void {
    const arrays = this.#allocateLike(capacity);
    for (const name of COLUMN_NAMES) arrays[name].set(this.arrays[name]);
    const positions = new Int32Array(capacity * 2);
    positions.set(this.positions);
    this.arrays = arrays;
    this.positions = positions;
  }

  #allocateLike(capacity: number): ColumnArrays {
    const arrays = allocate(capacity);
    for (const name of NUMBER_COLUMNS) if (this.arrays[name] instanceof Uint32Array) arrays[name] = new Uint32Array(capacity);
    return arrays;
  }
}

function allocate(capacity: number): ColumnArrays {
  const places = PLACE_COLUMNS.map((name) => [name, new Uint32Array(capacity)] as const);
  const numbers = NUMBER_COLUMNS.map((name) => [name, new Uint16Array(capacity)] as const);
  return Object.fromEntries([...places, ...numbers]) as unknown as ColumnArrays;
}

/** The text of a timetable; one that many rows share is written out once. */
function timetableKey(): (timetable: Timetable | null) => string {
  const keys = new WeakMap<Timetable, string>();
  return (timetable) => {
    if (timetable === null) return '';
    let key = keys.get(timetable);
    if (key === undefined) keys.set(timetable, (key = JSON.stringify(timetable)));
    return key;
  };
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

const DAY = 86_400_000;

/** Days since 1970-01-01, so that day 0 may stand for "never"; 0 for null or what is no date. */
function dayNumber(day: string | null): number {
  if (day === null) return 0;
  const time = Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(time) ? 0 : Math.min(65_535, Math.max(0, Math.round(time / DAY)));
}

function dayText(number: number): string | null {
  return number === 0 ? null : new Date(number * DAY).toISOString().slice(0, 10);
}

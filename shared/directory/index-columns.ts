// The columns of a directory index and how a resource is written into them and read back.
// A hidden resource's position and address are dropped here, whatever the caller hands in.

import type { ResourceInput } from './resource.ts';
import type { Timetable } from './timetable.ts';
import { StringPool } from './index-strings.ts';

/** Positions are kept as ten-millionths of a degree: a centimetre. */
export const UNITS_PER_DEGREE = 1e7;
/** Stands in both coordinates of a row without a position. */
export const NO_POSITION = -0x80000000;

// Numbers: places in the string pool (id … updated), or numbers of an interned value (rule … areas).
const COLUMN_TYPES = {
  id: Uint32Array,
  service: Uint32Array,
  organization: Uint32Array,
  location: Uint32Array,
  address: Uint32Array,
  phone: Uint32Array,
  eligibility: Uint32Array,
  summary: Uint32Array,
  updated: Uint32Array,
  type: Uint16Array,
  rule: Uint32Array,
  needs: Uint32Array,
  languages: Uint32Array,
  bring: Uint32Array,
  areas: Uint32Array,
  timetable: Uint32Array,
  available: Float32Array,
  maximum: Float32Array,
  verified: Uint16Array,
} as const;

type ColumnName = keyof typeof COLUMN_TYPES;
type ColumnArrays = { [C in ColumnName]: InstanceType<(typeof COLUMN_TYPES)[C]> };
const COLUMN_NAMES = Object.keys(COLUMN_TYPES) as ColumnName[];

/** Values by number; equal ones share one. Number 0 is "none". */
export class Interned<T> {
  readonly values: T[];
  #numbers = new Map<string, number>();
  #byIdentity = new WeakMap<object, number>();
  #keyOf: (value: T) => string;

  constructor(none: T, keyOf: (value: T) => string) {
    this.values = [none];
    this.#keyOf = keyOf;
    this.#numbers.set(keyOf(none), 0);
  }

  number(value: T): number {
    const known = typeof value === 'object' && value !== null ? this.#byIdentity.get(value) : undefined;
    if (known !== undefined) return known;
    const key = this.#keyOf(value);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.values.length;
      this.values.push(value);
      this.#numbers.set(key, number);
    }
    if (typeof value === 'object' && value !== null) this.#byIdentity.set(value, number);
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
  readonly timetables = new Interned<Timetable | null>(null, (timetable) => JSON.stringify(timetable));
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
    arrays.type[row] = this.types.number(resource.type ?? '');
    arrays.rule[row] = this.rules.number(resource.rule ?? '');
    arrays.needs[row] = this.needs.number(resource.needs);
    arrays.languages[row] = this.languages.number(resource.languages);
    arrays.bring[row] = this.bring.number(resource.bring);
    arrays.areas[row] = this.areas.number(resource.areas);
    arrays.timetable[row] = this.timetables.number(resource.timetable);
    arrays.available[row] = resource.capacity ? resource.capacity.available : Number.NaN;
    arrays.maximum[row] = resource.capacity?.maximum ?? Number.NaN;
    arrays.updated[row] = strings.intern(resource.capacity?.updated ?? null);
    arrays.verified[row] = dayNumber(resource.verified);
    if (resource.hidden) this.hidden.set(row, resource.cell);
    this.#writePosition(row, resource);
    return row;
  }

  /** The row as it was given, but without what was dropped. */
  read(row: number): ResourceInput {
    const { arrays, strings } = this;
    const hidden = this.hidden.has(row);
    const available = arrays.available[row]!;
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
      capacity: Number.isNaN(available)
        ? null
        : { available, maximum: numberOrNull(arrays.maximum[row]!), updated: this.text(arrays.updated[row]!) ?? '' },
      verified: dayText(arrays.verified[row]!),
      areas: this.areas.values[arrays.areas[row]!]!,
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
    const arrays = allocate(this.rows + spare);
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

  /** Bytes of the typed arrays and of the text in use. */
  get byteLength(): number {
    const perRow = COLUMN_NAMES.reduce((sum, name) => sum + COLUMN_TYPES[name].BYTES_PER_ELEMENT, 8);
    return perRow * this.rows + this.strings.end;
  }

  #writePosition(row: number, { hidden, lon, lat }: ResourceInput): void {
    const known = !hidden && lon !== null && lat !== null && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
    this.positions[row * 2] = known ? Math.round(lon * UNITS_PER_DEGREE) : NO_POSITION;
    this.positions[row * 2 + 1] = known ? Math.round(lat * UNITS_PER_DEGREE) : NO_POSITION;
  }

  #resize(capacity: number): void {
    const arrays = allocate(capacity);
    for (const name of COLUMN_NAMES) arrays[name].set(this.arrays[name]);
    const positions = new Int32Array(capacity * 2);
    positions.set(this.positions);
    this.arrays = arrays;
    this.positions = positions;
  }
}

function allocate(capacity: number): ColumnArrays {
  return Object.fromEntries(COLUMN_NAMES.map((name) => [name, new COLUMN_TYPES[name](capacity)])) as unknown as ColumnArrays;
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

// The directory index: every resource in columns, in memory, the same in the server and in the browser. Search, matching,
// tiles and lists read it; the database stays the truth. It never holds client data nor the position of a hidden site.

import { wrapLongitude, type Bounds } from '../geo/bounds.ts';
import { BitSet } from './bit-set.ts';
import { visitBox } from './index-box.ts';
import { findWithin, type Within } from './index-circle.ts';
import { Columns, UNITS_PER_DEGREE } from './index-columns.ts';
import { IdTable } from './index-ids.ts';
import { findNearest, type Nearest } from './index-nearest.ts';
import { kdOrder } from './index-order.ts';
import { IndexRows } from './index-rows.ts';
import { readSlice, writeSlice, type DirectorySlice } from './index-slice.ts';
import type { ResourceInput } from './resource.ts';

export type { DirectorySlice } from './index-slice.ts';
export type { Nearest } from './index-nearest.ts';
export type { Within } from './index-circle.ts';
export { BitSet } from './bit-set.ts';

export interface DirectoryDelta {
  upserts: readonly ResourceInput[];
  /** Ids of resources that are gone. */
  removed: readonly string[];
}

export interface NearestRequest {
  /** At most so many rows; default all within reach. */
  count?: number;
  /** Default: however far. */
  maxMeters?: number;
  /** Rows that qualify: a bit set of this index (fastest), or a test. */
  filter?: BitSet | ((row: number) => boolean);
}

/** Rows appended or dead beyond this are folded into a new base. */
const FOLD_AT_LEAST = 500;
const FOLD_AT_MOST = 4000;
const FOLD_BATCH = 500;

/** Collects resources one by one, so that no more than the columns is ever in memory. */
export class DirectoryIndexBuilder {
  #columns = new Columns();

  add(resource: ResourceInput): void {
    this.#columns.add(resource);
  }

  /** The index of all that was added. Ids are meant to be distinct; of two resources with one id only one holds. */
  finish(version: string): DirectoryIndex {
    const columns = this.#columns;
    this.#columns = new Columns();
    const { order, sorted } = kdOrder(columns, columns.rows, (i) => i);
    columns.reorder(order, Math.max(64, Math.min(FOLD_AT_MOST, columns.rows >> 4)));
    return DirectoryIndex.ofColumns(columns, sorted, version);
  }
}

/**
 * An index as it is at one version; `apply` gives the next one and leaves this one valid.
 *
 * A row is a number below `length`. Rows are stable within one version. A row can be dead (replaced or removed):
 * `rowsAll`, `rowsWith…`, `nearest` and `within` never give a dead row; who counts through `length` asks `isLive`.
 */
export class DirectoryIndex extends IndexRows {
  readonly version: string;
  /** Row numbers are below this. */
  readonly length: number;
  /** Rows of the kd-tree: `0 … sorted − 1`. */
  readonly #sorted: number;
  readonly #ids: IdTable;
  readonly #dead: BitSet;
  /** Appended since the base was built: id → row. */
  readonly #recent: ReadonlyMap<string, number>;
  readonly #sets = new Map<string, BitSet>();

  private constructor(columns: Columns, sorted: number, ids: IdTable, dead: BitSet, recent: ReadonlyMap<string, number>, version: string) {
    super(columns);
    this.#sorted = sorted;
    this.#ids = ids;
    this.#dead = dead;
    this.#recent = recent;
    this.length = columns.rows;
    this.version = version;
  }

  static build(resources: Iterable<ResourceInput>, version = '0'): DirectoryIndex {
    const builder = new DirectoryIndexBuilder();
    for (const resource of resources) builder.add(resource);
    return builder.finish(version);
  }

  /** The index of a slice: row i is the slice's row i. */
  static fromSlice(slice: DirectorySlice): DirectoryIndex {
    const columns = new Columns(slice.id.length + 64);
    for (const resource of readSlice(slice)) columns.add(resource);
    return DirectoryIndex.ofColumns(columns, slice.sorted, slice.version);
  }

  /** For the builder: `columns` are complete, their first `sorted` rows in kd order. */
  static ofColumns(columns: Columns, sorted: number, version: string): DirectoryIndex {
    columns.strings.seal(1 << 12);
    const dead = new BitSet(columns.rows);
    return new DirectoryIndex(columns, sorted, new IdTable(columns, dead), dead, new Map(), version);
  }

  /** Resources that are there. */
  get size(): number {
    return this.length - this.#dead.size;
  }

  isLive(row: number): boolean {
    return !this.#dead.has(row);
  }

  /** The row of a resource. */
  findRow(id: string): number | undefined {
    const row = this.#recent.get(id) ?? this.#ids.find(id);
    return row === undefined || this.#dead.has(row) ? undefined : row;
  }

  // Sets of rows; kept once asked for.

  rowsAll(): BitSet {
    return this.#set('all', () => BitSet.full(this.length).andNot(this.#dead));
  }

  /** Rows that meet a taxonomy term. */
  rowsWithNeed(term: string): BitSet {
    return this.#set(`need ${term}`, () => this.#rowsOf(this.columns.arrays.needs, this.needSets, (needs) => needs.includes(term)));
  }

  /** Rows that meet any of the terms. */
  rowsWithAnyNeed(terms: readonly string[]): BitSet {
    return terms.map((term) => this.rowsWithNeed(term)).reduce((all, rows) => all.or(rows), new BitSet(this.length));
  }

  rowsWithLanguage(code: string): BitSet {
    return this.#set(`language ${code}`, () =>
      this.#rowsOf(this.columns.arrays.languages, this.languageSets, (codes) => codes.includes(code)),
    );
  }

  /** Rows of a resource type; '' gives those without one. */
  rowsOfType(type: string): BitSet {
    return this.#set(`type ${type}`, () => this.#rowsOf(this.columns.arrays.type, this.types, (name) => name === type));
  }

  rowsHidden(): BitSet {
    return this.#set('hidden', () => {
      const rows = new BitSet(this.length);
      for (const row of this.columns.hidden.keys()) if (row < this.length && !this.#dead.has(row)) rows.add(row);
      return rows;
    });
  }

  /** Rows without a position, or whose position nobody may know. */
  rowsWithoutPosition(): BitSet {
    return this.#set('without position', () => {
      const rows = new BitSet(this.length);
      for (let row = 0; row < this.length; row++) if (!this.columns.hasPosition(row)) rows.add(row);
      return rows.andNot(this.#dead);
    });
  }

  // Space. Rows without a position are in none of the answers.

  /** The nearest rows to a position in degrees, by great-circle metres. */
  nearest(lon: number, lat: number, request: NearestRequest = {}): Nearest {
    const { count = Infinity, maxMeters = Infinity, filter } = request;
    return findNearest({ positions: this.columns.positions, sorted: this.#sorted }, wrapLongitude(lon), lat, {
      count,
      maxMeters,
      allowed: filter instanceof BitSet ? filter : null,
      predicate: typeof filter === 'function' ? filter : null,
      dead: this.#dead.size > 0 ? this.#dead : null,
      tail: this.#tail(),
    });
  }

  /** All rows within great-circle metres of a position, of `rows` alone where they are given: faster than `nearest` where thousands are wanted. */
  withinMeters(lon: number, lat: number, maxMeters: number, rows: BitSet | null = null): Within {
    return findWithin({ positions: this.columns.positions, sorted: this.#sorted }, wrapLongitude(lon), lat, {
      maxMeters,
      allowed: rows,
      dead: this.#dead.size > 0 ? this.#dead : null,
      tail: this.#tail(),
    });
  }

  /** Rows in a box of degrees, edges included; `west` > `east` crosses the antimeridian. In no order. */
  within(box: Bounds): number[] {
    const rows: number[] = [];
    this.visitWithin(box, (row) => rows.push(row));
    return rows;
  }

  /** `within` without a list: calls `visit` for each row with its position in ten-millionths of a degree. */
  visitWithin([west, south, east, north]: Bounds, visit: (row: number, lonUnits: number, latUnits: number) => void): void {
    if (west > east) {
      this.visitWithin([west, south, 180, north], visit);
      this.visitWithin([-180, south, east, north], visit);
      return;
    }
    const box = {
      west: west * UNITS_PER_DEGREE,
      south: south * UNITS_PER_DEGREE,
      east: east * UNITS_PER_DEGREE,
      north: north * UNITS_PER_DEGREE,
    };
    const dead = this.#dead.size > 0 ? this.#dead : null;
    visitBox(this.columns.positions, this.#sorted, box, (row, lon, lat) => {
      if (dead === null || !dead.has(row)) visit(row, lon, lat);
    });
    const { positions } = this.columns;
    for (const row of this.#tail()) {
      const lon = positions[row * 2]!;
      const lat = positions[row * 2 + 1]!;
      if (lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north) visit(row, lon, lat);
    }
  }

  /** The smallest box around all positions; null where there is none. */
  bounds(): Bounds | null {
    const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
    for (let row = 0; row < this.length; row++) {
      if (this.#dead.has(row) || !this.columns.hasPosition(row)) continue;
      const lon = this.columns.lon(row);
      const lat = this.columns.lat(row);
      if (lon < box[0]) box[0] = lon;
      if (lat < box[1]) box[1] = lat;
      if (lon > box[2]) box[2] = lon;
      if (lat > box[3]) box[3] = lat;
    }
    return box[0] === Infinity ? null : box;
  }

  // Parts and changes.

  /** A part as plain JSON. Its row i is row `rows[i]` here: the order is the slice's own, not the one asked with. */
  toSlice(rows: ArrayLike<number>): { slice: DirectorySlice; rows: Uint32Array } {
    const { order, sorted } = kdOrder(this.columns, rows.length, (i) => rows[i]!);
    const ordered = order.map((i) => rows[i]!);
    return { slice: writeSlice(this.columns, ordered, sorted, this.version), rows: ordered };
  }

  /** The index with these changes. Small ones cost little; `needsFolding` says when `fold` is due. */
  apply(delta: DirectoryDelta, version: string = this.version): DirectoryIndex {
    const columns = this.columns;
    // Rows were appended behind this version's back, by a change that is not its own: it starts from a copy.
    if (columns.rows !== this.length) return DirectoryIndex.build(this.#resources(), this.version).apply(delta, version);
    const gone: number[] = [];
    const recent = new Map(this.#recent);
    for (const id of [...delta.removed, ...delta.upserts.map((resource) => resource.id)]) {
      const row = recent.get(id) ?? this.#ids.find(id);
      if (row !== undefined) gone.push(row);
      recent.delete(id);
    }
    for (const resource of delta.upserts) {
      const earlier = recent.get(resource.id);
      if (earlier !== undefined) gone.push(earlier);
      recent.set(resource.id, columns.add(resource));
    }
    const dead = this.#dead.clone(columns.rows);
    for (const row of gone) dead.add(row);
    return new DirectoryIndex(columns, this.#sorted, this.#ids, dead, recent, version);
  }

  /** Whether this is `earlier` or came from it by `apply` alone: then rows below `earlier.length` are the same here. */
  extends(earlier: DirectoryIndex): boolean {
    return this.columns === earlier.columns && this.length >= earlier.length;
  }

  get needsFolding(): boolean {
    const limit = Math.min(FOLD_AT_MOST, Math.max(FOLD_AT_LEAST, this.length >> 5));
    return this.#recent.size + this.#dead.size > limit;
  }

  /** The same resources as a fresh base. Calls `pause` after each batch, so that others get their turn. */
  async fold(pause: () => Promise<void>): Promise<DirectoryIndex> {
    const builder = new DirectoryIndexBuilder();
    let added = 0;
    for (const resource of this.#resources()) {
      builder.add(resource);
      if (++added % FOLD_BATCH === 0) await pause();
    }
    return builder.finish(this.version);
  }

  /** Bytes of typed arrays and text, with the sets that were asked for so far. */
  get byteLength(): number {
    let sets = this.#dead.words.byteLength;
    for (const set of this.#sets.values()) sets += set.words.byteLength;
    return this.columns.byteLength + this.#ids.byteLength + sets;
  }

  *#resources(): Generator<ResourceInput> {
    for (let row = 0; row < this.length; row++) if (!this.#dead.has(row)) yield this.columns.read(row);
  }

  #tail(): number[] {
    const rows: number[] = [];
    for (const row of this.#recent.values()) if (this.columns.hasPosition(row)) rows.push(row);
    return rows;
  }

  #set(key: string, make: () => BitSet): BitSet {
    let set = this.#sets.get(key);
    if (!set) this.#sets.set(key, (set = make()));
    return set;
  }

  #rowsOf<T>(column: ArrayLike<number>, values: readonly T[], matches: (value: T) => boolean): BitSet {
    const wanted = Uint8Array.from(values, (value) => (matches(value) ? 1 : 0));
    const rows = new BitSet(this.length);
    const words = rows.words;
    for (let row = 0; row < this.length; row++) if (wanted[column[row]!] === 1) words[row >>> 5]! |= 1 << (row & 31);
    return this.#dead.size > 0 ? rows.andNot(this.#dead) : rows;
  }
}

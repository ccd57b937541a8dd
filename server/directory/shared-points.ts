// Positions on which suspiciously many different places lie: a geocoder's answer to "I do not know". A million rows of
// different positions take some 60 MB.

import type { MappedRecord, RowIssue } from '#shared/directory/import-record.ts';

/** So many rows with so many different addresses on one point are no coincidence. */
const SUSPICIOUS = 10;
const ROWS_A_FILE = 2 ** 32;

interface Point {
  /** Rows, each with its file in one number. */
  places: number[];
  /** Hashes of different addresses, as many as need to be told apart. */
  addresses: number[];
}

export class SharedPoints {
  #files = new Map<string, number>();
  /** The only row of a point, and its address, until there is another one: two numbers by the point's. */
  #single = new NumberTable();
  #singleAddresses: number[] = [];
  #singlePlaces: number[] = [];
  #points = new Map<number, Point>();

  add(records: readonly MappedRecord[], file: string, row: number): void {
    const location = records.find((record) => record.object === 'location');
    const { latitude, longitude, hidden } = location?.fields ?? {};
    // A hidden position takes part in nothing, not even in being suspicious.
    if (hidden === 1) return;
    if (typeof latitude !== 'number' || typeof longitude !== 'number') return;
    const named = records.find((record) => record.object === 'address')?.fields['address_1'] ?? records[0]?.fields['name'] ?? '';
    const address = hashOf(String(named).toLowerCase());
    const place = this.#place(file, row);
    // One number for both, exact to 1e-5 degrees, about a metre.
    const key = Math.round(latitude * 1e5) * 36_000_001 + Math.round(longitude * 1e5) || 1;
    const point = this.#points.get(key);
    if (point) {
      point.places.push(place);
      if (point.addresses.length < SUSPICIOUS && !point.addresses.includes(address)) point.addresses.push(address);
      return;
    }
    const single = this.#single.get(key);
    if (single === undefined) {
      this.#single.set(key, this.#singlePlaces.length);
      this.#singlePlaces.push(place);
      this.#singleAddresses.push(address);
      return;
    }
    const first = this.#singleAddresses[single] as number;
    this.#points.set(key, {
      places: [this.#singlePlaces[single] as number, place],
      addresses: first === address ? [address] : [first, address],
    });
  }

  #place(file: string, row: number): number {
    let index = this.#files.get(file);
    if (index === undefined) this.#files.set(file, (index = this.#files.size));
    return index * ROWS_A_FILE + row;
  }

  *listShared(): Iterable<RowIssue & { file: string; row: number }> {
    const files = [...this.#files.keys()];
    for (const { places, addresses } of this.#points.values()) {
      if (addresses.length < SUSPICIOUS) continue;
      const message = `${places.length} rows with different addresses have exactly this position: it seems to stand for "not found". It was kept; check it on the map.`;
      for (const place of places) {
        const at = { file: files[Math.floor(place / ROWS_A_FILE)] as string, row: place % ROWS_A_FILE };
        yield { ...at, column: null, code: 'coordinate_shared', severity: 'warning', message, value: null };
      }
    }
  }
}

const FIRST_SLOTS = 1 << 10;
/** Fuller than this, looking up takes long. */
const MOST_FILLED = 0.6;

/** Numbers by whole numbers other than 0, with open addressing: a million take a third of what a Map does, and no time to collect. */
class NumberTable {
  #keys = new Float64Array(FIRST_SLOTS);
  #values = new Uint32Array(FIRST_SLOTS);
  #size = 0;

  get(key: number): number | undefined {
    const at = this.#find(key);
    return this.#keys[at] === key ? this.#values[at] : undefined;
  }

  set(key: number, value: number): void {
    if (this.#size > this.#keys.length * MOST_FILLED) this.#grow();
    const at = this.#find(key);
    if (this.#keys[at] !== key) this.#size++;
    this.#keys[at] = key;
    this.#values[at] = value;
  }

  #find(key: number): number {
    const most = this.#keys.length - 1;
    let at = Math.imul(key ^ Math.floor(key / 2 ** 32), 0x9e3779b1) >>> 7;
    for (at &= most; this.#keys[at] !== 0 && this.#keys[at] !== key; at = (at + 1) & most);
    return at;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Float64Array(keys.length * 2);
    this.#values = new Uint32Array(keys.length * 2);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === 0) continue;
      const at = this.#find(keys[i] as number);
      this.#keys[at] = keys[i] as number;
      this.#values[at] = values[i] as number;
    }
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

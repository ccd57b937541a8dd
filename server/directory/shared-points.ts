// Positions on which suspiciously many different places lie: a geocoder's answer to "I do not know".

import type { MappedRecord, RowIssue } from '#shared/directory/import-record.ts';

/** So many rows with so many different addresses on one point are no coincidence. */
const SUSPICIOUS = 10;

interface Point {
  places: (string | number)[];
  /** The address of the first row; a set only once there is another one. */
  address: string;
  addresses: Set<string> | null;
}

export class SharedPoints {
  #points = new Map<number, Point>();

  add(records: readonly MappedRecord[], file: string, row: number): void {
    const location = records.find((record) => record.object === 'location');
    const { latitude, longitude, hidden } = location?.fields ?? {};
    // A hidden position takes part in nothing, not even in being suspicious.
    if (hidden === 1) return;
    if (typeof latitude !== 'number' || typeof longitude !== 'number') return;
    const named = records.find((record) => record.object === 'address')?.fields['address_1'] ?? records[0]?.fields['name'] ?? '';
    const address = String(named).toLowerCase();
    // One number for both, exact to 1e-5 degrees, about a metre.
    const key = Math.round(latitude * 1e5) * 36_000_001 + Math.round(longitude * 1e5);
    const point = this.#points.get(key);
    if (!point) {
      this.#points.set(key, { places: [file, row], address, addresses: null });
      return;
    }
    point.places.push(file, row);
    if (address === point.address) return;
    point.addresses ??= new Set([point.address]);
    if (point.addresses.size < SUSPICIOUS) point.addresses.add(address);
  }

  *listShared(): Iterable<RowIssue & { file: string; row: number }> {
    for (const { places, addresses } of this.#points.values()) {
      if (!addresses || addresses.size < SUSPICIOUS) continue;
      for (let i = 0; i < places.length; i += 2) {
        const place = { file: String(places[i]), row: Number(places[i + 1]) };
        const message = `${places.length / 2} rows with different addresses have exactly this position: it seems to stand for "not found". It was kept; check it on the map.`;
        yield { ...place, column: null, code: 'coordinate_shared', severity: 'warning', message, value: null };
      }
    }
  }
}

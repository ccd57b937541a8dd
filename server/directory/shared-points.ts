// Positions on which suspiciously many different places lie: a geocoder's answer to "I do not know".

import type { MappedRecord, RowIssue } from '#shared/directory/import-record.ts';

/** So many rows with so many different addresses on one point are no coincidence. */
const SUSPICIOUS = 10;

interface Point {
  rows: { file: string; row: number }[];
  addresses: Set<string>;
}

export class SharedPoints {
  #points = new Map<number, Point>();

  add(records: readonly MappedRecord[], file: string, row: number): void {
    const location = records.find((record) => record.object === 'location');
    const { latitude, longitude } = location?.fields ?? {};
    if (typeof latitude !== 'number' || typeof longitude !== 'number') return;
    // One number for both, exact to 1e-5 degrees, about a metre.
    const key = Math.round(latitude * 1e5) * 36_000_001 + Math.round(longitude * 1e5);
    let point = this.#points.get(key);
    if (!point) this.#points.set(key, (point = { rows: [], addresses: new Set() }));
    point.rows.push({ file, row });
    if (point.addresses.size >= SUSPICIOUS) return;
    const address = records.find((record) => record.object === 'address')?.fields['address_1'];
    const name = records[0]?.fields['name'];
    point.addresses.add(String(address ?? name ?? '').toLowerCase());
  }

  *listShared(): Iterable<RowIssue & { file: string; row: number }> {
    for (const { rows, addresses } of this.#points.values()) {
      if (addresses.size < SUSPICIOUS) continue;
      for (const place of rows) {
        const message = `${rows.length} rows with different addresses have exactly this position: it seems to stand for "not found". It was kept; check it on the map.`;
        yield { ...place, column: null, code: 'coordinate_shared', severity: 'warning', message, value: null };
      }
    }
  }
}
